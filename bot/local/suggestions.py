"""Asking the app for the options of an external select, while somebody types into it."""

from typing import Any

from bot.local import payloads
from bot.local.block_kit import message_errors
from bot.local.elements import NoSuchChoiceError, find_element
from bot.local.errors import SlackError
from bot.local.interactions import acknowledged, container, deliver, json_object, message_blocks
from bot.local.model import Message, User, View
from bot.local.outgoing import Answer
from bot.local.platform import Platform
from bot.local.results import Result
from bot.local.shapes import Shape, message_shape, view_shape

NOT_LOADED = "The options could not be loaded."
_DEFAULT_LENGTH = 3
_EXTERNAL = frozenset({"external_select", "multi_external_select"})


def suggest(  # noqa: PLR0917  the element is named by two ids, and somebody types into it somewhere
    platform: Platform, user: User, place: View | Message, action_id: str, block_id: str, query: str
) -> Result:
    """The options that the app offers for what was typed. Slack asks it for nothing shorter than it wants."""
    workspace = platform.workspace
    try:
        with workspace.lock:
            blocks = place.body["blocks"] if isinstance(place, View) else message_blocks(place)
            _, element = find_element(blocks, action_id, block_id)
            if element["type"] not in _EXTERNAL or len(query) < element.get(
                "min_query_length", _DEFAULT_LENGTH
            ):
                return Result()
            payload = payloads.interaction(
                platform, "block_suggestion", user, is_in_view=isinstance(place, View)
            )
            payload |= _place(platform, place) | {
                "action_id": action_id,
                "block_id": block_id,
                "value": query,
            }
            del payload["trigger_id"]
    except NoSuchChoiceError as error:
        return Result.failed(str(error))
    answer = deliver(platform, payload)
    if not answer.ok:
        return acknowledged(answer)
    try:
        options = _read(answer)
    except SlackError as refusal:
        detail = {"messages": refusal.messages}
        workspace.log("in", "block_suggestion answer", ok=False, error=refusal.code, detail=detail)
        return Result.failed(NOT_LOADED)
    with workspace.lock:
        offered = [{key: part for key, part in one.items() if key != "group"} for one in options]
        platform.suggestions.offer(user.id, action_id, offered)
    return Result(options=options)


def _place(platform: Platform, place: View | Message) -> Shape:
    workspace = platform.workspace
    if isinstance(place, View):
        return {
            "container": {"type": "view", "view_id": place.id},
            "view": view_shape(workspace, place),
        }
    channel = workspace.channels[place.channel_id]
    where: Shape = {
        "container": container(place),
        "channel": {"id": channel.id, "name": payloads.channel_name(channel)},
    }
    if not place.ephemeral_to:
        where["message"] = message_shape(workspace, place)
    return where


def _read(answer: Answer) -> list[dict[str, Any]]:
    """The options, checked as those of a static select; one from a group has its label as "group"."""
    fields = json_object(answer)
    options, groups = fields.get("options"), fields.get("option_groups")
    offered = {"option_groups": groups} if groups else {"options": options}
    if options == [] or groups == []:
        return []
    element = {"type": "static_select", "action_id": "offered", **offered}
    errors = message_errors([{"type": "actions", "elements": [element]}], "")
    if errors:
        raise SlackError("invalid_response", errors)
    if groups:
        return [
            {**option, "group": group["label"]["text"]} for group in groups for option in group["options"]
        ]
    return [dict(option) for option in options or []]
