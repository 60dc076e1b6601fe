"""Slack's payloads as typed requests. Slack's `team_id` becomes our `workspace_id` here and nowhere else."""

import re
from dataclasses import dataclass
from typing import Any

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_URL = re.compile(r"https?://[\x21-\x7e]{1,2000}")


class BadPayloadError(ValueError):
    """The body is not in a form that Slack sends."""


@dataclass(frozen=True, slots=True)
class CommandRequest:
    """A slash command; `text` is what stands after it."""

    workspace_id: str
    person_id: str
    channel_id: str | None
    command: str
    text: str


@dataclass(frozen=True, slots=True)
class ButtonRequest:
    """A click; `is_ephemeral`: on a message that only the person sees."""

    workspace_id: str
    person_id: str
    channel_id: str | None
    action_id: str
    value: str
    response_url: str | None
    is_ephemeral: bool


@dataclass(frozen=True, slots=True)
class OtherRequest:
    """A payload of a kind that the bot does not handle; `kind` is Slack's name for it."""

    kind: str


Request = CommandRequest | ButtonRequest | OtherRequest


def read_payload(body: dict[str, Any]) -> Request:
    """Raises BadPayloadError."""
    if "command" in body:
        return CommandRequest(
            workspace_id=_id(body.get("team_id")),
            person_id=_id(body.get("user_id")),
            channel_id=_id(body["channel_id"]) if body.get("channel_id") else None,
            command=_text(body["command"]),
            text=_text(body.get("text") or ""),
        )
    kind = body.get("type")
    if kind == "block_actions":
        return _button(body)
    if kind is None and "ssl_check" in body:
        # Slack tries the certificate now and then.
        return OtherRequest("ssl_check")
    return OtherRequest(_id(kind))


def _button(body: dict[str, Any]) -> ButtonRequest:
    actions = body.get("actions")
    if not isinstance(actions, list) or len(actions) != 1 or not isinstance(actions[0], dict):
        raise BadPayloadError("actions")
    action = actions[0]
    container = _table(body, "container")
    channel = _table(body, "channel")
    user = _table(body, "user")
    team = _table(body, "team") or {"id": user.get("team_id")}
    return ButtonRequest(
        workspace_id=_id(team.get("id")),
        person_id=_id(user.get("id")),
        channel_id=_id(channel["id"]) if channel.get("id") else None,
        action_id=_text(action.get("action_id") or ""),
        value=_text(action.get("value") or ""),
        response_url=_url(body["response_url"]) if body.get("response_url") else None,
        is_ephemeral=container.get("is_ephemeral") is True,
    )


def _table(body: dict[str, Any], key: str) -> dict[str, Any]:
    found = body.get(key)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise BadPayloadError(key)
    return found


def _id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise BadPayloadError("id")
    return value


def _url(value: object) -> str:
    if not isinstance(value, str) or not _URL.fullmatch(value):
        raise BadPayloadError("url")
    return value


def _text(value: object) -> str:
    """JSON can spell halves of characters, and any database refuses NUL; neither was typed by a person."""
    if not isinstance(value, str):
        raise BadPayloadError("text")
    if value.isascii() and "\x00" not in value:
        return value
    return value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
