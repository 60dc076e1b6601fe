"""Interactive elements: buttons, menus, pickers, boxes to tick.

Limits: the element's own page under docs.slack.dev/reference/block-kit/block-elements. Which element may
stand in which block is said in `blocks`.
"""

import re
from datetime import date

from bot.local.block_kit.checks import (
    Check,
    Report,
    array,
    at_least_one,
    boolean,
    exactly_one,
    integer,
    one_of,
    record,
    string,
    typed,
)
from bot.local.block_kit.options import (
    COLOUR,
    CONFIRM,
    OPTION,
    OPTION_GROUPS,
    OVERFLOW_OPTION,
    RICHER_OPTION,
    chosen_once,
    consistent_options,
    options,
)
from bot.local.block_kit.text import link, plain_text

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


def _focus(value: object, at: str, report: Report) -> None:
    boolean(value, at, report)
    if value is True:
        report.totals["focus_on_load"] += 1
        if report.totals["focus_on_load"] > 1:
            report.add(at, "only one element can be set to true")


def _response_url(value: object, at: str, report: Report) -> None:
    """Only for menus in input blocks in modals (docs.slack.dev/.../select-menu-element)."""
    boolean(value, at, report)
    if value is True and (report.surface != "modal" or not at.endswith("/element/response_url_enabled")):
        report.add(at, "only works with menus in input blocks in modals")


def _date(value: object, at: str, report: Report) -> None:
    try:
        good = isinstance(value, str) and bool(_DATE.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        good = False
    if not good:
        report.add(at, "must be a valid date in the format YYYY-MM-DD")


def _time(value: object, at: str, report: Report) -> None:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        report.add(at, "must be a valid time in the format HH:mm")


ACTION: dict[str, Check] = {"action_id": string(255)}
FOCUS: dict[str, Check] = {"focus_on_load": _focus}
PLACEHOLDER: dict[str, Check] = {"placeholder": plain_text(150)}
_CONFIRMED: dict[str, Check] = {**ACTION, "confirm": CONFIRM}
_MENU: dict[str, Check] = {**_CONFIRMED, **FOCUS, **PLACEHOLDER}
_MULTI: dict[str, Check] = {**_MENU, "max_selected_items": integer(1)}
_IDS = array(string(least=1))
_FILTER = record(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), least=1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
_LABEL = string(75)
_BUTTON: dict[str, Check] = {**_CONFIRMED, "style": COLOUR, "accessibility_label": _LABEL}
_STATIC: dict[str, Check] = {"options": options(OPTION, 100), "option_groups": OPTION_GROUPS}
_CONVERSATION: dict[str, Check] = {"default_to_current_conversation": boolean, "filter": _FILTER}
_ONE_LIST = exactly_one("options", "option_groups")
# An empty array is refused: github.com/slackapi/bolt-js/issues/482
_SEVERAL = array(OPTION, least=1, most=100)

BUTTON = typed({"text": plain_text(75)}, {**_BUTTON, "value": string(2000), "url": link})
_WORKFLOW = record(
    {
        "trigger": record(
            {"url": link},
            {"customizable_input_parameters": array(record({"name": string(least=1), "value": string()}))},
        ),
    },
)

SELECTS: dict[str, Check] = {
    "static_select": typed({}, {**_MENU, **_STATIC, "initial_option": OPTION}, _ONE_LIST, consistent_options),
    "external_select": typed({}, {**_MENU, "initial_option": OPTION, "min_query_length": integer(0)}),
    "users_select": typed({}, {**_MENU, "initial_user": string()}),
    "channels_select": typed(
        {}, {**_MENU, "initial_channel": string(), "response_url_enabled": _response_url}
    ),
    "conversations_select": typed(
        {},
        {**_MENU, **_CONVERSATION, "initial_conversation": string(), "response_url_enabled": _response_url},
    ),
}
MULTI_SELECTS: dict[str, Check] = {
    "multi_static_select": typed(
        {}, {**_MULTI, **_STATIC, "initial_options": _SEVERAL}, _ONE_LIST, consistent_options, chosen_once
    ),
    "multi_external_select": typed(
        {}, {**_MULTI, "initial_options": _SEVERAL, "min_query_length": integer(0)}, chosen_once
    ),
    "multi_users_select": typed({}, {**_MULTI, "initial_users": _IDS}),
    "multi_channels_select": typed({}, {**_MULTI, "initial_channels": _IDS}),
    "multi_conversations_select": typed({}, {**_MULTI, **_CONVERSATION, "initial_conversations": _IDS}),
}
BOXES: dict[str, Check] = {
    "checkboxes": typed(
        {"options": options(RICHER_OPTION, 10)},
        {**_CONFIRMED, **FOCUS, "initial_options": array(RICHER_OPTION, least=1, most=10)},
        consistent_options,
        chosen_once,
    ),
    "radio_buttons": typed(
        {"options": options(RICHER_OPTION, 10)},
        {**_CONFIRMED, **FOCUS, "initial_option": RICHER_OPTION},
        consistent_options,
    ),
}
PICKERS: dict[str, Check] = {
    "datepicker": typed({}, {**_MENU, "initial_date": _date}),
    "timepicker": typed({}, {**_MENU, "initial_time": _time, "timezone": string(least=1)}),
}
DATETIME_PICKER: dict[str, Check] = {
    # A UNIX timestamp of ten digits.
    "datetimepicker": typed(
        {}, {**_CONFIRMED, **FOCUS, "initial_date_time": integer(1_000_000_000, 9_999_999_999)}
    ),
}
BUTTONS: dict[str, Check] = {
    "button": BUTTON,
    "workflow_button": typed({"text": plain_text(75), "workflow": _WORKFLOW}, _BUTTON),
    "overflow": typed({"options": options(OVERFLOW_OPTION, 5)}, _CONFIRMED, consistent_options),
}

_FEEDBACK = record({"text": plain_text(75), "value": string(2000)}, {"accessibility_label": _LABEL})
CONTEXT_ACTIONS: dict[str, Check] = {
    "feedback_buttons": typed({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, ACTION),
    # trash is the one icon there is.
    "icon_button": typed(
        {"icon": one_of("trash"), "text": plain_text()},
        {**_CONFIRMED, "value": string(2000), "accessibility_label": _LABEL, "visible_to_user_ids": _IDS},
    ),
}
