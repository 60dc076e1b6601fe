"""The interactive elements of blocks: where they stand, and what a person's choice makes of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.local.results import Choice

Element = dict[str, Any]

_TEXT_INPUTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")

# For each type: the field of the state that holds the choice, and the field of the element it starts from.
_FIELDS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(_TEXT_INPUTS, ("value", "initial_value")),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", ""),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
_LONGEST_TIME = 12
_ONCE = frozenset({"button", "workflow_button", "overflow", "icon_button", "feedback_buttons"})
"""What is pressed and done with: it has no state."""


class NoSuchChoiceError(ValueError):
    """The person cannot have chosen this: it is not there."""


def all_elements(blocks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Element]]:
    """Each interactive element with the id of the block it stands in."""
    for block in blocks:
        yield from _inside(block, str(block.get("block_id", "")))


def _inside(value: object, block_id: str) -> Iterator[tuple[str, Element]]:
    if isinstance(value, dict):
        if value.get("type") in _FIELDS or value.get("type") in _ONCE:
            yield block_id, value
            return
        inner_id = str(value.get("block_id") or block_id)
        for part in value.values():
            yield from _inside(part, inner_id)
    elif isinstance(value, list):
        for part in value:
            yield from _inside(part, block_id)


def find_element(
    blocks: Sequence[Mapping[str, Any]], action_id: str, block_id: str | None = None
) -> tuple[str, Element]:
    """The element with this action_id (in this block), or a NoSuchChoiceError."""
    for found_in, element in all_elements(blocks):
        if element.get("action_id") == action_id and block_id in (None, found_in):
            return found_in, element
    raise NoSuchChoiceError(f"there is no {action_id!r} to press here")


def has_state(element: Element) -> bool:
    return element["type"] not in _ONCE


def initial_state(element: Element) -> Element:
    """The element's state as Slack shows it before anybody has touched it."""
    kind = str(element["type"])
    field, initial = _FIELDS[kind]
    value = element.get(initial)
    if value is None and field.endswith("s"):
        value = []
    return {"type": kind, field: value}


def chosen_state(element: Element, choice: Choice, suggested: Sequence[Element] = ()) -> Element:
    """The element's state once this was chosen; `suggested` are the options the app offered for it."""
    kind = str(element["type"])
    if kind not in _FIELDS:
        return {"type": kind}
    field, _ = _FIELDS[kind]
    if field == "selected_options":
        return {"type": kind, field: [_option(element, one, suggested) for one in _several(choice)]}
    if field.endswith("s"):
        return {"type": kind, field: _several(choice)}
    if isinstance(choice, list):
        raise NoSuchChoiceError(f"{kind} takes one choice, not several")
    return {"type": kind, field: _single(element, field, choice, suggested) if choice else None}


def _single(element: Element, field: str, choice: str, suggested: Sequence[Element]) -> object:
    if field == "selected_option":
        return _option(element, choice, suggested)
    if field == "selected_date_time":
        return _whole_number(choice)
    return rich_text(choice) if field == "rich_text_value" else choice


def rich_text(text: str) -> Element:
    """Plain text as the rich text that Slack's editor makes of it."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def _several(choice: Choice) -> list[str]:
    if choice is None:
        return []
    return [choice] if isinstance(choice, str) else list(choice)


def _whole_number(choice: str) -> int:
    if not choice.isascii() or not choice.isdigit() or len(choice) > _LONGEST_TIME:
        raise NoSuchChoiceError(f"{choice!r} is not a number of seconds")
    return int(choice)


def _option(element: Element, value: str, suggested: Sequence[Element]) -> Element:
    groups = [group.get("options", []) for group in element.get("option_groups", [])]
    initial = [element["initial_option"]] if element.get("initial_option") else []
    offered = [element.get("options", []), *groups, suggested, initial, element.get("initial_options", [])]
    for options in offered:
        for option in options:
            if option.get("value") == value:
                return dict(option)
    raise NoSuchChoiceError(f"{value!r} is not among the options")
