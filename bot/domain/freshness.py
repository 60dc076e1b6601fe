"""How long ago somebody last vouched for an outcome, and what follows for its project. Pure.

Computed from the newest vouching and the clock. An outcome is due for a look `due_days` after somebody
vouched for it, and stale after `stale_days`, both with its project's cadence in them: see
storage/thresholds.py.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Protocol

from storage.records import OutcomeStatus, Project

GOAL_HOLDS = timedelta(days=90)
"""As long as a goal is taken to hold after somebody has confirmed it."""


class Freshness(IntEnum):
    """From best to worst."""

    FRESH = 0
    DUE = 1
    STALE = 2
    NEVER = 3


class Vouched(Protocol):
    """As much of an outcome as its freshness is made of."""

    @property
    def vouched_at(self) -> datetime | None: ...
    @property
    def due_days(self) -> int: ...
    @property
    def stale_days(self) -> int: ...


class Standing(Vouched, Protocol):
    """And how it stands."""

    @property
    def status(self) -> OutcomeStatus | None: ...
    @property
    def is_open(self) -> bool: ...


def freshness_of(outcome: Vouched, now: datetime) -> Freshness:
    """An instant in the future counts as now: clocks of two machines differ."""
    if outcome.vouched_at is None:
        return Freshness.NEVER
    age = now - outcome.vouched_at
    if age >= timedelta(days=outcome.stale_days):
        return Freshness.STALE
    return Freshness.DUE if age >= timedelta(days=outcome.due_days) else Freshness.FRESH


def freshness_changes_at(outcome: Vouched, now: datetime) -> datetime | None:
    """When `freshness_of` says something else, if nobody vouches before; None for what stays as it is."""
    if outcome.vouched_at is None:
        return None
    turns = (outcome.vouched_at + timedelta(days=days) for days in (outcome.due_days, outcome.stale_days))
    return min((at for at in turns if at > now), default=None)


def is_faded(outcome: Standing, now: datetime) -> bool:
    """Whether its status is too old to be taken for what holds now."""
    return outcome.is_open and outcome.status is not None and freshness_of(outcome, now) is Freshness.STALE


def worst_freshness(outcomes: Iterable[Standing], now: datetime) -> Freshness | None:
    """A project's: that of its worst open outcome; None when none is open."""
    return max((freshness_of(each, now) for each in outcomes if each.is_open), default=None)


_WORST_FIRST = (OutcomeStatus.OFF_TRACK, OutcomeStatus.AT_RISK, OutcomeStatus.ON_TRACK)


def worst_status(outcomes: Iterable[Standing]) -> OutcomeStatus | None:
    """A project's, unless its owner says otherwise: that of its worst open outcome.

    With none open, done when any of them was; None where nobody has said anything.
    """
    all_ = tuple(outcomes)
    said = {each.status for each in all_}
    if any(each.is_open for each in all_):
        return next((status for status in _WORST_FIRST if status in said), None)
    return OutcomeStatus.DONE if OutcomeStatus.DONE in said else None


def worst_is_faded(outcomes: Iterable[Standing], now: datetime) -> bool:
    """Whether `worst_status` is too old to be taken for what holds now: that of each outcome that has it."""
    all_ = tuple(outcomes)
    status = worst_status(all_)
    having = [each for each in all_ if each.status is status]
    return status is not None and all(is_faded(each, now) for each in having)


def goal_is_old(project: Project, now: datetime) -> bool:
    """Whether nobody has confirmed it for so long that its owner is to be asked. There is a goal."""
    return now - goal_held_at(project) >= GOAL_HOLDS


def goal_held_at(project: Project) -> datetime:
    """When somebody last said that it holds: a project begins with a goal that does."""
    return project.goal_confirmed_at or project.created_at
