"""Why an outcome waits for the person who looks after it. Pure."""

from datetime import datetime
from enum import IntEnum

from bot.domain.freshness import Freshness, freshness_of
from storage.records import Outcome, OutcomeStatus


class Waiting(IntEnum):
    """In the order in which they are asked for: first what nobody has looked at, then what goes wrong."""

    STALE = 0
    NEVER = 1
    DUE = 2
    OVERDUE = 3
    OFF_TRACK = 4
    AT_RISK = 5


_FRESHNESS = {
    Freshness.STALE: Waiting.STALE,
    Freshness.NEVER: Waiting.NEVER,
    Freshness.DUE: Waiting.DUE,
}
_STATUS = {OutcomeStatus.OFF_TRACK: Waiting.OFF_TRACK, OutcomeStatus.AT_RISK: Waiting.AT_RISK}


def why_waiting(outcome: Outcome, now: datetime) -> Waiting | None:
    """The first reason that there is; None for one that is fresh and well, done or dropped."""
    if not outcome.is_open:
        return None
    freshness = freshness_of(outcome, now)
    if freshness in _FRESHNESS:
        return _FRESHNESS[freshness]
    if outcome.due_on is not None and outcome.due_on < now.date():
        return Waiting.OVERDUE
    return _STATUS.get(outcome.status) if outcome.status else None
