"""Working days, and the windows that are measured by them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.working_days import (
    instant,
    is_working_day,
    next_working_day,
    point_in_window,
    window_end,
)

BERLIN = "Europe/Berlin"
DAY = timedelta(days=1)
MONDAY = date(2026, 11, 30)
FOREVER = frozenset(MONDAY + n * DAY for n in range(3 * 366))


def at(text: str, zone: str = BERLIN) -> datetime:
    """A time on the wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def test_monday_to_friday_are_working_days_unless_they_are_off() -> None:
    week = [MONDAY + n * DAY for n in range(7)]
    assert [is_working_day(day) for day in week] == [True] * 5 + [False] * 2
    assert not is_working_day(MONDAY, {MONDAY})


@pytest.mark.parametrize(
    ("day", "off", "before", "found"),
    [
        ("2026-11-30", [], None, "2026-12-01"),
        ("2026-12-04", [], None, "2026-12-07"),
        ("2026-12-04", ["2026-12-07"], None, "2026-12-08"),
        ("2026-12-04", ["2026-12-07"], "2026-12-09", "2026-12-08"),
        ("2026-12-04", ["2026-12-07"], "2026-12-08", None),
        ("2026-12-04", [], "2026-12-04", None),
    ],
)
def test_the_next_working_day(day: str, off: list[str], before: str | None, found: str | None) -> None:
    limit = date.fromisoformat(before) if before else None
    next_day = next_working_day(date.fromisoformat(day), set(map(date.fromisoformat, off)), limit)
    assert next_day == (date.fromisoformat(found) if found else None)


def test_where_two_years_are_off_there_is_no_next_working_day() -> None:
    assert next_working_day(MONDAY, FOREVER) is None


@pytest.mark.parametrize(
    ("opened", "off", "days", "closed"),
    [
        ("2026-11-30 09:30", [], 2, "2026-12-02 09:30"),
        ("2026-12-03 16:00", [], 2, "2026-12-07 16:00"),
        ("2026-12-04 16:00", [], 1, "2026-12-07 16:00"),
        ("2026-12-05 16:00", [], 2, "2026-12-08 16:00"),
        ("2026-12-03 16:00", ["2026-12-04", "2026-12-08"], 2, "2026-12-09 16:00"),
        ("2026-12-03 16:00", [], 0, "2026-12-03 16:00"),
        ("2026-12-03 16:00:30.5", [], 1, "2026-12-04 16:00:30.5"),
        # The clock changes on the weekend between: an hour less, an hour more.
        ("2026-03-27 09:30", [], 1, "2026-03-30 09:30"),
        ("2026-10-23 09:30", [], 1, "2026-10-26 09:30"),
    ],
)
def test_a_window_ends_at_the_same_time_so_many_working_days_later(
    opened: str, off: list[str], days: int, closed: str
) -> None:
    end = window_end(at(opened), BERLIN, set(map(date.fromisoformat, off)), days)
    assert end == at(closed)
    assert end.tzinfo is UTC


def test_a_windows_end_is_told_by_the_wall_clock_of_the_zone_that_is_named() -> None:
    opened = datetime(2026, 12, 3, 23, 30, tzinfo=UTC)  # on Friday in Auckland, 12:30
    assert window_end(opened, "Pacific/Auckland", working_days=1) == at(
        "2026-12-07 12:30", "Pacific/Auckland"
    )
    assert window_end(opened, "UTC", working_days=1) == at("2026-12-04 23:30", "UTC")


def test_a_window_ends_although_every_day_is_off() -> None:
    assert window_end(at("2026-12-03 16:00"), BERLIN, FOREVER) == at("2026-12-07 16:00")


def test_opened_in_the_hour_that_is_there_twice_no_window_ends_before_it_opens() -> None:
    opened = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30 in Berlin for the second time
    assert window_end(opened, BERLIN, working_days=0) == opened


@pytest.mark.parametrize(
    ("opened", "closes", "off", "point"),
    [
        ("2026-11-30 10:00", "2026-12-02 10:00", [], "2026-12-02 00:24"),
        # Sunday does not count, nor does a day off.
        ("2026-12-03 16:00", "2026-12-07 16:00", [], "2026-12-07 06:24"),
        ("2026-12-03 16:00", "2026-12-08 16:00", ["2026-12-07"], "2026-12-08 06:24"),
        # Only the weekend is there.
        ("2026-12-05 00:00", "2026-12-06 00:00", [], "2026-12-05 19:12"),
    ],
)
def test_a_point_in_a_window_is_a_share_of_its_working_days(
    opened: str, closes: str, off: list[str], point: str
) -> None:
    found = point_in_window(at(opened), at(closes), BERLIN, set(map(date.fromisoformat, off)))
    assert found == at(point)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("opened", "closes", "point"),
    [
        ("2026-11-30 09:30", "2026-12-02 09:30", "2026-12-01 14:18"),
        ("2026-12-03 16:00", "2026-12-07 16:00", "2026-12-07 12:48"),
        # Nothing of the window is within the hours: all its hours count.
        ("2026-11-30 20:00", "2026-11-30 22:00", "2026-11-30 21:36"),
    ],
)
def test_of_working_days_only_the_hours_that_are_named_count(opened: str, closes: str, point: str) -> None:
    found = point_in_window(at(opened), at(closes), BERLIN, hours=(9, 17))
    assert found == at(point)


def test_a_share_of_none_is_the_start_and_of_all_is_the_end() -> None:
    opened, closes = at("2026-12-04 16:00"), at("2026-12-08 16:00")
    assert point_in_window(opened, closes, BERLIN, share=0) == opened
    assert point_in_window(opened, closes, BERLIN, share=1) == closes


INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis sets the zone
ZONES = st.sampled_from(["UTC", BERLIN, "America/St_Johns", "Pacific/Kiritimati", "Australia/Lord_Howe"])
DAYS_OFF = st.frozensets(st.dates(date(2026, 1, 1), date(2030, 2, 1)), max_size=200)


@given(INSTANTS, ZONES, DAYS_OFF, st.integers(1, 10), st.floats(0.01, 0.99))
def test_people_are_reminded_within_the_window_and_on_a_working_day(
    opened_at: datetime, zone: str, off: frozenset[date], days: int, share: float
) -> None:
    # Opened at midnight before a weekend, a window of one day ends before anybody works.
    assume(opened_at.astimezone(ZoneInfo(zone)).time() != time())
    closes_at = window_end(opened_at, zone, off, days)
    point = point_in_window(opened_at, closes_at, zone, off, share=share)
    assert opened_at <= point <= closes_at
    assert is_working_day(point.astimezone(ZoneInfo(zone)).date(), off)


def test_at_the_end_of_friday_people_are_reminded_when_monday_begins() -> None:
    assert point_in_window(at("2026-12-04 12:00"), at("2026-12-07 12:00"), BERLIN, share=0.5) == at(
        "2026-12-07 00:00"
    )


def test_a_time_that_the_clock_leaves_out_is_as_much_later_as_it_jumps() -> None:
    berlin = ZoneInfo(BERLIN)
    assert instant(date(2026, 3, 29), time(2, 30), berlin).astimezone(berlin).time() == time(3, 30)
    assert instant(date(2026, 10, 25), time(2, 30), berlin) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
