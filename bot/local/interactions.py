"""Pressing and choosing: in messages, in views, and the shortcuts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.local import forms, payloads
from bot.local.elements import Element, NoSuchChoiceError, chosen_state, find_element, has_state
from bot.local.model import Channel, Message, User, View
from bot.local.outgoing import Answer
from bot.local.parcels import Parcel
from bot.local.platform import Platform
from bot.local.results import Answers, Choice, Result
from bot.local.shapes import Shape, message_shape, view_shape


@dataclass(frozen=True)
class Press:
    """What was pressed or chosen, and what was filled in around it."""

    action_id: str
    block_id: str | None = None
    choice: Choice = None
    answers: Answers | None = None


def press_in_message(platform: Platform, user: User, message: Message, press: Press) -> Result:
    """Press something in a message; the app gets a block_actions payload."""
    workspace = platform.workspace
    try:
        with workspace.lock:
            blocks = message_blocks(message)
            offered = platform.suggestions.offered_to(user.id)
            block_id, element = find_element(blocks, press.action_id, press.block_id)
            state = chosen_state(element, press.choice, offered.get(press.action_id, ()))
            values = forms.with_answers(blocks, forms.initial_values(blocks), press.answers or {}, offered)
            _keep(values, block_id, element, state)
            payload = payloads.interaction(platform, "block_actions", user, channel_id=message.channel_id)
            payload |= _message_place(platform, user, message)
            payload["state"] = {"values": values}
            payload["actions"] = [_action(platform, block_id, element, state)]
    except NoSuchChoiceError as error:
        return Result.failed(str(error))
    return acknowledged(deliver(platform, payload))


def press_in_view(platform: Platform, user: User, view: View, press: Press) -> Result:
    """Press something in a modal or a home tab; what was filled in goes along."""
    workspace = platform.workspace
    try:
        with workspace.changing():
            blocks = view.body["blocks"]
            offered = platform.suggestions.offered_to(user.id)
            block_id, element = find_element(blocks, press.action_id, press.block_id)
            state = chosen_state(element, press.choice, offered.get(press.action_id, ()))
            view.values = forms.with_answers(blocks, view.values, press.answers or {}, offered)
            _keep(view.values, block_id, element, state)
            payload = payloads.interaction(
                platform,
                "block_actions",
                user,
                view_id=_modal_id(view),
                channel_id=view.channel_id,
                is_in_view=True,
            )
            payload["container"] = {"type": "view", "view_id": view.id}
            payload["view"] = view_shape(workspace, view)
            payload["actions"] = [_action(platform, block_id, element, state)]
    except NoSuchChoiceError as error:
        return Result.failed(str(error))
    return acknowledged(deliver(platform, payload))


def global_shortcut(
    platform: Platform, user: User, callback_id: str, channel_id: str | None = None
) -> Result:
    """Run a shortcut. The app is not told where, but a menu in its modal may start with that place."""
    with platform.workspace.lock:
        payload = payloads.interaction(platform, "shortcut", user, channel_id=channel_id)
        payload |= {"callback_id": callback_id, "action_ts": platform.workspace.new_ts()}
    return acknowledged(deliver(platform, payload))


def message_shortcut(
    platform: Platform, user: User, channel: Channel, message: Message, callback_id: str
) -> Result:
    workspace = platform.workspace
    with workspace.lock:
        payload = payloads.interaction(platform, "message_action", user, channel_id=channel.id)
        payload |= {
            "callback_id": callback_id,
            "action_ts": workspace.new_ts(),
            "message_ts": message.ts,
            "message": message_shape(workspace, message),
            "channel": {"id": channel.id, "name": payloads.channel_name(channel)},
            "response_url": payloads.response_url(platform, user.id, channel.id, message.ts),
        }
    return acknowledged(deliver(platform, payload))


def deliver(platform: Platform, payload: Shape) -> Answer:
    """Send the payload to the app and write the outcome down."""
    answer = platform.send(Parcel("interactive", payload))
    kind = str(payload["type"])
    detail = {"payload": payload, "answer": answer.body.decode("utf-8", errors="replace")}
    platform.workspace.log("out", kind, ok=answer.ok, error=answer.failure, detail=detail)
    return answer


def acknowledged(answer: Answer) -> Result:
    """What the person sees of the app's answer where only its coming counts."""
    if answer.ok:
        return Result()
    if answer.failure == "http_timeout":
        return Result.failed("This app took too long to respond.")
    return Result.failed(
        "This app could not be reached." if not answer.status else "This app is not working."
    )


def json_object(answer: Answer) -> dict[str, Any]:
    """The JSON object in an answer; empty when there is none."""
    try:
        fields = json.loads(answer.body or b"{}")
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def message_blocks(message: Message) -> list[dict[str, Any]]:
    """The blocks of a message, those of its attachments included."""
    attached = [block for attachment in message.attachments or [] for block in attachment.get("blocks", [])]
    return [*(message.blocks or []), *attached]


def container(message: Message) -> Shape:
    """Where a message is, as interactions say it."""
    place: Shape = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel_id,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts:
        place["thread_ts"] = message.thread_ts
    return place


def _message_place(platform: Platform, user: User, message: Message) -> Shape:
    workspace = platform.workspace
    channel = workspace.channels[message.channel_id]
    place: Shape = {
        "container": container(message),
        "channel": {"id": channel.id, "name": payloads.channel_name(channel)},
        "response_url": payloads.response_url(platform, user.id, channel.id, message.ts),
    }
    if not message.ephemeral_to:
        # Slack does not keep ephemeral messages, so it cannot send one along.
        place["message"] = message_shape(workspace, message)
    return place


def _modal_id(view: View) -> str | None:
    return view.id if view.type == "modal" else None


def _keep(values: forms.Values, block_id: str, element: Element, state: Mapping[str, Any]) -> None:
    if has_state(element):
        values.setdefault(block_id, {})[str(element["action_id"])] = dict(state)


def _action(platform: Platform, block_id: str, element: Element, state: Mapping[str, Any]) -> Shape:
    action: Shape = {
        "action_id": element["action_id"],
        "block_id": block_id,
        **state,
        "action_ts": platform.workspace.new_ts(),
    }
    for name in ("text", "value", "style", "placeholder", "confirm"):
        if name in element and name not in state:
            action[name] = element[name]
    return action
