"""The parts every rule is made of: a check takes a value, where it lies, and the report it writes to.

A check never raises, whatever the value, and looks no deeper than its own rules go: nothing in Block Kit
nests without end, so neither does any check. Words are Slack's where Slack's are known ("must be less than
3001 characters", "missing required field: text", "unsupported type: foo").
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Surface: TypeAlias = Literal["message", "modal", "home"]
Check: TypeAlias = Callable[[object, str, "Report"], None]
Rule: TypeAlias = Callable[[dict[str, Any], str, "Report"], None]
"""A rule across fields. It runs only on an object whose fields are each as they must be."""
Fields: TypeAlias = Mapping[str, Check]

MOST_ERRORS = 100
"""More than a reader would read; what comes after is dropped."""


@dataclass
class Report:
    """What was found in one payload: its faults, and what is counted across all of its blocks."""

    surface: Surface
    errors: list[str] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    totals: Counter[str] = field(default_factory=Counter)
    found: int = 0

    def add(self, at: str, words: str) -> None:
        """Write down a fault at the JSON pointer `at` ("" is the payload itself)."""
        self.found += 1
        if self.found <= MOST_ERRORS:
            self.errors.append(f"{at or '/'} {words}")


def shown(value: object) -> str:
    """A value short enough for a message; only strings are worth showing."""
    return value[:80] if isinstance(value, str) else "(not a string)"


def anything(_value: object, _at: str, _report: Report) -> None:
    """No demands: for a field that has been looked at already."""


def string(most: int | None = None, *, least: int = 0) -> Check:
    """A string of `least` to `most` characters."""

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add(at, "must provide a string")
        elif len(value) < least:
            report.add(at, f"must be more than {least - 1} characters")
        elif most is not None and len(value) > most:
            report.add(at, f"must be less than {most + 1} characters")

    return check


def boolean(value: object, at: str, report: Report) -> None:
    if not isinstance(value, bool):
        report.add(at, "must provide a boolean")


def number(value: object, at: str, report: Report) -> None:
    """A number; JSON has neither NaN nor infinity."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not _finite(value):
        report.add(at, "must provide a number")


def _finite(value: float) -> bool:
    return isinstance(value, int) or math.isfinite(value)


def integer(low: int | None = None, high: int | None = None) -> Check:
    """A whole number from `low` to `high`. 3.0 is whole: JSON does not tell it from 3."""

    def check(value: object, at: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or value % 1 != 0:
            report.add(at, "must provide an integer")
        elif low is not None and value < low:
            report.add(at, f"must be no less than {low}")
        elif high is not None and value > high:
            report.add(at, f"must be no more than {high}")

    return check


def one_of(*allowed: str) -> Check:
    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, str) or value not in allowed:
            report.add(at, f"must be a valid enum value: {', '.join(allowed)}")

    return check


def array(item: Check, *, least: int = 0, most: int | None = None) -> Check:
    """An array of `least` to `most` items. The items of one that is too long are not looked at."""

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, list):
            report.add(at, "must provide an array")
        elif len(value) < least:
            report.add(at, f"no less than {least} items allowed")
        elif most is not None and len(value) > most:
            report.add(at, f"no more than {most} items allowed")
        else:
            for index, each in enumerate(value):
                item(each, f"{at}/{index}", report)

    return check


def record(required: Fields, optional: Fields | None = None, *rules: Rule) -> Check:
    """An object with all of `required`, any of `optional` and nothing else.

    `rules` hold across its fields; each runs when everything before it was right.
    """
    known = {**required, **(optional or {})}

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add(at, "must provide an object")
            return
        before = report.found
        for name in required:
            if name not in value:
                report.add(at, f"missing required field: {name}")
        for name, each in value.items():
            if isinstance(name, str) and name in known:
                known[name](each, f"{at}/{name}", report)
            else:
                report.add(at, f"invalid additional property: {shown(name)}")
        for rule in rules:
            if report.found == before:
                rule(value, at, report)

    return check


def typed(required: Fields, optional: Fields | None = None, *rules: Rule) -> Check:
    """As `record`, for an object that `by_type` has told by its `type`."""
    return record({"type": anything, **required}, optional, *rules)


def by_type(kinds: Mapping[str, Check]) -> Check:
    """An object of one of the `kinds`, told apart by its `type`."""

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add(at, "must provide an object")
        elif "type" not in value:
            report.add(at, "missing required field: type")
        elif isinstance(kind := value["type"], str) and kind in kinds:
            kinds[kind](value, at, report)
        else:
            report.add(f"{at}/type", f"unsupported type: {shown(kind)}")

    return check


def block(required: Fields, optional: Fields | None = None, *rules: Rule) -> Check:
    """As `typed`, for a block: it may have a block_id (docs.slack.dev/reference/block-kit/blocks)."""
    return typed(required, {"block_id": string(255), **(optional or {})}, *rules)


def exactly_one(*names: str) -> Rule:
    """Exactly one of these fields is there."""
    words = f"must define either {' or '.join(f'`{name}`' for name in names)}"

    def rule(value: dict[str, Any], at: str, report: Report) -> None:
        if sum(name in value for name in names) != 1:
            report.add(at, words)

    return rule


def at_least_one(*names: str) -> Rule:
    """At least one of these fields is there."""
    words = f"must define at least one of {', '.join(f'`{name}`' for name in names)}"

    def rule(value: dict[str, Any], at: str, report: Report) -> None:
        if not any(name in value for name in names):
            report.add(at, words)

    return rule


def unique_action_ids(name: str) -> Rule:
    """Each action_id once among the elements under `name` (every page of .../block-kit/block-elements)."""

    def rule(value: dict[str, Any], at: str, report: Report) -> None:
        seen: set[str] = set()
        for index, element in enumerate(value.get(name, [])):
            action_id = element.get("action_id")
            if action_id and action_id in seen:
                report.add(f"{at}/{name}/{index}/action_id", f"`action_id` {shown(action_id)} already exists")
            seen.add(action_id or "")

    return rule
