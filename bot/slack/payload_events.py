"""Slack's events as typed requests (docs.slack.dev, "Events API")."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.slack.news import ChannelMovedRequest, GoneRequest, MembershipRequest, PersonRequest
from bot.slack.payload_origin import organization_of_event, workspace_of_event
from bot.slack.payload_values import read_id, read_instant, read_text, table_at
from bot.slack.requests import EventRequest, HomeRequest, MessageRequest, OtherRequest, ThreadRequest

Payload = dict[str, Any]


_SAID = {None, "thread_broadcast", "file_share"}
"""What kinds of messages people say something by."""


def read_event(body: Payload) -> EventRequest | OtherRequest:
    """An event of a kind that the bot handles, or OtherRequest. Raises BadPayloadError."""
    event = table_at(body, "event")
    kind = read_id(event.get("type"))
    reader = _READERS.get(kind)
    if reader is None:
        return OtherRequest(kind)
    if isinstance(event.get("text"), str):
        event = {**event, **_addressed(event["text"], _bot_ids(body))}
    message = table_at(event, "message")
    if isinstance(message.get("text"), str):
        # What it says after an edit.
        event = {**event, "message": {**message, **_addressed(message["text"], _bot_ids(body))}}
    if kind in _GONE:
        event = {**event, "at": body.get("event_time"), "bots": _bots_of(event)}
    request = reader(workspace_of_event(body), read_id(body.get("event_id")), event)
    if isinstance(request, PersonRequest):
        request = replace(request, organization_id=organization_of_event(body))
    return request or OtherRequest(kind)


def _bot_ids(body: Payload) -> set[str]:
    """The bot's own user id: an event says for whom of its installers Slack sent it."""
    authorizations = body.get("authorizations")
    found = authorizations if isinstance(authorizations, list) else []
    return {read_id(each.get("user_id")) for each in found if isinstance(each, dict) and each.get("user_id")}


def _addressed(text: str, bot_ids: set[str]) -> dict[str, str | bool]:
    """What was said to the bot, without its name: "@waymark show jmte" and "show jmte, @waymark" alike.

    `after`: what follows the name in the middle of a sentence.
    """
    names = "|".join(map(re.escape, bot_ids)) or r"[A-Z0-9]+"
    mention = re.search(rf"(?:^|\s|,\s*)<@(?:{names})(?:\|[^<>]*)?>[,:]?(?:\s+|$)", text)
    if mention is None:
        return {"text": text.strip()}
    before, after = text[: mention.start()].strip(), text[mention.end() :].strip()
    between = "\n" if "\n" in mention[0] else " "
    words = f"{before}{between}{after}".strip()
    return {"text": words, "after": after if before else "", "is_addressed": True}


def _mention(workspace_id: str, event_id: str, event: Payload) -> MessageRequest | None:
    return _said(workspace_id, event_id, event, is_direct=False)


def _message(workspace_id: str, event_id: str, event: Payload) -> MessageRequest | ThreadRequest | None:
    changed = _changed(workspace_id, event_id, event)
    if changed is not None:
        return changed
    # In channels the bot is spoken to by mention, and hears of that by an event of its own. What else is said
    # there is its business only in a thread, which may be that of a check-in.
    if event.get("channel_type") != "im":
        return _in_thread(workspace_id, event_id, event)
    return _said(workspace_id, event_id, event, is_direct=True)


def _changed(workspace_id: str, event_id: str, event: Payload) -> ThreadRequest | None:
    """A message in a thread, or one to the bot, that was edited or deleted by whoever wrote it."""
    kind = event.get("subtype")
    if kind not in {"message_changed", "message_deleted"}:
        return None
    before, message = table_at(event, "previous_message"), table_at(event, "message")
    # What has a thread of its own leaves a stone behind.
    is_deleted = kind == "message_deleted" or message.get("subtype") == "tombstone"
    message = before if is_deleted else message
    if message.get("bot_id") or not message.get("user") or message.get("subtype") not in _SAID:
        return None
    message_ts = read_id(message.get("ts"))
    return ThreadRequest(
        workspace_id=workspace_id,
        event_id=event_id,
        person_id=read_id(message["user"]),
        channel_id=read_id(event.get("channel")),
        message_ts=message_ts,
        thread_ts=read_id(message.get("thread_ts") or message_ts),
        text="" if is_deleted else read_text(message.get("text") or ""),
        change="deleted" if is_deleted else "edited",
        is_direct=event.get("channel_type") == "im",
        is_addressed=bool(message.get("is_addressed")),
        edited_ts=read_text(table_at(message, "edited").get("ts") or ""),
    )


