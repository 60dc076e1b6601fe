"""What somebody of another organization may do, who shares a channel with the workspace: read, and reply.

What they are shown is that channel's projects (storage/sight.py); here it is decided what they may ask. All
that is not named here is for the workspace's own people, whatever is added to the bot later.

Slack lets them press buttons and menus in the channel, fill in what these open, mention the bot, write to it
directly and look at its home tab. It leaves to the bot to say what is not for them (docs.slack.dev,
"Understanding Slack Connect": "let them know if an action is not permissible due to their external nature").
"""

from dataclasses import replace
from typing import Any

from bot.errors_rights import OnlyMembersError
from bot.slack import ids
from bot.slack.commands.command import Command, Typed
from bot.slack.effects import Effect, Heard, Message, Post, Reply, View, Where
from bot.slack.interactions.asking import Asking
from bot.slack.queries import Query
from bot.slack.requests import (
    ButtonRequest,
    CommandRequest,
    HomeRequest,
    MessageRequest,
    ThreadRequest,
)

READABLE = frozenset(
    {
        "overview",
        "help",
        "list",
        "show",
        "goal",
        "outcomes",
        "links",
        "search",
        "stale",
        "history",
        "status",
        "freshness",
        "schedule",
    }
)
"""Commands that show nothing but the projects that the person sees, or the bot itself."""

_PRESSED = frozenset({ids.LINK, ids.MEANT, ids.HOME_PAGE})
"""Buttons that change nothing of a record; or, as which outcome a line of their own reply is about, belong to
the reply."""


def require_for_external(request: Asking) -> None:
    """Of a request of somebody of another organization. Raises OnlyMembersError, OutdatedButtonError."""
    match request:
        case CommandRequest() | MessageRequest() | HomeRequest():
            # What is said is read as a line, or is a reply: see `require_readable`.
            return
        case ThreadRequest():
            # A direct message, edited, which might be a reply then: replies stand in the channel.
            is_open = not request.is_direct
        case ButtonRequest():
            is_open = _is_open(request.action_id, request.value)
        case _:
            is_open = False
    if not is_open:
        raise OnlyMembersError


def require_readable(command: Command, typed: Typed) -> None:
    """Of a line that somebody of another organization typed or said. Raises OnlyMembersError."""
    if command.name not in READABLE or command.writes(typed):
        raise OnlyMembersError


def effect_for_external(request: Asking, effect: Effect) -> Effect:
    """What only the person reads, without the buttons and menus that would answer no more than a sentence."""
    if isinstance(effect, Heard) and effect.answer is not None:
        return replace(effect, answer=_answer_for_external(request, effect.answer))
    return _answer_for_external(request, effect) if isinstance(effect, Post | Reply) else effect


def _answer_for_external(request: Asking, answer: Post | Reply) -> Post | Reply:
    if isinstance(answer, Reply):
        is_theirs = answer.where is not Where.CHANNEL
    else:
        is_theirs = answer.only_for is not None or getattr(request, "is_direct", False)
    return replace(answer, message=_message_for_external(answer.message)) if is_theirs else answer


def view_for_external(view: View) -> View:
    return {**view, "blocks": _without_closed(view["blocks"])}


def _message_for_external(message: Message) -> Message:
    blocks = _without_closed(message.blocks)
    charts = [each._replace(at=len(_without_closed(message.blocks[: each.at]))) for each in message.charts]
    return Message(message.text, blocks, tuple(charts))


def _is_open(action_id: str, value: str) -> bool:
    name = ids.name_of(action_id)
    return name in _PRESSED or (name == ids.OPEN and Query.decode(value).name in READABLE)


def _without_closed(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kept = []
    for block in blocks:
        if block["type"] == "actions":
            elements = [each for each in block["elements"] if _is_shown(each)]
            if elements:
                kept.append({**block, "elements": elements})
        elif "accessory" in block and not _is_shown(block["accessory"]):
            kept.append({name: value for name, value in block.items() if name != "accessory"})
        else:
            kept.append(block)
    return kept


def _is_shown(element: dict[str, Any]) -> bool:
    if "action_id" not in element:
        return True
    return _is_open(element["action_id"], str(element.get("value") or ""))
