"""What people type or upload into: the elements that only an input block holds.

Limits: docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element, .../number-input-element,
.../email-input-element, .../url-input-element, .../file-input-element and .../rich-text-input-element.
"""

import re
from decimal import Decimal
from typing import Any

from bot.local.block_kit.checks import Check, Report, array, boolean, integer, one_of, record, string, typed
from bot.local.block_kit.elements import ACTION, FOCUS, PLACEHOLDER
from bot.local.block_kit.rich_text import RICH_TEXT

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DISPATCH = record({}, {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"))})
_TYPED: dict[str, Check] = {**ACTION, **FOCUS, **PLACEHOLDER, "dispatch_action_config": _DISPATCH}


def _number_as_text(value: object, at: str, report: Report) -> None:
    if not isinstance(value, str):
        report.add(at, "must provide a string")
    elif not _NUMBER.fullmatch(value):
        report.add(at, "must be a valid number")


def _numbers_agree(element: dict[str, Any], at: str, report: Report) -> None:
    """min_value <= initial_value <= max_value, all whole unless decimals are allowed."""
    names = [name for name in ("min_value", "initial_value", "max_value") if name in element]
    values = [Decimal(element[name]) for name in names]
    if values != sorted(values):
        report.add(at, f"must be in ascending order: {', '.join(names)}")
    for name in names:
        if not element["is_decimal_allowed"] and element[name].partition(".")[2].strip("0"):
            report.add(f"{at}/{name}", "must be a whole number")


def _lengths_agree(element: dict[str, Any], at: str, report: Report) -> None:
    if element.get("min_length", 0) > element.get("max_length", 3000):
        report.add(f"{at}/min_length", "must be no more than `max_length`")


def _lines_agree(element: dict[str, Any], at: str, report: Report) -> None:
    if element.get("min_lines", 1) > element.get("max_lines", 100):
        report.add(f"{at}/min_lines", "must be no more than `max_lines`")


RICH_TEXT_INPUT = typed(
    {},
    {**_TYPED, "initial_value": RICH_TEXT, "min_lines": integer(1, 100), "max_lines": integer(1, 100)},
    _lines_agree,
)
INPUTS: dict[str, Check] = {
    "plain_text_input": typed(
        {},
        {
            **_TYPED,
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        _lengths_agree,
    ),
    "number_input": typed(
        {"is_decimal_allowed": boolean},
        {
            **_TYPED,
            "initial_value": _number_as_text,
            "min_value": _number_as_text,
            "max_value": _number_as_text,
        },
        _numbers_agree,
    ),
    "email_text_input": typed({}, {**_TYPED, "initial_value": string()}),
    "url_text_input": typed({}, {**_TYPED, "initial_value": string()}),
    "file_input": typed({}, {**ACTION, "filetypes": array(string(least=1)), "max_files": integer(1, 10)}),
    "rich_text_input": RICH_TEXT_INPUT,
}
