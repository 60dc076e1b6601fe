"""What belongs under which heading of a digest, a brief and one's own week."""

from datetime import date, timedelta

import pytest

from bot.domain.digest import Became, Before, News, Own, Step, became, before_meeting, own_week, sum_up
from bot.domain.freshness import Freshness
from storage.records import OutcomeStatus, ProjectState

ON, RISK, OFF = OutcomeStatus.ON_TRACK, OutcomeStatus.AT_RISK, OutcomeStatus.OFF_TRACK
DONE, DROPPED = OutcomeStatus.DONE, OutcomeStatus.DROPPED
FRESH, DUE, STALE, NEVER = Freshness
TODAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (None, OFF, Became.OFF_TRACK),
        (ON, OFF, Became.OFF_TRACK),
        (RISK, OFF, Became.OFF_TRACK),
        (DONE, OFF, Became.OFF_TRACK),
        (None, RISK, Became.AT_RISK),
        (ON, RISK, Became.AT_RISK),
        (OFF, RISK, Became.AT_RISK),
        (ON, DONE, Became.DONE),
        (None, DONE, Became.DONE),
        (ON, DROPPED, Became.DROPPED),
        (RISK, ON, Became.RECOVERED),
        (OFF, ON, Became.RECOVERED),
        # A first status, or one that is taken up again, is news, and no recovery.
        (None, ON, Became.SAID),
        (DONE, ON, Became.SAID),
        (ON, None, Became.SAID),
    ],
)
@pytest.mark.parametrize("has_words", [True, False])
def test_what_another_status_makes_of_an_outcome(
    before: OutcomeStatus | None, after: OutcomeStatus | None, what: Became, *, has_words: bool
) -> None:
    assert became(before, after, has_words=has_words) is what


@pytest.mark.parametrize("status", [None, *OutcomeStatus])
def test_the_same_status_is_told_of_only_where_something_was_said(status: OutcomeStatus | None) -> None:
    assert became(status, status, has_words=True) is Became.SAID
    assert became(status, status, has_words=False) is None


@pytest.mark.parametrize(
    ("status", "freshness", "is_going_on", "has_changed", "heading"),
    [
        (OFF, FRESH, True, True, Before.OFF_TRACK),
        (OFF, STALE, True, False, Before.OFF_TRACK),
        (RISK, NEVER, True, True, Before.AT_RISK),
        (ON, STALE, True, True, Before.STALE),
        (None, NEVER, True, False, Before.STALE),
        (ON, DUE, True, False, None),
        (ON, DUE, True, True, Before.CHANGED),
        (DONE, FRESH, False, True, Before.CHANGED),
        # Of a project that rests.
        (OFF, STALE, False, True, Before.CHANGED),
        (OFF, STALE, False, False, None),
    ],
)
def test_each_outcome_stands_once_in_a_brief(
    status: OutcomeStatus | None,
    freshness: Freshness,
    heading: Before | None,
    *,
    is_going_on: bool,
    has_changed: bool,
) -> None:
    found = before_meeting(status, freshness, is_going_on=is_going_on, has_changed=has_changed)

    assert found is heading


@pytest.mark.parametrize(
    ("status", "freshness", "due_in", "heading"),
    [
        (OFF, FRESH, None, Own.OFF_TRACK),
        (RISK, STALE, 1, Own.AT_RISK),
        (ON, FRESH, -3, Own.DUE),
        (ON, STALE, 6, Own.DUE),
        (ON, FRESH, 7, Own.FINE),
        (ON, DUE, 7, Own.UNVOUCHED),
        (None, NEVER, None, Own.UNVOUCHED),
        (ON, FRESH, None, Own.FINE),
    ],
)
def test_each_of_ones_own_stands_under_what_needs_one_most(
    status: OutcomeStatus | None, freshness: Freshness, due_in: int | None, heading: Own
) -> None:
    due_on = None if due_in is None else TODAY + timedelta(days=due_in)

    assert own_week(status, freshness, due_on, TODAY) is heading


@pytest.mark.parametrize(
    ("steps", "news"),
    [
        ([Step(1, "project", None, None, "")], News(is_new=True)),
        ([Step(1, "state", None, "active", "paused")], News(state=ProjectState.PAUSED)),
        (
            [Step(1, "state", None, "active", "paused"), Step(1, "state", None, "paused", "completed")],
            News(state=ProjectState.COMPLETED),
        ),
        ([Step(1, "goal", None, "", "A goal")], News(has_new_goal=True)),
        (
            [
                Step(1, "outcome", 7, None, ""),
                Step(1, "outcome", 8, None, ""),
                Step(1, "outcome", 9, "", None),
            ],
            News(added=2, removed=1),
        ),
        # What was taken back is no news.
        ([Step(1, "state", None, "active", "paused"), Step(1, "state", None, "paused", "active")], None),
        ([Step(1, "goal", None, "Old", "New"), Step(1, "goal", None, "New", "Old")], None),
        ([Step(1, "outcome", 7, None, ""), Step(1, "outcome", 7, "", None)], None),
        ([], None),
    ],
)
def test_what_comes_of_the_changes_of_a_project(steps: list[Step], news: News | None) -> None:
    assert sum_up(steps) == ({} if news is None else {1: news})


def test_projects_keep_the_order_in_which_they_come() -> None:
    steps = [Step(id_, "goal", None, "", "A goal") for id_ in (3, 1, 2)]

    assert list(sum_up(steps)) == [3, 1, 2]
