"""How long ago somebody last vouched for an outcome. Computed from its newest update and the clock; pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import IntEnum

from storage.records import Outcome

CADENCE = timedelta(weeks=1)
"""How often a project is asked that has no cadence of its own."""
DUE_AFTER = CADENCE + timedelta(days=7)
STALE_AFTER = CADENCE + timedelta(days=21)


class Freshness(IntEnum):
    """From best to worst, so that the worst of several is their maximum."""

    FRESH = 0
    DUE = 1
    STALE = 2
    NEVER = 3


def freshness_of(vouched_at: datetime | None, now: datetime) -> Freshness:
    """An instant in the future counts as now: clocks of two machines differ."""
    if vouched_at is None:
        return Freshness.NEVER
    age = now - vouched_at
    if age >= STALE_AFTER:
        return Freshness.STALE
    return Freshness.DUE if age >= DUE_AFTER else Freshness.FRESH


def stale_before(now: datetime) -> datetime:
    """An outcome that nobody has vouched for since this instant is stale (or never was vouched for)."""
    return now - STALE_AFTER


def worst_freshness(outcomes: Iterable[Outcome], now: datetime) -> Freshness | None:
    """A project's freshness: that of its worst open outcome; None when none is open."""
    return max((freshness_of(o.vouched_at, now) for o in outcomes if o.is_open), default=None)
