"""What people do on the page, handed to `people`. Only the page itself may ask for it."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Response, abort, jsonify, request
from werkzeug.datastructures import Headers

from bot.local.browser.body import Body
from bot.local.browser.scene import zone_of
from bot.local.browser.sidebar import list_people
from bot.local.browser.texts import plain
from bot.local.people import People
from bot.local.results import Result
from bot.local.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_MOVE = timedelta(days=366)
_FORM = "application/json"


class Posts:
    """One method for each thing that can be done; each takes what the page sent."""

    def __init__(self, workspace: Workspace, people: People) -> None:
        self._workspace = workspace
        self._people = people
        self._actions: dict[str, Callable[[Body], Result]] = {
            "say": self._say,
            "share": self._share,
            "press": self._press,
            "submit": self._submit,
            "close": self._close,
            "suggest": self._suggest,
            "react": self._react,
            "edit": self._edit,
            "delete": self._delete,
            "dismiss": self._dismiss,
            "shortcut": self._shortcut,
            "home": self._home,
            "direct": self._direct,
            "join": self._join,
            "leave": self._leave,
            "invite": lambda body: people.invite(body.user, body.channel, workspace.bot.user_id),
            "remove": lambda body: people.remove(body.user, body.channel, workspace.bot.user_id),
            "archive": lambda body: people.archive(body.user, body.channel),
            "unarchive": lambda body: people.unarchive(body.user, body.channel),
            "create": self._create,
            "clock": self._clock,
            "status": self._status,
        }

    def receive(self, action: str) -> Response:
        """Do it and answer with what came of it."""
        act = self._actions.get(action) or abort(404)
        if not is_same_origin(request.headers, request.host):
            abort(403)
        # A form on another page cannot be sent as JSON without asking first.
        if request.mimetype != _FORM:
            abort(415)
        body = Body(request.get_json())
        people = {user.id: user for user in list_people(self._workspace)}
        user = people.get(body.user) or abort(404)
        body.zone = zone_of(user)
        result = act(body)
        return jsonify(
            ok=result.ok,
            sentence=result.sentence,
            errors=dict(result.errors),
            channel=result.channel_id,
            ts=result.ts,
            options=[_show_option(option) for option in result.options],
            now=self._workspace.clock.now().timestamp(),
        )

    def _status(self, body: Body) -> Result:
        return self._people.set_status(body.user, body.text("text"), body.text("emoji"))

    def _say(self, body: Body) -> Result:
        text = body.text("text")
        if text.startswith("/"):
            return self._people.run_command(body.user, body.channel, text, body.maybe("thread"))
        thread, broadcast = body.maybe("thread"), body.flag("broadcast")
        return self._people.say(body.user, body.channel, text, thread, broadcast=broadcast)

    def _share(self, body: Body) -> Result:
        return self._people.share_file(
            body.user,
            body.channel,
            body.text("name"),
            body.data("data"),
            body.text("text"),
            body.maybe("thread"),
            broadcast=body.flag("broadcast"),
        )

    def _press(self, body: Body) -> Result:
        view_id = body.maybe("view")
        action_id, block_id = body.text("action"), body.text("block")
        if view_id:
            return self._people.press_in_view(
                body.user, view_id, action_id, block_id, choice=body.choice(), answers=body.answers()
            )
        return self._people.press(
            body.user,
            body.channel,
            body.text("ts"),
            action_id,
            block_id,
            choice=body.choice(),
            answers=body.answers(),
        )

    def _submit(self, body: Body) -> Result:
        return self._people.submit_view(body.user, body.text("view"), body.answers())

    def _close(self, body: Body) -> Result:
        return self._people.close_view(body.user, body.text("view"), clear=body.flag("clear"))

    def _suggest(self, body: Body) -> Result:
        return self._people.suggest(
            body.user,
            body.maybe("view"),
            body.text("action"),
            body.text("block"),
            body.text("query"),
            body.channel,
            body.maybe("ts"),
        )

    def _react(self, body: Body) -> Result:
        act = self._people.unreact if body.flag("remove") else self._people.react
        return act(body.user, body.channel, body.text("ts"), body.text("name"))

    def _edit(self, body: Body) -> Result:
        return self._people.edit(body.user, body.channel, body.text("ts"), body.text("text"))

    def _delete(self, body: Body) -> Result:
        return self._people.delete(body.user, body.channel, body.text("ts"))

    def _dismiss(self, body: Body) -> Result:
        return self._people.dismiss(body.user, body.channel, body.text("ts"))

    def _shortcut(self, body: Body) -> Result:
        ts = body.maybe("ts")
        if ts:
            return self._people.run_message_shortcut(body.user, body.channel, ts, body.text("callback"))
        return self._people.run_shortcut(body.user, body.text("callback"), body.channel)

    def _home(self, body: Body) -> Result:
        return self._people.open_home(body.user, body.text("tab"))

    def _direct(self, body: Body) -> Result:
        return self._people.open_direct_message(body.user, body.text("other"))

    def _join(self, body: Body) -> Result:
        return self._people.join(body.user, body.channel)

    def _leave(self, body: Body) -> Result:
        return self._people.leave(body.user, body.channel)

    def _create(self, body: Body) -> Result:
        return self._people.create_channel(body.user, body.text("name"), is_private=body.flag("private"))

    def _clock(self, body: Body) -> Result:
        to = body.moment("to")
        hours = 0 if to else body.number("hours")
        by = to - self._workspace.clock.now() if to else timedelta(hours=hours)
        if to and by <= timedelta():
            return Result.failed("Time only moves ahead: choose a later one.")
        if to and by > _LONGEST_MOVE:
            return Result.failed("That is more than a year ahead: go there in steps.")
        if not timedelta() < by <= _LONGEST_MOVE:
            abort(400)
        self._workspace.clock.move(by)
        return Result()


def _show_option(option: dict[str, Any]) -> dict[str, str]:
    """An option that the app offers, as the page lists it."""
    return {
        "value": str(option["value"]),
        "words": plain(option["text"]),
        "more": plain(option.get("description")),
        "group": str(option.get("group") or ""),
    }


def is_same_origin(headers: Headers, host: str) -> bool:
    """Whether this server's own page asks. Browsers say so in one header, older ones in the other."""
    site = headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return False
    origin = headers.get("Origin")
    return (site is not None) if origin is None else urlsplit(origin).netloc == host
