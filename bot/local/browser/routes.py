"""The page over HTTP: whole at first, then what has changed. What people do comes in through `posts`."""

from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from bot.local.browser.files import add_headers, send_static
from bot.local.browser.messages import PICTURES, Entry, list_channel, list_thread, show_person
from bot.local.browser.posts import Posts
from bot.local.browser.scene import Json, Scene
from bot.local.browser.settings import PageSettings
from bot.local.browser.sidebar import (
    channel_label,
    latest_direct,
    list_people,
    role_of,
    shared_with,
    show_sidebar,
    visible_channels,
)
from bot.local.browser.statuses import list_statuses
from bot.local.browser.views import draw_view, show_modal
from bot.local.links import read_message_number
from bot.local.model import Channel
from bot.local.own_commands import OWN_COMMANDS
from bot.local.people import People
from bot.local.platform import Platform

HOME = "home"
"""Where the app's home tab is, among the channels."""


def create_blueprint(platform: Platform, people: People, settings: PageSettings | None = None) -> Blueprint:
    """The page at / and /client, its requests at /browser, its files at /browser/static."""
    page = _Page(platform, settings or PageSettings())
    posts = Posts(platform.workspace, people)
    blueprint = Blueprint(
        "browser",
        __name__,
        template_folder="templates",
    )
    blueprint.after_request(add_headers)
    blueprint.get("/")(page.start)
    blueprint.get("/client/<user_id>/<channel_id>")(page.show)
    blueprint.get("/archives/<channel_id>/<message>")(page.follow_link)
    blueprint.get("/browser/static/<filename>", endpoint="static")(send_static)
    blueprint.get("/browser/state/<user_id>/<channel_id>")(page.tell)
    blueprint.get("/browser/files/<file_id>")(page.send_file)
    blueprint.post("/browser/<action>")(posts.receive)
    return blueprint


