"""What people do on the page, handed to `people`. Only the page itself may ask for it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Response, abort, jsonify, request
from werkzeug.datastructures import Headers

from bot.local.browser.scene import zone_of
from bot.local.browser.sidebar import list_people
from bot.local.browser.texts import plain
from bot.local.people import People
from bot.local.results import Answers, Choice, Result
from bot.local.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_MOVE_HOURS = 24 * 366
_FORM = "application/json"


class Posts:
    """One method for each thing that can be done; each takes what the page sent."""

    def __init__(self, workspace: Workspace, people: People) -> None:
        self._workspace = workspace
        self._people = people
        self._actions: dict[str, Callable[[_Body], Result]] = {
            "say": self._say,
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
        body = _Body(request.get_json())
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
        )

    def _status(self, body: "_Body") -> Result:
        return self._people.set_status(body.user, body.text("text"), body.text("emoji"))

    def _say(self, body: "_Body") -> Result:
        text = body.text("text")
        if text.startswith("/"):
            return self._people.run_command(body.user, body.channel, text, body.maybe("thread"))
        thread, broadcast = body.maybe("thread"), body.flag("broadcast")
        return self._people.say(body.user, body.channel, text, thread, broadcast=broadcast)

    def _press(self, body: "_Body") -> Result:
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

    def _submit(self, body: "_Body") -> Result:
        return self._people.submit_view(body.user, body.text("view"), body.answers())

    def _close(self, body: "_Body") -> Result:
        return self._people.close_view(body.user, body.text("view"), clear=body.flag("clear"))

    def _suggest(self, body: "_Body") -> Result:
        return self._people.suggest(
            body.user,
            body.maybe("view"),
            body.text("action"),
            body.text("block"),
            body.text("query"),
            body.channel,
            body.maybe("ts"),
        )

    def _react(self, body: "_Body") -> Result:
        act = self._people.unreact if body.flag("remove") else self._people.react
        return act(body.user, body.channel, body.text("ts"), body.text("name"))

    def _edit(self, body: "_Body") -> Result:
        return self._people.edit(body.user, body.channel, body.text("ts"), body.text("text"))

    def _delete(self, body: "_Body") -> Result:
        return self._people.delete(body.user, body.channel, body.text("ts"))

    def _dismiss(self, body: "_Body") -> Result:
        return self._people.dismiss(body.user, body.channel, body.text("ts"))

    def _shortcut(self, body: "_Body") -> Result:
        ts = body.maybe("ts")
        if ts:
            return self._people.run_message_shortcut(body.user, body.channel, ts, body.text("callback"))
        return self._people.run_shortcut(body.user, body.text("callback"), body.channel)

    def _home(self, body: "_Body") -> Result:
        return self._people.open_home(body.user, body.text("tab"))

    def _direct(self, body: "_Body") -> Result:
        return self._people.open_direct_message(body.user, body.text("other"))

    def _join(self, body: "_Body") -> Result:
        return self._people.join(body.user, body.channel)

    def _leave(self, body: "_Body") -> Result:
        return self._people.leave(body.user, body.channel)

    def _create(self, body: "_Body") -> Result:
        return self._people.create_channel(body.user, body.text("name"), is_private=body.flag("private"))

    def _clock(self, body: "_Body") -> Result:
        hours = body.number("hours")
        if not 0 < hours <= _LONGEST_MOVE_HOURS:
            abort(400)
        self._workspace.clock.move(timedelta(hours=hours))
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


class _Body:
    """The page's JSON, read with care: whatever is of another kind than expected is refused."""

    def __init__(self, values: object) -> None:
        self._values = values if isinstance(values, dict) else abort(400)
        self.user = self.text("user")
        self.zone = ZoneInfo("UTC")

    @property
    def channel(self) -> str:
        return self.text("channel")

    def text(self, name: str) -> str:
        value = self._values.get(name)
        return value if isinstance(value, str) else abort(400)

    def maybe(self, name: str) -> str | None:
        return self.text(name) if self._values.get(name) else None

    def flag(self, name: str) -> bool:
        return self._values.get(name) is True

    def number(self, name: str) -> int:
        value = self._values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else abort(400)

    def choice(self) -> Choice:
        return self._read_choice(self._values.get("choice"))

    def answers(self) -> Answers:
        answers = self._values.get("answers") or {}
        if not isinstance(answers, dict) or not all(isinstance(block, dict) for block in answers.values()):
            abort(400)
        return {
            str(block_id): {str(action_id): self._read_choice(value) for action_id, value in block.items()}
            for block_id, block in answers.items()
        }

    def _read_choice(self, value: object) -> Choice:
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return value
        if isinstance(value, dict) and isinstance(value.get("local"), str):
            return self._read_local(value["local"])
        return abort(400)

    def _read_local(self, text: str) -> str:
        """A date and time as a browser's control has it: on the person's own clock, so not an instant yet."""
        try:
            return str(int(datetime.fromisoformat(text).replace(tzinfo=self.zone).timestamp()))
        except (ValueError, OverflowError):
            return abort(400)
