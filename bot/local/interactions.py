"""Pressing and choosing: in messages, in views, and the shortcuts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bot.local import forms, payloads
from bot.local.elements import Element, NoSuchChoiceError, chosen_state, find_element, has_state
from bot.local.model import Channel, Message, User, View
from bot.local.outgoing import Answer, send
from bot.local.platform import Platform
from bot.local.results import Answers, Choice, Result
from bot.local.shapes import Shape, message_shape, view_shape

_FORM = "application/x-www-form-urlencoded"


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
            blocks = [*(message.blocks or []), *_attached_blocks(message)]
            block_id, element = find_element(blocks, press.action_id, press.block_id)
            state = chosen_state(element, press.choice, suggested(platform, press.action_id))
            values = forms.with_answers(blocks, forms.initial_values(blocks), press.answers or {}, {})
            _keep(values, block_id, element, state)
            payload = payloads.interaction(platform, "block_actions", user)
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
            block_id, element = find_element(blocks, press.action_id, press.block_id)
            state = chosen_state(element, press.choice, suggested(platform, press.action_id))
            view.values = forms.with_answers(blocks, view.values, press.answers or {}, platform.suggested)
            _keep(view.values, block_id, element, state)
            payload = payloads.interaction(platform, "block_actions", user, view_id=_modal_id(view))
            payload["container"] = {"type": "view", "view_id": view.id}
            payload["view"] = view_shape(workspace, view)
            payload["actions"] = [_action(platform, block_id, element, state)]
    except NoSuchChoiceError as error:
        return Result.failed(str(error))
    return acknowledged(deliver(platform, payload))


def global_shortcut(platform: Platform, user: User, callback_id: str) -> Result:
    with platform.workspace.lock:
        payload = payloads.interaction(platform, "shortcut", user)
        payload |= {"callback_id": callback_id, "action_ts": platform.workspace.new_ts()}
    return acknowledged(deliver(platform, payload))


def message_shortcut(
    platform: Platform, user: User, channel: Channel, message: Message, callback_id: str
) -> Result:
    workspace = platform.workspace
    with workspace.lock:
        payload = payloads.interaction(platform, "message_action", user)
        payload |= {
            "callback_id": callback_id,
            "action_ts": workspace.new_ts(),
            "message_ts": message.ts,
            "message": message_shape(workspace, message),
            "channel": {"id": channel.id, "name": payloads.channel_name(channel)},
            "response_url": payloads.response_url(platform, user.id, channel.id, message.ts),
        }
    return acknowledged(deliver(platform, payload))


def suggest(platform: Platform, user: User, view: View, press: Press, query: str) -> Result:
    """Ask the app for the options of an external select."""
    try:
        block_id, _ = find_element(view.body["blocks"], press.action_id, press.block_id)
    except NoSuchChoiceError as error:
        return Result.failed(str(error))
    with platform.workspace.lock:
        payload = payloads.interaction(platform, "block_suggestion", user)
        payload |= {
            "container": {"type": "view", "view_id": view.id},
            "view": view_shape(platform.workspace, view),
            "block_id": block_id,
            "action_id": press.action_id,
            "value": query,
        }
    del payload["trigger_id"]
    answer = deliver(platform, payload)
    if not answer.ok:
        return acknowledged(answer)
    fields = json_object(answer)
    groups = fields.get("option_groups") or [{"options": fields.get("options") or []}]
    options = [option for group in groups for option in group.get("options", [])]
    with platform.workspace.lock:
        platform.suggested[press.action_id] = options
    return Result(options=options)


def deliver(platform: Platform, payload: Shape) -> Answer:
    """Send the payload to the app and write the outcome down."""
    body = urlencode({"payload": json.dumps(payload)}).encode()
    answer = send(platform.settings, platform.workspace.clock, body, _FORM)
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


def suggested(platform: Platform, action_id: str) -> list[Element]:
    return platform.suggested.get(action_id, [])


def _attached_blocks(message: Message) -> list[dict[str, Any]]:
    return [block for attachment in message.attachments or [] for block in attachment.get("blocks", [])]


def _message_place(platform: Platform, user: User, message: Message) -> Shape:
    workspace = platform.workspace
    channel = workspace.channels[message.channel_id]
    container: Shape = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    place: Shape = {
        "container": container,
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
