"""A metric's course beside the straight line to its target."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.domain.courses import Course, course_of
from storage.records import Metric
from storage.said import ValueSaid

NOW = datetime(2026, 5, 6, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
WEEKS = Metric(start=0, target=100, unit="weeks")


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def course(
    *values: tuple[float, float], since: float = 50, due_in: int | None = 50, metric: Metric = WEEKS
) -> Course:
    """Values by how many days ago they were said."""
    said = [ValueSaid(ago(days), value) for days, value in values]
    due_on = None if due_in is None else TODAY + timedelta(days=due_in)
    return course_of(metric, said, since=ago(since), due_on=due_on, zone=UTC, now=NOW)


def test_the_line_goes_from_the_start_to_the_target_by_the_day() -> None:
    found = course((40, 10), (10, 60))
    planned = {point.day: point.planned for point in found.points}

    assert planned[TODAY - timedelta(days=50)] == 0
    assert planned[TODAY] == pytest.approx(50)
    assert planned[TODAY + timedelta(days=50)] == 100
    assert len(found.points) == 12 + 5
    assert found.ahead == pytest.approx(10)


def test_each_day_has_the_newest_value_by_its_end_and_the_future_none() -> None:
    found = course((40, 10), (10, 60))
    by_day = {(point.day - TODAY).days: point.measured for point in found.points}

    assert by_day[-50] == 0, "the start"
    assert {value for days, value in by_day.items() if -50 < days < -40} == {None}
    assert {value for days, value in by_day.items() if -40 <= days < -10} == {10}
    assert by_day[0] == 60
    assert {value for days, value in by_day.items() if days > 0} == {None}


def test_a_value_from_before_the_outcome_was_on_the_record_begins_the_line() -> None:
    assert course((70, 5)).points[0].day == TODAY - timedelta(days=70)


def test_after_its_day_the_line_stays_at_the_target() -> None:
    found = course((10, 60), due_in=-10)

    assert found.points[-1].day == TODAY
    assert found.points[-1].planned == 100
    assert found.ahead == -40


def test_without_a_day_there_is_no_line() -> None:
    found = course((10, 60), due_in=None)

    assert not found.is_line
    assert {point.planned for point in found.points} == {100}


def test_a_metric_that_is_to_fall_is_ahead_when_it_is_below_the_line() -> None:
    falling = Metric(start=100, target=0, unit="")

    assert course((1, 40), metric=falling).ahead == pytest.approx(10)
    assert course((1, 60), metric=falling).ahead == pytest.approx(-10)


def test_the_first_day_is_a_single_point() -> None:
    found = course((0, 1), since=0, due_in=None)

    assert [(point.day, point.measured) for point in found.points] == [(TODAY, 1)]


def test_young_outcomes_have_a_point_a_day() -> None:
    days = [point.day for point in course((2, 1), since=3, due_in=2).points]

    assert days == [TODAY + timedelta(days=n) for n in range(-3, 3)]


def test_days_are_those_of_the_workspace() -> None:
    late = datetime(2026, 5, 5, 23, 30, tzinfo=UTC)
    east = timezone(timedelta(hours=2))
    found = course_of(WEEKS, [ValueSaid(late, 1)], since=late, due_on=None, zone=east, now=NOW)

    assert [point.day for point in found.points] == [date(2026, 5, 6)]
