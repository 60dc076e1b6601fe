"""Slack's payloads as typed requests.

Which of Slack's team ids becomes our `workspace_id` is decided in payload_origin.py and nowhere else.
"""

from collections.abc import Callable
from typing import Any

from bot.slack.payload_events import read_event
from bot.slack.payload_origin import workspace_of_interaction
from bot.slack.payload_values import (
    BadPayloadError,
    field_values,
    read_id,
    read_text,
    read_url,
    table_at,
    value_of,
)
from bot.slack.requests import (
    ButtonRequest,
    CommandRequest,
    Filled,
    MessageShortcutRequest,
    OptionsRequest,
    OtherRequest,
    Request,
    ShortcutRequest,
    SubmitRequest,
)

Payload = dict[str, Any]


def read_payload(body: Payload) -> Request:
    """Raises BadPayloadError."""
    if "command" in body:
        return CommandRequest(
            workspace_id=read_id(body.get("team_id")),
            person_id=read_id(body.get("user_id")),
            channel_id=read_id(body["channel_id"]) if body.get("channel_id") else None,
            command=read_text(body["command"]),
            text=read_text(body.get("text") or ""),
            trigger_id=read_text(body.get("trigger_id") or "") or None,
            response_url=_response_url(body),
        )
    kind = body.get("type")
    if kind is None and "ssl_check" in body:
        # Slack tries the certificate now and then.
        return OtherRequest("ssl_check")
    reader = _READERS.get(read_id(kind))
    return reader(body) if reader else OtherRequest(str(kind))


def _button(body: Payload) -> ButtonRequest:
    actions = body.get("actions")
    if not isinstance(actions, list) or len(actions) != 1 or not isinstance(actions[0], dict):
        raise BadPayloadError("actions")
    action = actions[0]
    container = table_at(body, "container")
    channel = table_at(body, "channel")
    view = table_at(body, "view")
    chosen = value_of(action)
    return ButtonRequest(
        workspace_id=workspace_of_interaction(body),
        person_id=_person(body),
        channel_id=read_id(channel["id"]) if channel.get("id") else None,
        action_id=read_text(action.get("action_id") or ""),
        value=chosen if isinstance(chosen, str) else "",
        response_url=_response_url(body),
        is_ephemeral=container.get("is_ephemeral") is True,
        trigger_id=read_text(body.get("trigger_id") or "") or None,
        message_ts=read_text(container.get("message_ts") or "") or None,
        view=_filled(view) if view else None,
        is_home=view.get("type") == "home",
    )


def _submit(body: Payload) -> SubmitRequest:
    return SubmitRequest(
        workspace_id=workspace_of_interaction(body),
        person_id=_person(body),
        view=_filled(table_at(body, "view")),
        trigger_id=read_text(body.get("trigger_id") or "") or None,
    )


def _shortcut(body: Payload) -> ShortcutRequest:
    return ShortcutRequest(
        workspace_id=workspace_of_interaction(body),
        person_id=_person(body),
        callback_id=read_text(body.get("callback_id")),
        trigger_id=read_text(body.get("trigger_id")),
    )


def _message_shortcut(body: Payload) -> MessageShortcutRequest:
    message = table_at(body, "message")
    return MessageShortcutRequest(
        workspace_id=workspace_of_interaction(body),
        person_id=_person(body),
        callback_id=read_text(body.get("callback_id")),
        trigger_id=read_text(body.get("trigger_id")),
        channel_id=read_id(table_at(body, "channel").get("id")),
        message_ts=read_id(message.get("ts")),
        text=read_text(message.get("text") or ""),
        author_id=read_id(message["user"]) if message.get("user") else None,
        response_url=_response_url(body),
    )


def _options(body: Payload) -> OptionsRequest:
    return OptionsRequest(
        workspace_id=workspace_of_interaction(body),
        person_id=_person(body),
        action_id=read_text(body.get("action_id") or ""),
        typed=read_text(body.get("value") or ""),
        private_metadata=read_text(table_at(body, "view").get("private_metadata") or ""),
    )


_READERS: dict[str, Callable[[Payload], Request]] = {
    "block_actions": _button,
    "view_submission": _submit,
    "shortcut": _shortcut,
    "message_action": _message_shortcut,
    "block_suggestion": _options,
    "event_callback": read_event,
}


def _filled(view: Payload) -> Filled:
    return Filled(
        id=read_id(view.get("id")),
        hash=read_text(view.get("hash") or ""),
        callback_id=read_text(view.get("callback_id") or ""),
        private_metadata=read_text(view.get("private_metadata") or ""),
        values=field_values(table_at(view, "state")),
    )


def _person(body: Payload) -> str:
    return read_id(table_at(body, "user").get("id"))


def _response_url(body: Payload) -> str | None:
    return read_url(body["response_url"]) if body.get("response_url") else None