class _Page:
    def __init__(self, platform: Platform, settings: PageSettings) -> None:
        self._workspace = platform.workspace
        self._app = platform.settings
        self._settings = settings

    def start(self) -> BaseResponse:
        """The first person in their first channel."""
        with self._workspace.lock:
            user = next(iter(list_people(self._workspace)), None) or abort(404)
            channels = self._workspace.channels_of(user.id)
            channel = next((one for one in channels if not one.is_im), None)
            place = channel.id if channel else HOME
        return redirect(f"/client/{quote(user.id, safe='')}/{quote(place, safe='')}")

    def show(self, user_id: str, channel_id: str) -> str | BaseResponse:
        """The whole page. Somebody who cannot see the channel is shown one that they can."""
        with self._workspace.lock:
            scene = self._scene(user_id)
            place = self._open_place(scene, channel_id)
            if place != channel_id:
                return redirect(scene.channel_url(place))
            return render_template("browser/page.html", **self._describe(scene, channel_id))

    def _open_place(self, scene: Scene, channel_id: str) -> str:
        """This place if the viewer can be there, otherwise one where they can."""
        tabs, channel = self._app.app_home, scene.channels.get(channel_id)
        if channel_id == HOME and not tabs.home and tabs.messages:
            return self._workspace.direct_message(self._workspace.bot.user_id, scene.viewer.id).id
        if channel is not None and self._is_app(channel, scene) and tabs.home and not tabs.messages:
            return HOME
        if channel is not None or channel_id == HOME:
            return channel_id
        own = next((c for c in scene.channels.values() if not c.is_im), None)
        return own.id if own else HOME

    def follow_link(self, channel_id: str, message: str) -> BaseResponse:
        """A message's address, from outside the page: shown to the first person who may see it."""
        with self._workspace.lock:
            people = list_people(self._workspace)
            user = next((u for u in people if channel_id in visible_channels(self._workspace, u.id)), None)
            ts = read_message_number(message)
            if user is None or ts is None:
                abort(404)
            place = f"/client/{quote(user.id, safe='')}/{quote(channel_id, safe='')}"
            query = {"message": ts, "thread": request.args.get("thread_ts", "")}
            return redirect(f"{place}?{urlencode({key: value for key, value in query.items() if value})}")

    def tell(self, user_id: str, channel_id: str) -> Response:
        """What the page shows now, in pieces; later, if nothing is new to a page that has `version`."""
        version = request.args.get("version", -1, int)
        self._workspace.wait_for_change(version, self._settings.poll_seconds)
        with self._workspace.lock:
            scene = self._scene(user_id)
            if channel_id != HOME and channel_id not in scene.channels:
                abort(404)
            parts = self._describe(scene, channel_id)
            state: Json = {
                "version": self._workspace.version,
                "now": scene.now.timestamp(),
                "sidebar": render_template("browser/sidebar.html", **parts),
                "direct": latest_direct(self._workspace),
                "standing": parts["standing"],
                "head": render_template("browser/head.html", **parts),
                "messages": _render(parts["entries"], parts),
                "thread": _render(parts["thread_entries"], {**parts, "in_thread": True}),
                "modal": render_template("browser/modal.html", **parts) if parts["modal"] else "",
                "home": parts["home"],
                "home_view": parts["home_view"],
                "home_hash": parts["home_hash"],
            }
        return jsonify(state)

    def send_file(self, file_id: str) -> Response:
        with self._workspace.lock:
            file = self._workspace.files.get(file_id) or abort(404)
            is_picture = file.mimetype in PICTURES
            response = Response(
                file.content, mimetype=file.mimetype if is_picture else "application/octet-stream"
            )
            if not is_picture:
                response.headers["Content-Disposition"] = (
                    f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
                )
        return response

    def _scene(self, user_id: str) -> Scene:
        workspace = self._workspace
        viewer = next((user for user in list_people(workspace) if user.id == user_id), None) or abort(404)
        return Scene(
            viewer,
            workspace.users,
            visible_channels(workspace, user_id),
            workspace.clock.now(),
            own_addresses=(workspace.url, request.host_url),
        )

    def _describe(self, scene: Scene, channel_id: str) -> dict[str, Any]:
        """What the templates need."""
        workspace, settings = self._workspace, self._settings
        channel = scene.channels.get(channel_id)
        thread_ts = request.args.get("thread", "")
        parent = workspace.find_message(channel_id, thread_ts) if channel and thread_ts else None
        view = workspace.open_view(scene.viewer.id)
        home = workspace.home_view(scene.viewer.id) if channel is None else None
        return {
            "workspace": workspace,
            "scene": scene,
            "people": list_people(workspace),
            "channel": channel,
            "label": channel_label(channel, scene) if channel else workspace.bot.name,
            "is_member": channel is not None and scene.viewer.id in channel.members,
            "standing": _standing(channel, scene),
            "is_app": self._is_app(channel, scene),
            "is_closed": self._is_app(channel, scene) and not self._can_be_written_to(),
            "app_person": show_person(workspace.bot.user_id, scene),
            "role": role_of(scene.viewer),
            "shared_with": shared_with(workspace, channel, scene) if channel else "",
            "statuses": list_statuses(scene.viewer),
            "sidebar": show_sidebar(workspace, scene),
            "entries": list_channel(workspace, channel_id, scene) if channel else [],
            "thread_ts": parent.ts if parent else "",
            "thread_entries": list_thread(workspace, channel_id, parent.ts, scene) if parent else [],
            "modal": show_modal(view, scene) if view else None,
            "home": draw_view(home, scene) if home else "",
            "home_view": home.id if home else "",
            "home_hash": home.hash if home else "",
            "home_url": scene.channel_url(HOME),
            "settings": settings,
            "app": self._app,
            "script": self._script_settings(scene, channel_id),
        }

    def _is_app(self, channel: Channel | None, scene: Scene) -> bool:
        """Whether this is the app's own place, with its tabs."""
        if channel is None:
            return True
        return channel.is_im and channel.other_member(scene.viewer.id) == self._workspace.bot.user_id

    def _can_be_written_to(self) -> bool:
        return self._app.app_home.messages and not self._app.app_home.read_only

    def _script_settings(self, scene: Scene, channel_id: str) -> Json:
        """What the script of the page starts with."""
        # Those of the app belong to the workspace in which it is installed.
        own = () if scene.viewer.is_external else self._app.commands
        commands = (*own, *OWN_COMMANDS)
        return {
            "user": scene.viewer.id,
            "channel": channel_id,
            "version": self._workspace.version,
            "zone": scene.zone.key,
            "now": scene.now.timestamp(),
            "commands": [{"text": c.name, "usage": c.usage_hint, "more": c.description} for c in commands],
            "completions": [
                {"text": c.text, "usage": c.usage, "more": c.description} for c in self._settings.completions
            ],
            "people": [
                {"text": f"@{user.name}", "usage": user.real_name, "more": ""}
                for user in self._workspace.users.values()
                if not user.deleted and self._workspace.share_channel(scene.viewer.id, user.id)
            ],
            "channels": [
                {"text": f"#{channel.name}", "usage": "", "more": channel.topic}
                for channel in scene.channels.values()
                if not channel.is_im
            ],
        }


def _standing(channel: Channel | None, scene: Scene) -> str:
    """What decides whether one can write here: when it changes, the page is another one."""
    if channel is None:
        return ""
    return f"{scene.viewer.id in channel.members} {channel.is_archived}"


def _render(entries: list[Entry], parts: dict[str, Any]) -> list[Json]:
    """Each message apart, so that the page puts in what has changed and leaves the rest as it is."""
    return [
        {"key": entry.key, "html": render_template("browser/message.html", entry=entry, **parts)}
        for entry in entries
    ]
