"""How long ago somebody last vouched for an outcome. Computed from its newest update and the clock; pure."""

from datetime import datetime, timedelta
from enum import IntEnum

CADENCE = timedelta(weeks=1)
"""How often a project is asked that has no cadence of its own."""
DUE_AFTER = CADENCE + timedelta(days=7)
STALE_AFTER = CADENCE + timedelta(days=21)


class Freshness(IntEnum):
    """From best to worst."""

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


def freshness_changes_at(vouched_at: datetime, now: datetime) -> datetime | None:
    """When `freshness_of` says something else, if nobody vouches before; None for what stays stale."""
    return next((at for at in (vouched_at + DUE_AFTER, vouched_at + STALE_AFTER) if at > now), None)


def stale_before(now: datetime) -> datetime:
    """An outcome that nobody has vouched for since this instant is stale (or never was vouched for)."""
    return now - STALE_AFTER
