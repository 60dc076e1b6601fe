"""Every form of cadence on sixty zones over two decades, against an oracle that walks day by day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile

import pytest

from bot.domain.cadence import NTH, Cadence, Slot, next_slot, upcoming
from tests.support.clock_changes import WallClock, clock_of, is_regular, prompts
from tests.support.zones import ZONES

DECADES = [2011, 2026]
"""One in which rules changed, and countries left out a day; one that is to come."""
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def forms(day: date, at: time, zone: str) -> list[Cadence]:
    """Every form of cadence that is due on that day."""
    found = [Cadence(1, 0, day.weekday(), at, zone, None)]
    found += [Cadence(weeks, 0, day.weekday(), at, zone, day - 3 * weeks * WEEK) for weeks in range(2, 9)]
    found += [Cadence(0, nth, day.weekday(), at, zone, None) for nth in NTH]
    return [cadence for cadence in found if is_regular(cadence)(day)]


def times_around(change: tuple[datetime, timedelta, timedelta]) -> list[datetime]:
    """What the clock shows, or leaves out, or shows twice: at both ends, between them, and a minute aside."""
    at, before, after = change
    early, late = sorted(at.replace(tzinfo=None) + offset for offset in (before, after))
    return [early - MINUTE, early, early + (late - early) // 2 // MINUTE * MINUTE, late - MINUTE, late]


def expected(clock: WallClock, cadence: Cadence, after: datetime) -> Iterator[Slot]:
    found = prompts(clock, is_regular(cadence), cadence.at, after.date() - 3 * DAY)
    return (Slot(at, moved_from) for at, moved_from in found if at > after)


@pytest.mark.parametrize("year", DECADES)
@pytest.mark.parametrize("zone", ZONES)
def test_around_each_change_of_the_clock_every_form_is_due_when_the_oracle_says(zone: str, year: int) -> None:
    clock = clock_of(zone, year)
    for change in clock.changes:
        for wall in times_around(change):
            for cadence in forms(wall.date(), wall.time(), zone):
                after = change[0] - 2 * DAY
                assert upcoming(cadence, after, 2) == list(islice(expected(clock, cadence, after), 2)), (
                    cadence,
                    wall,
                )


@pytest.mark.parametrize("year", DECADES)
@pytest.mark.parametrize("zone", ZONES)
def test_from_every_instant_around_a_change_the_next_prompt_is_the_oracles(zone: str, year: int) -> None:
    clock = clock_of(zone, year)
    for change in clock.changes:
        for wall in times_around(change):
            cadence = forms(wall.date(), wall.time(), zone)[0]
            for minutes in (-90, -60, -30, -1, 0, 1, 30, 60, 90):
                after = change[0] + minutes * MINUTE
                assert next_slot(cadence, after) == next(expected(clock, cadence, after)), (cadence, after)


@pytest.mark.parametrize("year", DECADES)
@pytest.mark.parametrize("zone", ZONES)
def test_over_ten_years_every_form_is_due_when_the_oracle_says(zone: str, year: int) -> None:
    clock = clock_of(zone, year)
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 10, 1, 1, tzinfo=UTC)
    # On the day and at the time that the clocks leave out first, where they do.
    wall = (
        times_around(clock.changes[0])[2]
        if clock.changes
        else datetime.combine(date(year, 1, 5), time(9, 30))
    )
    every = [Cadence(0, nth, wall.weekday(), wall.time(), zone, None) for nth in NTH]
    for cadence in forms(wall.date(), wall.time(), zone)[:8] + every:
        due = list(takewhile(lambda slot: slot.at < end, expected(clock, cadence, start)))
        assert upcoming(cadence, start, len(due)) == due, cadence


def test_the_zones_have_every_kind_of_change() -> None:
    changes = [change for zone in ZONES for year in DECADES for change in clock_of(zone, year).changes]
    jumps = {after - before for _, before, after in changes}
    assert len(set(ZONES)) == 60
    assert len(changes) > 1200
    assert {timedelta(hours=n) for n in (-2, -1, 1, 2, 24)} <= jumps
    assert {timedelta(minutes=n) for n in (-30, 30)} <= jumps
