"""What an element holds, read from Slack's `state.values` into what a browser's control shows."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.local.browser.rich_text import rich_text_to_plain
from bot.local.browser.scene import Json

Raw = str | list[str] | None
"""A control's value as a browser has it."""

_IDS = {
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}
_ONE_OPTION = frozenset({"static_select", "external_select", "radio_buttons"})
_MANY_OPTIONS = frozenset({"multi_static_select", "multi_external_select", "checkboxes"})


def current_value(element: Json, held: Json, zone: ZoneInfo) -> Raw:
    """What the control of an element shows of the state that it holds."""
    kind = element["type"]
    value: Raw
    if kind in _IDS:
        value = held.get(_IDS[kind])
    elif kind in _ONE_OPTION:
        value = (held.get("selected_option") or {}).get("value")
    elif kind in _MANY_OPTIONS:
        value = [option["value"] for option in held.get("selected_options") or []]
    elif kind == "datetimepicker":
        seconds = held.get("selected_date_time")
        value = datetime.fromtimestamp(seconds, tz=zone).strftime("%Y-%m-%dT%H:%M") if seconds else None
    elif kind == "rich_text_input":
        value = rich_text_to_plain(held.get("rich_text_value") or {})
    else:
        value = held.get("value")
    return value


def initial_state(element: Json) -> Json:
    """What an element starts with, in the form of a state."""
    held: dict[str, Any] = {}
    for key, value in element.items():
        if key == "initial_value":
            held["rich_text_value" if element["type"] == "rich_text_input" else "value"] = value
        elif key.startswith("initial_"):
            held["selected_" + key.removeprefix("initial_")] = value
    return held
