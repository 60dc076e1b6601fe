"""The workspace's own controls over HTTP, for tests that are not written in Python. JSON in, JSON out.

POST /local/people/<verb>  what `People` can do, by the names of its parameters:
                           {"user_id": "U…", "channel_id": "C…", "text": "/project list"} to say, run_command;
                           press, press_in_view, submit_view, close_view, suggest, open_home, react, …
                           The answer is the Result: {"ok": …, "sentence": …, "ts": …, "errors": …}
POST /local/clock          {"seconds": 3600} moves the time ahead; {"now": "2026-05-04T09:00:00+00:00"}
GET  /local/clock          the time in the workspace
POST /local/unkind         a rule (see `unkind.Rule`): {"method": "chat.update", "status": 429, "times": 3}
GET, DELETE /local/unkind  the rules in force; forget them
GET  /local/calls          the log, oldest first; ?name=auth.test&direction=in narrows it down
GET  /local/state          people, channels and messages; ?user=U… as that person sees them
POST /local/sockets        {"do": "refresh"}, warn, drop, hush, enable, disable: see `sockets.Sockets`
GET  /local/sockets        whether Socket Mode is on, and how many connections there are
POST /local/settle         {"timeout": 10} waits until no event is due or under way
POST /local/verify-url     sends url_verification to the app's request URL
"""

import inspect
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request
from pydantic import ValidationError, validate_call

from bot.local.errors import SlackError
from bot.local.ids import new_id
from bot.local.people import People
from bot.local.platform import Platform
from bot.local.results import Result
from bot.local.shapes import channel_shape, message_shape, user_shape
from bot.local.unkind import read_rule
from bot.local.web_api import read_json_object

_LONGEST_MOVE = 10 * 366 * 86_400


def create_blueprint(platform: Platform, people: People) -> Blueprint:
    blueprint = Blueprint("local", __name__, url_prefix="/local")
    controls = _Controls(platform, people)
    blueprint.post("/people/<verb>")(controls.act)
    blueprint.post("/clock")(controls.move_clock)
    blueprint.get("/clock")(controls.tell_time)
    blueprint.post("/unkind")(controls.add_rule)
    blueprint.get("/unkind")(controls.list_rules)
    blueprint.delete("/unkind")(controls.forget_rules)
    blueprint.get("/calls")(controls.list_calls)
    blueprint.get("/state")(controls.show_state)
    blueprint.post("/sockets")(controls.do_to_sockets)
    blueprint.get("/sockets")(controls.list_sockets)
    blueprint.post("/settle")(controls.settle)
    blueprint.post("/verify-url")(controls.verify_url)
    blueprint.register_error_handler(SlackError, _refuse)
    return blueprint


def _refuse(refusal: SlackError) -> tuple[Response, int]:
    return jsonify(refusal.body()), HTTPStatus.BAD_REQUEST


class _Controls:
    def __init__(self, platform: Platform, people: People) -> None:
        self._platform = platform
        self._workspace = platform.workspace
        self._verbs = _verbs(people)

    def act(self, verb: str) -> Response:
        """Do what a person does."""
        method = self._verbs.get(verb)
        if method is None:
            raise SlackError("unknown_verb", sorted(self._verbs))
        fields = read_json_object(request.get_data())
        user_id = fields.get("user_id")
        if isinstance(user_id, str) and user_id not in self._workspace.users:
            raise SlackError("user_not_found")
        try:
            result = method(**fields)
        except ValidationError as error:
            messages = [f"{part['msg']} [{'.'.join(map(str, part['loc']))}]" for part in error.errors()]
            raise SlackError("invalid_arguments", messages) from None
        return jsonify(asdict(result))

    def move_clock(self) -> Response:
        seconds = read_json_object(request.get_data()).get("seconds")
        if not isinstance(seconds, (int, float)) or isinstance(seconds, bool):
            raise SlackError("invalid_arguments", ["seconds must be a number"])
        if not 0 <= seconds <= _LONGEST_MOVE:
            raise SlackError("invalid_arguments", ["seconds must not be negative, nor ten years"])
        self._workspace.clock.move(timedelta(seconds=seconds))
        return self.tell_time()

    def tell_time(self) -> Response:
        clock = self._workspace.clock
        return jsonify(ok=True, now=clock.now().isoformat(), offset_seconds=clock.offset.total_seconds())

    def add_rule(self) -> Response:
        self._platform.unkindness.add(read_rule(read_json_object(request.get_data())))
        return self.list_rules()

    def list_rules(self) -> Response:
        return jsonify(ok=True, rules=[asdict(rule) for rule in self._platform.unkindness.rules()])

    def forget_rules(self) -> Response:
        self._platform.unkindness.clear()
        return self.list_rules()

    def list_calls(self) -> Response:
        wanted = {key: request.args[key] for key in ("name", "direction") if key in request.args}
        with self._workspace.lock:
            calls = [
                {**vars(call), "at": call.at.isoformat()}
                for call in self._workspace.calls
                if all(getattr(call, key) == value for key, value in wanted.items())
            ]
        return jsonify(ok=True, calls=calls)

    def show_state(self) -> Response:
        workspace = self._workspace
        user_id = request.args.get("user", workspace.bot.user_id)
        with workspace.lock:
            open_view, home_view = workspace.open_view(user_id), workspace.home_view(user_id)
            return jsonify(
                ok=True,
                version=workspace.version,
                users=[user_shape(workspace, user) for user in workspace.users.values()],
                channels=[channel_shape(workspace, channel) for channel in workspace.channels_of(user_id)],
                messages={
                    channel.id: [
                        message_shape(workspace, message, with_metadata=True)
                        | {"is_ephemeral": message.ephemeral_to is not None}
                        for message in workspace.messages_for(user_id, channel.id)
                    ]
                    for channel in workspace.channels_of(user_id)
                },
                modal=open_view and asdict(open_view),
                home=home_view and asdict(home_view),
            )

    def do_to_sockets(self) -> Response:
        sockets = self._platform.sockets
        acts = (sockets.refresh, sockets.warn, sockets.drop, sockets.hush, sockets.enable, sockets.disable)
        by_name = {act.__name__: act for act in acts}
        wanted = str(read_json_object(request.get_data()).get("do"))
        if wanted not in by_name:
            raise SlackError("invalid_arguments", [f"do is one of {', '.join(by_name)}"])
        by_name[wanted]()
        return self.list_sockets()

    def list_sockets(self) -> Response:
        sockets = self._platform.sockets
        return jsonify(ok=True, enabled=sockets.is_enabled, connections=sockets.count())

    def settle(self) -> Response:
        timeout = read_json_object(request.get_data()).get("timeout", 10)
        if not isinstance(timeout, (int, float)):
            raise SlackError("invalid_arguments", ["timeout must be a number of seconds"])
        return jsonify(ok=self._platform.events.settle(timeout))

    def verify_url(self) -> Response:
        return jsonify(ok=self._platform.events.verify_url(new_id("challenge")))


def _verbs(people: People) -> dict[str, Callable[..., Result]]:
    """What people do, by name: the public methods of `People`, each looking at its arguments first."""
    methods = inspect.getmembers(people, inspect.ismethod)
    return {name: validate_call(method) for name, method in methods if not name.startswith("_")}
