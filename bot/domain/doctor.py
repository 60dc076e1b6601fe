"""What `doctor` finds, as data: what is wrong, how bad it is, and of what. `bot.texts_doctor` has the words.

To add a check: a function from what was seen of its part to findings, its row in CHECKS of
`bot/services/doctor.py`, and the words of each new code.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

NAMED = 5
"""Projects that one finding names; of the others it says how many they are."""
MOST = 200
"""Rows that are looked at for one check: whoever has so much to mend begins with that."""


class Severity(IntEnum):
    """`NOTE`: worth knowing. `WARNING`: something does not happen. `ERROR`: Waymark cannot work."""

    OK = 0
    NOTE = 1
    WARNING = 2
    ERROR = 3


class Part(StrEnum):
    """What is looked at, in the order in which it is said."""

    SETTINGS = "settings"
    DATABASE = "database"
    SLACK = "slack"
    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class Person:
    """`name` is "" where nobody has told it."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """`id` is None for one that whoever reads it may not know of."""

    id: str | None


@dataclass(frozen=True, slots=True)
class Projects:
    """At most NAMED are named; `more` others could be, and `hidden` whoever reads it may not see."""

    slugs: tuple[str, ...] = ()
    more: int = 0
    hidden: int = 0

    @property
    def first(self) -> str | None:
        """One to show the way to mend it with."""
        return self.slugs[0] if self.slugs else None


Fact = str | int | datetime | Person | Channel | Projects | tuple[str, ...]


def projects_of(found: Iterable[tuple[str, bool]]) -> Projects:
    """From slugs, each with whether it may be named."""
    seen: dict[str, bool] = dict(found)
    slugs = sorted(slug for slug, is_seen in seen.items() if is_seen)
    return Projects(tuple(slugs[:NAMED]), max(0, len(slugs) - NAMED), len(seen) - len(slugs))


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` names its words; `facts` what they are about, by name."""

    code: str
    severity: Severity
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """`look` is given what was seen of the part. `asks_slack`: it finds nothing before Slack was asked."""

    name: str
    part: Part
    look: Callable[[Any], Iterable[Finding]]
    asks_slack: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and which check found it. `workspace`: whose it is; "" for what is all workspaces'."""

    check: str
    part: Part
    finding: Finding
    workspace: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """What all checks found, the worst first in each part; which were made, and which could not be."""

    found: tuple[Found, ...] = ()
    made: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        return max((each.finding.severity for each in self.found), default=Severity.OK)

    def and_also(self, other: "Examined") -> "Examined":
        made = tuple(dict.fromkeys((*self.made, *other.made)))
        left_out = dict.fromkeys((*self.left_out, *other.left_out))
        return Examined(
            (*self.found, *other.found), made, tuple(name for name in left_out if name not in made)
        )


def examine(checks: Iterable[Check], seen: Mapping[Part, Any], workspace: str = "") -> Examined:
    """All checks of the parts that were seen."""
    found: list[Found] = []
    made: list[str] = []
    left_out: list[str] = []
    for check in checks:
        if check.part not in seen:
            left_out.append(check.name)
            continue
        made.append(check.name)
        found += (Found(check.name, check.part, each, workspace) for each in check.look(seen[check.part]))
    order = list(Part)
    found.sort(key=lambda each: (order.index(each.part), -each.finding.severity))
    return Examined(tuple(found), tuple(made), tuple(left_out))


def exit_code(severity: Severity) -> int:
    """0: nothing, or notes. 1: warnings. 2: errors."""
    return max(0, severity - Severity.NOTE)
