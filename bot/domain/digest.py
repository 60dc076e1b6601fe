"""What belongs where in a digest, a brief and one's own week, and in which order. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple

from bot.domain.freshness import Freshness
from storage.records import OutcomeStatus, ProjectState

WEEK = timedelta(days=7)
_TROUBLED = (OutcomeStatus.AT_RISK, OutcomeStatus.OFF_TRACK)
_STALE = (Freshness.STALE, Freshness.NEVER)


class Became(IntEnum):
    """What an outcome became within a period, the most important first.

    `SAID`: somebody said something of it, and its status is as it was, or is its first.
    """

    OFF_TRACK = 0
    AT_RISK = 1
    STALE = 2
    DONE = 3
    RECOVERED = 4
    DROPPED = 5
    SAID = 6


class Before(IntEnum):
    """The headings before a meeting, in order."""

    OFF_TRACK = 0
    AT_RISK = 1
    STALE = 2
    CHANGED = 3


class Own(IntEnum):
    """The headings of one's own week, in order. `FINE`: nothing is to be done about it."""

    OFF_TRACK = 0
    AT_RISK = 1
    DUE = 2
    UNVOUCHED = 3
    FINE = 4


_BECOMES = {
    OutcomeStatus.OFF_TRACK: Became.OFF_TRACK,
    OutcomeStatus.AT_RISK: Became.AT_RISK,
    OutcomeStatus.DONE: Became.DONE,
    OutcomeStatus.DROPPED: Became.DROPPED,
}


def became(before: OutcomeStatus | None, after: OutcomeStatus | None, *, has_words: bool) -> Became | None:
    """From the status at the beginning of a period to that at its end. `has_words`: more than "still true".

    None for what is as it was, and of which nothing was said but that.
    """
    if after != before and after in _BECOMES:
        return _BECOMES[after]
    if after is OutcomeStatus.ON_TRACK and before in _TROUBLED:
        return Became.RECOVERED
    return Became.SAID if has_words or after != before else None


def before_meeting(
    status: OutcomeStatus | None, freshness: Freshness, *, is_going_on: bool, has_changed: bool
) -> Before | None:
    """Where an outcome stands in a brief: once, under the first heading that is its; None for nowhere.

    `is_going_on`: it is open, and so is its project.
    """
    if is_going_on and status is OutcomeStatus.OFF_TRACK:
        return Before.OFF_TRACK
    if is_going_on and status is OutcomeStatus.AT_RISK:
        return Before.AT_RISK
    if is_going_on and freshness in _STALE:
        return Before.STALE
    return Before.CHANGED if has_changed else None


def own_week(status: OutcomeStatus | None, freshness: Freshness, due_on: date | None, today: date) -> Own:
    """Where one of somebody's open outcomes stands in their week. What is due: by then, or past."""
    if status is OutcomeStatus.OFF_TRACK:
        return Own.OFF_TRACK
    if status is OutcomeStatus.AT_RISK:
        return Own.AT_RISK
    if due_on is not None and due_on < today + WEEK:
        return Own.DUE
    return Own.FINE if freshness is Freshness.FRESH else Own.UNVOUCHED


class Step(NamedTuple):
    """One change of a project: of its `state` or its `goal`; or it, or an `outcome`, came or went.

    What came has no `before`, what went no `after`. `item_id` is the outcome's.
    """

    project_id: int
    what: str
    item_id: int | None
    before: str | None
    after: str | None


@dataclass(slots=True)
class News:
    """What came of all the changes of one project: what was taken back is none."""

    is_new: bool = False
    state: ProjectState | None = None
    has_new_goal: bool = False
    added: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.is_new or self.state or self.has_new_goal or self.added or self.removed)


@dataclass(slots=True)
class _Ends:
    """The value of something before the first of its changes, and after the last."""

    first: str | None
    last: str | None = field(default=None)


def sum_up(steps: Iterable[Step]) -> dict[int, News]:
    """By project, in the order in which they come; those without news are left out."""
    ends: dict[tuple[int, str, int | None], _Ends] = {}
    for step in steps:
        key = step.project_id, step.what, step.item_id
        ends.setdefault(key, _Ends(step.before)).last = step.after
    found: dict[int, News] = {}
    for (project_id, what, _), end in ends.items():
        if end.first != end.last:
            _tell(found.setdefault(project_id, News()), what, end)
    return {project_id: news for project_id, news in found.items() if news}


def _tell(news: News, what: str, end: _Ends) -> None:
    if what == "project":
        news.is_new = end.first is None
    elif what == "state":
        news.state = None if end.last is None else ProjectState(end.last)
    elif what == "goal":
        news.has_new_goal = True
    elif end.first is None:
        news.added += 1
    elif end.last is None:
        news.removed += 1
