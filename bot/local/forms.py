"""What a person has filled into the inputs of a view (or a message), and what Slack asks to correct."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.local.elements import Element, all_elements, chosen_state, find_element, has_state, initial_state
from bot.local.results import Answers

Values = dict[str, dict[str, dict[str, Any]]]

MISSING = "Please complete this required field."
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://\S+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def initial_values(
    blocks: Sequence[Mapping[str, Any]], default: Callable[[Element], str | None] = lambda _: None
) -> Values:
    """The state of all inputs before anybody has touched them; `default` says what an empty one may hold."""
    values: Values = {}
    for block_id, element in all_elements(blocks):
        if has_state(element):
            state = initial_state(element)
            if not _held(state) and (choice := default(element)):
                state = chosen_state(element, choice)
            values.setdefault(block_id, {})[str(element["action_id"])] = state
    return values


def with_answers(
    blocks: Sequence[Mapping[str, Any]],
    values: Values,
    answers: Answers,
    suggested: Mapping[str, Sequence[Element]],
) -> Values:
    """The values with these answers in them; a NoSuchChoiceError for an answer to what is not asked."""
    changed = {block_id: dict(actions) for block_id, actions in values.items()}
    for block_id, actions in answers.items():
        for action_id, choice in actions.items():
            _, element = find_element(blocks, action_id, block_id)
            state = chosen_state(element, choice, suggested.get(action_id, ()))
            changed.setdefault(block_id, {})[action_id] = state
    return changed


def problems(blocks: Sequence[Mapping[str, Any]], values: Values) -> dict[str, str]:
    """What Slack's own program says, by block_id, before it lets a form through to the app."""
    found = {}
    for block in blocks:
        if block.get("type") != "input":
            continue
        element = block["element"]
        state = values.get(block["block_id"], {}).get(element["action_id"], {})
        sentence = _problem(block, element, state)
        if sentence:
            found[str(block["block_id"])] = sentence
    return found


def _problem(block: Mapping[str, Any], element: Element, state: Mapping[str, Any]) -> str:
    value = _held(state)
    if value in (None, "", []):
        return "" if block.get("optional") else MISSING
    if not isinstance(value, str):
        return _number_chosen_problem(element, value)
    kind = element["type"]
    if kind == "email_text_input" and not _EMAIL.fullmatch(value):
        return "Enter a valid email address."
    if kind == "url_text_input" and not _URL.fullmatch(value):
        return "Enter a valid URL."
    if kind == "number_input":
        return _number_problem(element, value)
    return _length_problem(element, value) if kind == "plain_text_input" else ""


def _held(state: Mapping[str, Any]) -> Any:  # noqa: ANN401  a text, a list, an option: as the element is
    """What is in a state, whatever its field is called."""
    return next((part for name, part in state.items() if name != "type"), None)


def _number_chosen_problem(element: Element, value: object) -> str:
    most = element.get("max_selected_items")
    too_many = most and isinstance(value, list) and len(value) > most
    return f"Choose no more than {most}." if too_many else ""


def _length_problem(element: Element, value: str) -> str:
    shortest, longest = element.get("min_length"), element.get("max_length", 3_000)
    if shortest and len(value) < shortest:
        return f"Must be at least {shortest} characters."
    if len(value) > longest:
        return f"Must be no more than {longest} characters."
    return ""


def _number_problem(element: Element, value: str) -> str:
    if not _NUMBER.fullmatch(value):
        return "Enter a number."
    if "." in value and not element.get("is_decimal_allowed"):
        return "Enter a whole number."
    number = float(value)
    if element.get("min_value") not in (None, "") and number < float(element["min_value"]):
        return f"Must be at least {element['min_value']}."
    if element.get("max_value") not in (None, "") and number > float(element["max_value"]):
        return f"Must be no more than {element['max_value']}."
    return ""
