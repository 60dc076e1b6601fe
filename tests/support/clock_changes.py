"""When the clocks of a zone change, and when a prompt is due by walking day by day: an oracle for cadences.

It asks zoneinfo only what the clock shows at an instant, never which instant a wall clock's time is.
"""

from bisect import bisect_right
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.domain.cadence import Cadence

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
FRIDAY = 4


@dataclass(frozen=True)
class Stretch:
    """A time in which a zone's clock does not change: from `start` (in UTC) until before `end`."""

    start: datetime
    end: datetime
    offset: timedelta


class WallClock:
    """The clock of a zone between two instants."""

    def __init__(self, zone: str, start: datetime, end: datetime) -> None:
        self._zone = ZoneInfo(zone)
        self.stretches = list(self._walk(start, end))
        self._starts = [stretch.start for stretch in self.stretches]

    @property
    def changes(self) -> list[tuple[datetime, timedelta, timedelta]]:
        """Each change: when it is, and the offsets before and after it."""
        return [(after.start, before.offset, after.offset) for before, after in pairwise(self.stretches)]

    def first(self, wall: datetime) -> datetime:
        """The first instant at which the clock shows it; if none does, as much later as the clock jumps."""
        as_utc = wall.replace(tzinfo=UTC)
        # No clock is more than a day from UTC.
        near = max(0, bisect_right(self._starts, as_utc - DAY) - 1)
        before = self.stretches[near]
        for stretch in self.stretches[near:]:
            shown_at = as_utc - stretch.offset
            if stretch.start <= shown_at < stretch.end:
                return shown_at
            if shown_at < stretch.start:
                break
            before = stretch
        return as_utc - before.offset

    def _offset(self, at: datetime) -> timedelta:
        offset = at.astimezone(self._zone).utcoffset()
        assert offset is not None
        return offset

    def _walk(self, at: datetime, end: datetime) -> Iterator[Stretch]:
        start = at
        while at < end:
            if self._offset(at) != self._offset(at + DAY):
                change = self._change_between(at, at + DAY)
                yield Stretch(start, change, self._offset(at))
                start = change
            at += DAY
        yield Stretch(start, end + DAY, self._offset(end))

    def _change_between(self, before: datetime, after: datetime) -> datetime:
        old = self._offset(before)
        while after - before > SECOND:
            middle = before + (after - before) // SECOND // 2 * SECOND
            before, after = (middle, after) if self._offset(middle) == old else (before, middle)
        return after


def prompts(
    clock: WallClock,
    is_regular: Callable[[date], bool],
    at: time,
    start: date,
    days_off: Container[date] = (),
) -> Iterator[tuple[datetime, date | None]]:
    """When prompts are due from a day on, and the day off that each was moved from, if it was."""
    day, waiting = start, None
    while True:
        if is_regular(day):
            waiting = day
        is_free = day in days_off
        if waiting is not None and not is_free and (waiting == day or day.weekday() <= FRIDAY):
            yield clock.first(datetime.combine(day, at)), None if waiting == day else waiting
            waiting = None
        day += DAY


@lru_cache
def clock_of(zone: str, year: int) -> WallClock:
    """For ten years from a year on, and a while before and after."""
    margin = 90 * DAY
    start = datetime(year, 1, 1, tzinfo=UTC) - margin
    return WallClock(zone, start, datetime(year + 10, 1, 1, tzinfo=UTC) + margin)


def is_regular(cadence: Cadence) -> Callable[[date], bool]:
    """By the days' own places in their months and cycles."""

    def of_weeks(day: date) -> bool:
        return (cadence.since is None and day.weekday() == cadence.weekday) or (
            cadence.since is not None
            and day >= cadence.since
            and (day - cadence.since).days % (7 * cadence.weeks) == 0
        )

    def of_month(day: date) -> bool:
        if cadence.nth == -1:
            return day.weekday() == cadence.weekday and (day + 7 * DAY).month != day.month
        return day.weekday() == cadence.weekday and (day.day + 6) // 7 == cadence.nth

    return of_weeks if cadence.weeks else of_month
