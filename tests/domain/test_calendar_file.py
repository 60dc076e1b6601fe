"""The days off in a calendar file."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar_file import UNNAMED, CalendarDays, NotACalendarError, read_calendar

SINCE, UNTIL = date(2026, 11, 25), date(2028, 11, 25)


def calendar(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN"]
    for event in events:
        lines += ["BEGIN:VEVENT", *(line.strip() for line in event.strip().splitlines()), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def read(*events: str) -> CalendarDays:
    return read_calendar(calendar(*events), SINCE, UNTIL)


def days(*events: str) -> list[str]:
    return [day.isoformat() for day in read(*events).days]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART;VALUE=DATE:20261224", ["2026-12-24"]),
        # The end is the day after the last one.
        ("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261226", ["2026-12-24", "2026-12-25"]),
        ("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261224", ["2026-12-24"]),
        ("DTSTART;VALUE=DATE:20261224\nDURATION:P2D", ["2026-12-24", "2026-12-25"]),
        # As some programs write whole days.
        ("DTSTART:20261224T000000\nDTEND:20261226T000000", ["2026-12-24", "2026-12-25"]),
        # What has begun already, and what ends later than anybody asks.
        ("DTSTART;VALUE=DATE:20261101\nDTEND;VALUE=DATE:20261127", ["2026-11-25", "2026-11-26"]),
        ("DTSTART;VALUE=DATE:20281124\nDTEND;VALUE=DATE:20281201", ["2028-11-24", "2028-11-25"]),
        ("DTSTART;VALUE=DATE:20261101", []),
        ("DTSTART;VALUE=DATE:20261224\nSTATUS:CANCELLED", []),
        ("DTSTART:20261224T090000Z\nDTEND:20261224T100000Z", []),
        ("DTSTART:20261224T000000Z", []),
    ],
)
def test_all_day_events_are_days_off(event: str, expected: list[str]) -> None:
    assert days(event) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("RRULE:FREQ=YEARLY", ["2026-12-24", "2027-12-24"]),
        ("RRULE:FREQ=YEARLY;UNTIL=20270101", ["2026-12-24"]),
        ("RRULE:FREQ=YEARLY;UNTIL=20271224T000000Z", ["2026-12-24", "2027-12-24"]),
        ("RRULE:FREQ=YEARLY;COUNT=8", ["2026-12-24"]),
        ("RRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20261224", ["2027-12-24"]),
        ("RRULE:FREQ=YEARLY;COUNT=1\nRDATE;VALUE=DATE:20270303,20270304", ["2027-03-03", "2027-03-04"]),
    ],
)
def test_what_recurs_is_off_each_time(rule: str, expected: list[str]) -> None:
    assert days(f"DTSTART;VALUE=DATE:20191224\n{rule}") == expected


def test_a_rule_by_weekday_is_followed() -> None:
    found = days("DTSTART;VALUE=DATE:20260102\nRRULE:FREQ=MONTHLY;BYDAY=1FR;UNTIL=20270301")

    assert found == ["2026-12-04", "2027-01-01", "2027-02-05"]


def test_a_break_that_recurs_and_has_begun_counts_to_its_end() -> None:
    found = days("DTSTART;VALUE=DATE:20251120\nDTEND;VALUE=DATE:20251127\nRRULE:FREQ=YEARLY;COUNT=2")

    assert found == ["2026-11-25", "2026-11-26"]


def test_one_occurrence_that_was_moved_stands_in_place_of_the_regular_one() -> None:
    found = read(
        "UID:1\nSUMMARY:Fix-it day\nDTSTART;VALUE=DATE:20261203\nRRULE:FREQ=DAILY;COUNT=3",
        "UID:1\nSUMMARY:Late\nRECURRENCE-ID;VALUE=DATE:20261204\nDTSTART;VALUE=DATE:20261210",
    )

    assert found.days == {
        date(2026, 12, 3): "Fix-it day",
        date(2026, 12, 5): "Fix-it day",
        date(2026, 12, 10): "Late",
    }


def test_one_occurrence_that_was_called_off_is_none() -> None:
    found = days(
        "UID:1\nDTSTART;VALUE=DATE:20261203\nRRULE:FREQ=DAILY;COUNT=2",
        "UID:1\nRECURRENCE-ID;VALUE=DATE:20261204\nDTSTART;VALUE=DATE:20261204\nSTATUS:CANCELLED",
    )

    assert found == ["2026-12-03"]


def test_names_are_kept_on_one_line_and_those_of_one_day_together() -> None:
    found = read(
        "SUMMARY:Year\\, end\\nbreak\nDTSTART;VALUE=DATE:20261224",
        "SUMMARY:Eve\nDTSTART;VALUE=DATE:20261224",
        "DTSTART;VALUE=DATE:20261225",
    )

    assert found.days == {date(2026, 12, 24): "Year, end break, Eve", date(2026, 12, 25): UNNAMED}


def test_what_is_left_out_is_counted() -> None:
    found = read(
        "SUMMARY:Meeting\nDTSTART:20261224T090000Z",
        "SUMMARY:Never ends\nDTSTART;VALUE=DATE:20261224\nRRULE:FREQ=DAILY;INTERVAL=0",
        "SUMMARY:Each second\nDTSTART;VALUE=DATE:20261224\nRRULE:FREQ=SECONDLY",
        "SUMMARY:For ever\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:99991231",
        "SUMMARY:No start",
        "SUMMARY:Good\nDTSTART;VALUE=DATE:20261224",
    )

    assert found.days == {date(2026, 12, 24): "Good"}
    assert (found.events, found.timed) == (6, 1)
    assert found.unread == ["Never ends", "Each second", "For ever", "No start"]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"just words",
        b"root:x:0:0:root:/root:/bin/bash\n",
        b"\x7fELF\x02\x01\x01\x00\x00\xff\xfe",
        b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        b"<html><body>Sign in</body></html>",
    ],
)
def test_what_is_no_calendar_is_refused(text: bytes) -> None:
    with pytest.raises(NotACalendarError):
        read_calendar(text, SINCE, UNTIL)


@given(st.binary(max_size=200), st.integers(0, 200))
def test_a_broken_calendar_is_read_or_refused_and_nothing_else(rubbish: bytes, at: int) -> None:
    whole = calendar("SUMMARY:Eve\nDTSTART;VALUE=DATE:20261224\nRRULE:FREQ=YEARLY;COUNT=2")
    broken = whole[:at] + rubbish + whole[at:]

    try:
        found = read_calendar(broken, SINCE, UNTIL)
    except NotACalendarError:
        return
    assert all(SINCE <= day <= UNTIL for day in found.days)
