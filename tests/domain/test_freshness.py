"""Freshness: thresholds, and what renews it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.freshness import Freshness, freshness_changes_at, freshness_of, stale_before
from storage.records import Outcome, OutcomeStatus, StatusUpdate, UpdateSource

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def outcome(status: OutcomeStatus | None = None, *, days: float | None = None) -> Outcome:
    """One that somebody spoke of so many days ago, or nobody."""
    newest = None
    if days is not None:
        newest = StatusUpdate(
            id=1,
            outcome_id=1,
            status=status,
            note="",
            value=None,
            said_by="U0ANA",
            source=UpdateSource.REPLY,
            permalink=None,
            said_at=NOW - timedelta(days=days),
        )
    return Outcome(
        id=1,
        project_id=1,
        number=1,
        level=0,
        text="x",
        owner_id=None,
        due_on=None,
        metric=None,
        newest=newest,
        vouched_at=newest.said_at if newest else None,
    )


@pytest.mark.parametrize(
    ("age", "freshness"),
    [
        (timedelta(), Freshness.FRESH),
        (timedelta(days=-1), Freshness.FRESH),
        (timedelta(days=14) - MOMENT, Freshness.FRESH),
        (timedelta(days=14), Freshness.DUE),
        (timedelta(days=28) - MOMENT, Freshness.DUE),
        (timedelta(days=28), Freshness.STALE),
        (timedelta(days=5000), Freshness.STALE),
    ],
)
def test_an_outcome_ages_at_exact_moments(age: timedelta, freshness: Freshness) -> None:
    assert freshness_of(NOW - age, NOW) is freshness


def test_what_nobody_ever_vouched_for_is_worse_than_stale() -> None:
    assert freshness_of(None, NOW) is Freshness.NEVER
    assert Freshness.NEVER > Freshness.STALE > Freshness.DUE > Freshness.FRESH


def test_the_instant_before_which_outcomes_are_stale_is_the_one_that_ages_say() -> None:
    limit = stale_before(NOW)

    assert freshness_of(limit - MOMENT, NOW) is Freshness.STALE
    assert freshness_of(limit + MOMENT, NOW) is Freshness.DUE


def test_still_true_renews_without_changing_the_status() -> None:
    renewed = outcome(None, days=1)

    assert renewed.status is None
    assert renewed.is_open
    assert freshness_of(renewed.vouched_at, NOW) is Freshness.FRESH


@given(days=st.floats(-2, 60, allow_nan=False), thousandths=st.integers(0, 999))
def test_freshness_holds_until_it_changes_and_no_longer(days: float, thousandths: int) -> None:
    vouched_at = NOW - timedelta(days=days)
    said = freshness_of(vouched_at, NOW)

    until = freshness_changes_at(vouched_at, NOW)

    if until is None:
        assert said is Freshness.STALE
        return
    assert freshness_of(vouched_at, NOW + (until - NOW) * thousandths / 1000) is said
    assert freshness_of(vouched_at, until) is not said
