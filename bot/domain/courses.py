"""The course of a metric: what was measured, beside the straight line from its start to its target. Pure.

The line begins on the day that the outcome came onto the record (or was first measured, if that was before),
and reaches the target on the day that it is due. Without such a day there is no line, and the target stands
alone.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from storage.records import Metric
from storage.said import ValueSaid

_PAST, _AHEAD = 12, 5
"""Days that are shown at most: so many up to today, and so many to the target's."""


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """`measured`: the newest value by the end of that day: on the first day the start, if there was none yet.

    None before the first value but for that, and after today.

    `planned`: the straight line that day; the target, where there is no line.
    """

    day: date
    measured: float | None
    planned: float


@dataclass(frozen=True, slots=True)
class Course:
    """`newest`: the value that counts now. `is_line`: the target has a day, so that a line leads there."""

    metric: Metric
    points: tuple[CoursePoint, ...]
    newest: ValueSaid
    is_line: bool

    @property
    def ahead(self) -> float:
        """How far the newest value is from the line today, towards the target (negative: behind it)."""
        planned = next(point.planned for point in reversed(self.points) if point.measured is not None)
        return (self.newest.value - planned) * (1 if self.metric.target >= self.metric.start else -1)


def course_of(
    metric: Metric,
    values: Sequence[ValueSaid],
    *,
    since: datetime,
    due_on: date | None,
    zone: tzinfo,
    now: datetime,
) -> Course:
    """`values`: at least one, in the order in which they were said."""
    today = now.astimezone(zone).date()
    days = [value.at.astimezone(zone).date() for value in values]
    first = min(since.astimezone(zone).date(), days[0], today)
    is_line = due_on is not None and due_on > first
    shown = _evenly(first, today, _PAST)
    if due_on is not None and is_line and due_on > today:
        shown += _evenly(today, due_on, _AHEAD + 1)[1:]
    points = []
    for day in shown:
        newest = bisect_right(days, day) - 1
        measured = values[newest].value if newest >= 0 and day <= today else None
        if measured is None and day == first:
            measured = metric.start
        points.append(CoursePoint(day, measured, _planned(metric, first, due_on if is_line else None, day)))
    return Course(metric, tuple(points), values[-1], is_line)


def _planned(metric: Metric, first: date, due_on: date | None, day: date) -> float:
    if due_on is None or day >= due_on:
        return metric.target
    way = (day - first).days / (due_on - first).days
    return metric.start + (metric.target - metric.start) * way


def _evenly(first: date, last: date, most: int) -> list[date]:
    """Both ends and days between them, as far from each other as whole days allow."""
    days = (last - first).days
    steps = min(days, most - 1)
    return (
        [first + timedelta(days=round(days * step / steps)) for step in range(steps + 1)] if steps else [last]
    )
