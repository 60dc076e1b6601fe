"""One right input or actions block for every kind of element."""

from typing import Any

from .blocks import CONFIRM, mrkdwn, plain, rich_text


def option(value: str = "one", **more: Any) -> dict[str, Any]:
    return {"text": plain(f"Option {value}"), "value": value, **more}


def richer(value: str = "one") -> dict[str, Any]:
    return {"text": mrkdwn(f"_{value}_"), "value": value, "description": plain("more")}


def _input(element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "input", "label": plain("Label"), "element": {"action_id": "a", **element}}


def _actions(element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": [{"action_id": "a", **element}]}


OPTIONS = [option("one"), option("two")]
GROUPS = [
    {"label": plain("First"), "options": [option("one")]},
    {"label": plain("Second"), "options": [option("two")]},
]
MENU: dict[str, Any] = {"placeholder": plain("Choose"), "confirm": CONFIRM}
FILTER = {"include": ["im", "private"], "exclude_bot_users": True, "exclude_external_shared_channels": False}
ELEMENTS: dict[str, dict[str, Any]] = {
    "workflow_button": _actions(
        {
            "type": "workflow_button",
            "text": plain("Start"),
            "workflow": {
                "trigger": {
                    "url": "https://slack.com/shortcuts/Ft1/x",
                    "customizable_input_parameters": [{"name": "n", "value": "v"}],
                },
            },
        },
    ),
    "overflow": _actions(
        {"type": "overflow", "options": [option("one", url="https://example.com"), option("two")]}
    ),
    "static_select": _input(
        {"type": "static_select", **MENU, "options": OPTIONS, "initial_option": option("two")}
    ),
    "grouped": _input({"type": "static_select", "option_groups": GROUPS, "initial_option": option("two")}),
    "external_select": _input(
        {"type": "external_select", **MENU, "min_query_length": 3, "initial_option": option()}
    ),
    "users_select": _input({"type": "users_select", **MENU, "initial_user": "U1"}),
    "channels_select": _input({"type": "channels_select", **MENU, "initial_channel": "C1"}),
    "conversations_select": _input(
        {"type": "conversations_select", **MENU, "filter": FILTER, "default_to_current_conversation": True},
    ),
    "multi_static_select": _input(
        {
            "type": "multi_static_select",
            **MENU,
            "options": OPTIONS,
            "initial_options": OPTIONS,
            "max_selected_items": 1,
        },
    ),
    "multi_external_select": _input(
        {"type": "multi_external_select", "initial_options": OPTIONS, "min_query_length": 0}
    ),
    "multi_users_select": _input({"type": "multi_users_select", "initial_users": ["U1"]}),
    "multi_channels_select": _input({"type": "multi_channels_select", "initial_channels": ["C1"]}),
    "multi_conversations_select": _input(
        {"type": "multi_conversations_select", "filter": {"exclude_bot_users": True}}
    ),
    "checkboxes": _input(
        {"type": "checkboxes", "options": [richer("one"), option("two")], "initial_options": [richer("one")]},
    ),
    "radio_buttons": _input({"type": "radio_buttons", "options": OPTIONS, "initial_option": option("one")}),
    "datepicker": _input({"type": "datepicker", **MENU, "initial_date": "2024-02-29"}),
    "timepicker": _input({"type": "timepicker", "initial_time": "23:59", "timezone": "Europe/Vienna"}),
    "datetimepicker": _input(
        {"type": "datetimepicker", "initial_date_time": 1628633820, "focus_on_load": True}
    ),
    "plain_text_input": _input(
        {
            "type": "plain_text_input",
            "multiline": True,
            "min_length": 0,
            "max_length": 3000,
            "initial_value": "",
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
        },
    ),
    "number_input": _input(
        {
            "type": "number_input",
            "is_decimal_allowed": True,
            "min_value": "-1",
            "initial_value": "0.5",
            "max_value": "9.75",
        },
    ),
    "email_text_input": _input(
        {"type": "email_text_input", "placeholder": plain(), "initial_value": "a@example.com"}
    ),
    "url_text_input": _input({"type": "url_text_input", "initial_value": "https://example.com"}),
    "file_input": _input({"type": "file_input", "filetypes": ["png"], "max_files": 10}),
    "rich_text_input": _input(
        {"type": "rich_text_input", "initial_value": rich_text(), "min_lines": 1, "max_lines": 9}
    ),
}
