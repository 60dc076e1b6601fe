"""Why an outcome waits for somebody: the first reason that holds."""

from datetime import date, datetime, timedelta

import pytest

from bot.domain.waiting import Waiting, why_waiting
from storage.records import OutcomeStatus, UpdateSource
from tests.support.make import NOW
from tests.support.said import an_outcome, an_update

FRESH = NOW - timedelta(days=1)
DUE, STALE = NOW - timedelta(days=14), NOW - timedelta(days=28)
YESTERDAY, TODAY = NOW.date() - timedelta(days=1), NOW.date()


@pytest.mark.parametrize(
    ("status", "vouched_at", "due_on", "reason"),
    [
        (OutcomeStatus.ON_TRACK, FRESH, None, None),
        (None, FRESH, None, None),
        (OutcomeStatus.ON_TRACK, FRESH, TODAY, None),
        (OutcomeStatus.ON_TRACK, FRESH, YESTERDAY, Waiting.OVERDUE),
        (OutcomeStatus.AT_RISK, FRESH, YESTERDAY, Waiting.OVERDUE),
        (OutcomeStatus.AT_RISK, FRESH, None, Waiting.AT_RISK),
        (OutcomeStatus.OFF_TRACK, FRESH, TODAY, Waiting.OFF_TRACK),
        (OutcomeStatus.OFF_TRACK, DUE, YESTERDAY, Waiting.DUE),
        (OutcomeStatus.OFF_TRACK, STALE, YESTERDAY, Waiting.STALE),
        (OutcomeStatus.OFF_TRACK, None, YESTERDAY, Waiting.NEVER),
        (None, None, None, Waiting.NEVER),
        (OutcomeStatus.DONE, None, YESTERDAY, None),
        (OutcomeStatus.DROPPED, STALE, YESTERDAY, None),
    ],
)
def test_the_first_reason(
    status: OutcomeStatus | None, vouched_at: datetime | None, due_on: date | None, reason: Waiting | None
) -> None:
    newest = an_update(status, NOW, UpdateSource.PAGE)
    outcome = an_outcome(newest, due_on=due_on, vouched_at=vouched_at)

    assert why_waiting(outcome, NOW) is reason
