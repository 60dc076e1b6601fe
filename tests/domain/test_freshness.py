"""Freshness: thresholds, and what renews it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.freshness import (
    Freshness,
    freshness_changes_at,
    freshness_of,
    goal_is_old,
    is_faded,
    worst_freshness,
    worst_is_faded,
    worst_status,
)
from storage.records import Outcome, OutcomeStatus, Project, ProjectState, Standing
from tests.support.said import an_outcome, an_update

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def outcome(status: OutcomeStatus | None = None, *, days: float) -> Outcome:
    """One that somebody spoke of so many days ago."""
    return an_outcome(an_update(status, NOW - timedelta(days=days)))


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
    assert freshness_of(Standing(None, NOW - age, 14, 28), NOW) is freshness


@pytest.mark.parametrize(
    ("days", "freshness"),
    [(2, Freshness.FRESH), (3, Freshness.DUE), (4, Freshness.DUE), (5, Freshness.STALE)],
)
def test_every_outcome_ages_by_its_own_thresholds(days: int, freshness: Freshness) -> None:
    assert freshness_of(Standing(None, NOW - timedelta(days=days), 3, 5), NOW) is freshness


def test_what_nobody_ever_vouched_for_is_worse_than_stale() -> None:
    assert freshness_of(Standing(None, None, 14, 28), NOW) is Freshness.NEVER
    assert Freshness.NEVER > Freshness.STALE > Freshness.DUE > Freshness.FRESH


def test_still_true_renews_without_changing_the_status() -> None:
    renewed = outcome(None, days=1)

    assert renewed.status is None
    assert renewed.is_open
    assert freshness_of(renewed, NOW) is Freshness.FRESH


@given(days=st.floats(-2, 60, allow_nan=False), thousandths=st.integers(0, 999), due=st.integers(1, 40))
def test_freshness_holds_until_it_changes_and_no_longer(days: float, thousandths: int, due: int) -> None:
    vouched = Standing(None, NOW - timedelta(days=days), due, due + 14)
    said = freshness_of(vouched, NOW)

    until = freshness_changes_at(vouched, NOW)

    if until is None:
        assert said is Freshness.STALE
        return
    assert freshness_of(vouched, NOW + (until - NOW) * thousandths / 1000) is said
    assert freshness_of(vouched, until) is not said


def test_what_nobody_ever_vouched_for_does_not_change_by_itself() -> None:
    assert freshness_changes_at(Standing(None, None, 14, 28), NOW) is None


ON, RISK, OFF, DONE = (
    OutcomeStatus.ON_TRACK,
    OutcomeStatus.AT_RISK,
    OutcomeStatus.OFF_TRACK,
    OutcomeStatus.DONE,
)


@pytest.mark.parametrize(
    ("statuses", "worst"),
    [
        ([ON, RISK, OFF], OFF),
        ([ON, RISK, None], RISK),
        ([ON, DONE], ON),
        ([None, DONE], None),
        ([DONE, OutcomeStatus.DROPPED], DONE),
        ([OutcomeStatus.DROPPED], None),
        ([], None),
    ],
)
def test_a_project_stands_as_its_worst_open_outcome(
    statuses: list[OutcomeStatus | None], worst: OutcomeStatus | None
) -> None:
    assert worst_status(Standing(status, NOW, 14, 28) for status in statuses) is worst


def test_a_project_is_as_fresh_as_its_worst_open_outcome() -> None:
    old = NOW - timedelta(days=100)

    assert worst_freshness([Standing(ON, NOW, 14, 28), Standing(ON, old, 14, 28)], NOW) is Freshness.STALE
    assert worst_freshness([Standing(ON, NOW, 14, 28), Standing(DONE, old, 14, 28)], NOW) is Freshness.FRESH
    assert worst_freshness([Standing(DONE, old, 14, 28)], NOW) is None


def test_a_whole_is_faded_when_each_outcome_that_is_as_bad_is() -> None:
    old, young = NOW - timedelta(days=100), NOW
    assert worst_is_faded([Standing(OFF, old, 14, 28), Standing(ON, young, 14, 28)], NOW)
    assert not worst_is_faded([Standing(OFF, old, 14, 28), Standing(OFF, young, 14, 28)], NOW)
    assert not worst_is_faded([Standing(ON, young, 14, 28), Standing(None, None, 14, 28)], NOW)
    assert not worst_is_faded([Standing(DONE, old, 14, 28)], NOW)
    assert not worst_is_faded([], NOW)


@pytest.mark.parametrize(
    ("status", "days", "is_pale"), [(ON, 28, True), (ON, 27, False), (DONE, 99, False), (None, 99, False)]
)
def test_a_status_that_is_stale_is_faded(status: OutcomeStatus | None, days: int, is_pale: bool) -> None:  # noqa: FBT001 - a table
    assert is_faded(Standing(status, NOW - timedelta(days=days), 14, 28), NOW) is is_pale


@pytest.mark.parametrize(("days", "is_old"), [(89, False), (90, True)])
def test_a_goal_is_asked_about_ninety_days_after_somebody_confirmed_it(days: int, is_old: bool) -> None:  # noqa: FBT001 - a table
    at = NOW - timedelta(days=days)

    assert goal_is_old(made_project(confirmed_at=at, created_at=NOW - timedelta(days=500)), NOW) is is_old
    assert goal_is_old(made_project(confirmed_at=None, created_at=at), NOW) is is_old


def made_project(*, confirmed_at: datetime | None, created_at: datetime) -> Project:
    return Project(
        id=1,
        workspace_id="T0TEST",
        slug="reef",
        name="Reef",
        summary="",
        goal="Reefs are counted",
        state=ProjectState.ACTIVE,
        owner_id=None,
        channel_id=None,
        parent_id=None,
        created_at=created_at,
        revision=1,
        is_restricted=False,
        is_private=False,
        seen_in=None,
        goal_confirmed_at=confirmed_at,
    )