def _in_thread(workspace_id: str, event_id: str, event: Payload) -> ThreadRequest | None:
    is_said = event.get("subtype") in _SAID and not event.get("bot_id") and event.get("user")
    thread_ts = event.get("thread_ts")
    # A mention comes as an event of its own.
    if not is_said or not thread_ts or thread_ts == event.get("ts") or event.get("is_addressed"):
        return None
    return ThreadRequest(
        workspace_id=workspace_id,
        event_id=event_id,
        person_id=read_id(event["user"]),
        channel_id=read_id(event.get("channel")),
        message_ts=read_id(event.get("ts")),
        thread_ts=read_id(thread_ts),
        text=read_text(event.get("text") or ""),
    )


def _said(workspace_id: str, event_id: str, event: Payload, *, is_direct: bool) -> MessageRequest | None:
    # An edit, a deletion, or another bot: nobody waits for an answer to these. A message that is edited comes
    # as a mention again.
    if event.get("subtype") not in _SAID or event.get("bot_id"):
        return None
    if not event.get("user") or event.get("edited"):
        return None
    return MessageRequest(
        workspace_id=workspace_id,
        event_id=event_id,
        person_id=read_id(event["user"]),
        channel_id=read_id(event.get("channel")),
        message_ts=read_id(event.get("ts")),
        thread_ts=read_id(event["thread_ts"]) if event.get("thread_ts") else None,
        text=read_text(event.get("text") or ""),
        is_direct=is_direct,
        after=read_text(event.get("after") or ""),
        has_files=bool(event.get("files")),
    )


def _home(workspace_id: str, event_id: str, event: Payload) -> HomeRequest | None:
    # The same event comes when the messages tab is opened.
    if event.get("tab") != "home":
        return None
    seen = read_text(table_at(event, "view").get("hash") or "")
    return HomeRequest(workspace_id, event_id, read_id(event.get("user")), seen)


def _membership(workspace_id: str, event_id: str, event: Payload) -> MembershipRequest:
    return MembershipRequest(
        workspace_id,
        event_id,
        read_id(event.get("user")),
        read_id(event.get("channel")),
        is_member=event["type"] == "member_joined_channel",
    )


def _channel_moved(workspace_id: str, event_id: str, event: Payload) -> ChannelMovedRequest:
    old_id, new_id = read_id(event.get("old_channel_id")), read_id(event.get("new_channel_id"))
    return ChannelMovedRequest(workspace_id, event_id, old_id, new_id)


def _person(workspace_id: str, event_id: str, event: Payload) -> PersonRequest:
    user = table_at(event, "user")
    return PersonRequest(workspace_id, event_id, read_id(user.get("id")), user)


_GONE = {"app_uninstalled", "tokens_revoked"}


def _bots_of(event: Payload) -> list[Any]:
    """Bots whose tokens were revoked; those of people are of no use to the bot."""
    bots = table_at(event, "tokens").get("bot")
    return bots if isinstance(bots, list) else []


def _gone(workspace_id: str, event_id: str, event: Payload) -> GoneRequest | None:
    is_certain = event["type"] == "app_uninstalled"
    if not is_certain and not event["bots"]:
        return None
    return GoneRequest(workspace_id, event_id, read_instant(event["at"]), is_certain=is_certain)


_READERS: dict[str, Callable[[str, str, Payload], EventRequest | None]] = {
    "app_mention": _mention,
    "message": _message,
    "app_home_opened": _home,
    "member_joined_channel": _membership,
    "member_left_channel": _membership,
    "channel_id_changed": _channel_moved,
    "team_join": _person,
    "user_change": _person,
    "app_uninstalled": _gone,
    "tokens_revoked": _gone,
}

EVENTS = frozenset(_READERS)
"""The types of events that the bot wants to be told of; a test holds manifest.json to them."""
