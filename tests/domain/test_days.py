"""How people write a day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.days import contradicts, end_of_day, parse_day, readings, zone_of

MONDAY = date(2026, 5, 4)
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
UNHURRIED = settings(deadline=None)
"""The first day that is read waits for the library."""
DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-24", "2026-12-24"),
        ("2026/12/24", "2026-12-24"),
        ("24 Dec", "2026-12-24"),
        ("24dec", "2026-12-24"),
        ("by 24 Dec", "2026-12-24"),
        ("December 24th, 2026", "2026-12-24"),
        ("the 24th of december", "2026-12-24"),
        ("24-Dec-2026", "2026-12-24"),
        ("24.12.2026", "2026-12-24"),
        ("12/24/2026", "2026-12-24"),
        ("04/04/2027", "2027-04-04"),
        ("24 Dec.", "2026-12-24"),
        ("  NEXT   Friday ", "2026-05-08"),
        ("friday", "2026-05-08"),
        ("on fri", "2026-05-08"),
        ("monday", "2026-05-11"),
        ("today", "2026-05-04"),
        ("4 May", "2026-05-04"),
        ("Monday, May 4", "2026-05-04"),
        ("3 May", "2027-05-03"),
        ("tomorrow", "2026-05-05"),
        ("in 3 weeks", "2026-05-25"),
        ("in three weeks", "2026-05-25"),
        ("in 90 days", "2026-08-02"),
        ("next week", "2026-05-11"),
        ("in a month", "2026-06-04"),
        ("2 months from now", "2026-07-04"),
        ("the 15th", "2026-05-15"),
        ("march", "2027-03-31"),
        ("may", "2026-05-31"),
        ("end of march", "2027-03-31"),
        ("end of February 2028", "2028-02-29"),
        ("end of the month", "2026-05-31"),
        ("end of next month", "2026-06-30"),
        ("end of quarter", "2026-06-30"),
        ("end of next year", "2027-12-31"),
        ("29 feb", "2028-02-29"),
        ("yesterday", "2026-05-03"),
        ("24 Dec 2025", "2025-12-24"),
        ("03/04/2026", None),
        ("31 Feb", None),
        ("2026-02-30", None),
        ("5", None),
        ("2027", None),
        ("01.06.", None),
        ("soon", None),
        ("one", None),
        ("a", None),
        ("", None),
        ("tomorrow 5pm", None),
        ("24 Dec 17:00", None),
        ("in 2 hours", None),
        ("in 99999999999 days", None),
        ("24 Dec waiting for the grant", None),
        ("at risk", None),
        ("friday " * 5000, None),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: str | None) -> None:
    assert parse_day(text, MONDAY) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 June", "2025-06-01"),
        ("4 May", "2026-05-04"),
        ("friday", "2026-05-01"),
        ("yesterday", "2026-05-03"),
        ("3 weeks ago", "2026-04-13"),
        ("end of march", "2026-03-31"),
        ("march", "2026-03-31"),
        ("end of last quarter", "2026-03-31"),
        ("end of last year", "2025-12-31"),
    ],
)
def test_a_day_that_is_past_is_looked_for_backwards(text: str, day: str) -> None:
    assert parse_day(text, MONDAY, "past") == date.fromisoformat(day)


def _written(day: date) -> list[str]:
    name = MONTHS[day.month - 1]
    return [
        day.isoformat(),
        f"{day.day} {name} {day.year}",
        f"{name} {day.day}, {day.year}",
        f"{WEEKDAYS[day.weekday()]} {day.day} {name[:3]} {day.year}",
    ]


@UNHURRIED
@given(day=DAYS, today=DAYS)
def test_a_whole_date_is_that_day_whenever_it_is_said(day: date, today: date) -> None:
    assert {parse_day(text, today) for text in _written(day)} == {day}


@UNHURRIED
@given(today=DAYS, ahead=st.integers(1, 364))
def test_a_date_without_a_year_is_the_next_one(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    text = f"{day.day} {MONTHS[day.month - 1]}"

    assert parse_day(text, today) == day


@UNHURRIED
@given(today=DAYS, weekday=st.integers(0, 6), before=st.sampled_from(["", "next ", "on "]))
def test_a_weekday_is_the_first_one_after_today(today: date, weekday: int, before: str) -> None:
    found = parse_day(before + WEEKDAYS[weekday], today)

    assert found is not None
    assert found.weekday() == weekday
    assert 1 <= (found - today).days <= 7


@UNHURRIED
@given(today=DAYS, count=st.integers(1, 60))
def test_so_many_days_or_weeks_from_today(today: date, count: int) -> None:
    assert parse_day(f"in {count} days", today) == today + timedelta(days=count)
    assert parse_day(f"in {count} weeks", today) == today + timedelta(weeks=count)


@UNHURRIED
@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert parse_day(text, MONDAY) is None or isinstance(parse_day(text, MONDAY), date)


def test_numbers_that_could_be_two_days_are_both() -> None:
    assert readings("03/04/2026") == (date(2026, 4, 3), date(2026, 3, 4))
    assert readings("24/12/2026") == (date(2026, 12, 24),)


def test_a_weekday_that_is_another_contradicts_the_date() -> None:
    assert contradicts("Friday 24 Dec 2026", date(2026, 12, 24))
    assert not contradicts("Thu 24 Dec 2026", date(2026, 12, 24))
    assert not contradicts("next friday", date(2026, 5, 8))


def test_a_day_ends_by_the_clock_of_its_zone() -> None:
    for name in ("Pacific/Auckland", "America/New_York", "UTC", "Africa/Cairo"):
        end = end_of_day(date(2026, 4, 23), zone_of(name))
        assert end.tzinfo is UTC
        assert end.astimezone(ZoneInfo(name)).date() == date(2026, 4, 23)
        assert (end + timedelta(microseconds=1)).astimezone(ZoneInfo(name)).date() == date(2026, 4, 24)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "America", "../etc/passwd", "\0"])
def test_a_zone_that_nobody_knows_is_utc(name: str) -> None:
    assert datetime(2026, 5, 4, tzinfo=zone_of(name)).utcoffset() == timedelta()
