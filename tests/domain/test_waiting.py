"""Why an outcome waits for somebody: the first reason that holds."""

from datetime import date, datetime, timedelta

import pytest

from bot.domain.waiting import Waiting, why_waiting
from storage.records import Outcome, OutcomeStatus, StatusUpdate, UpdateSource
from tests.support.make import NOW

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
    newest = StatusUpdate(
        id=1,
        outcome_id=1,
        status=status,
        note="",
        value=None,
        said_by=None,
        source=UpdateSource.PAGE,
        permalink=None,
        said_at=NOW,
    )
    outcome = Outcome(
        id=1,
        project_id=1,
        number=1,
        level=0,
        text="Reefs are counted",
        owner_id=None,
        due_on=due_on,
        metric=None,
        newest=newest,
        vouched_at=vouched_at,
    )

    assert why_waiting(outcome, NOW) is reason
