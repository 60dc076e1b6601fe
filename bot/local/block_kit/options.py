"""Options, option groups and confirmation dialogs.

Limits: docs.slack.dev/reference/block-kit/composition-objects/option-object, .../option-group-object and
.../confirmation-dialog-object.
"""

from typing import Any

from bot.local.block_kit.checks import Check, Report, array, one_of, record, shown, string
from bot.local.block_kit.text import link, plain_text, text_object, text_of

COLOUR = one_of("primary", "danger")
CONFIRM = record(
    {"text": text_object(300)},
    {"title": plain_text(100), "confirm": plain_text(30), "deny": plain_text(30), "style": COLOUR},
)

_VALUE = string(150)
_DESCRIPTION = plain_text(75)
OPTION = record({"text": plain_text(75), "value": _VALUE}, {"description": _DESCRIPTION})
"""An option of a select menu: plain text, no address."""
OVERFLOW_OPTION = record(
    {"text": plain_text(75), "value": _VALUE}, {"description": _DESCRIPTION, "url": link}
)
"""An option of an overflow menu, the only one that may hold an address."""
RICHER_OPTION = record({"text": text_object(75), "value": _VALUE}, {"description": _DESCRIPTION})
"""An option of checkboxes or radio buttons, the only ones that may hold mrkdwn."""


def options(kind: Check, most: int) -> Check:
    return array(kind, least=1, most=most)


OPTION_GROUPS = array(record({"label": plain_text(75), "options": options(OPTION, 100)}), least=1, most=100)

Pointed = tuple[str, dict[str, Any]]


def _choices(element: dict[str, Any], at: str) -> list[Pointed]:
    """All options of an element, those in groups too, each with where it lies."""
    found = [(f"{at}/options/{i}", option) for i, option in enumerate(element.get("options", []))]
    for g, group in enumerate(element.get("option_groups", [])):
        found += [
            (f"{at}/option_groups/{g}/options/{i}", option) for i, option in enumerate(group["options"])
        ]
    return found


def _initial(element: dict[str, Any], at: str) -> list[Pointed]:
    found = [
        (f"{at}/initial_options/{i}", option) for i, option in enumerate(element.get("initial_options", []))
    ]
    if "initial_option" in element:
        found.append((f"{at}/initial_option", element["initial_option"]))
    return found


def consistent_options(element: dict[str, Any], at: str, report: Report) -> None:
    """Every value once, and what is chosen at first is among the options, by value and text."""
    known: dict[str, str] = {}
    for where, option in _choices(element, at):
        if option["value"] in known:
            report.add(f"{where}/value", f"must be unique among the options: {shown(option['value'])}")
        known[option["value"]] = text_of(option["text"])
    for where, option in _initial(element, at):
        if known.get(option["value"]) != text_of(option["text"]):
            report.add(where, "must exactly match one of the options")


def chosen_once(element: dict[str, Any], at: str, report: Report) -> None:
    """No option is chosen twice at first."""
    seen: set[str] = set()
    for where, option in _initial(element, at):
        if option["value"] in seen:
            report.add(where, "must be unique among the initial options")
        seen.add(option["value"])
