"""When a project's prompts are due."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import NTH, Cadence, Slot, cadence_in_words, format_cadence, next_slot, upcoming
from bot.domain.cadence_words import stored_cadence
from tests.support.clock_changes import clock_of, is_regular, prompts
from tests.support.zones import ZONES

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ALL_DAYS = frozenset(date(2026, 1, 1) + n * DAY for n in range(6 * 366))


LATER = st.dates(date(2026, 1, 1), date(2031, 1, 1))
"""No country leaves out a day any more."""


@st.composite
def cadences(draw: st.DrawFn) -> Cadence:
    weeks, weekday = draw(st.integers(0, 8)), draw(st.integers(0, 6))
    first_day = draw(LATER)
    return Cadence(
        weeks,
        draw(st.sampled_from(sorted(NTH))) if weeks == 0 else 0,
        weekday,
        time(draw(st.integers(0, 23)), draw(st.integers(0, 59))),
        draw(st.sampled_from(ZONES)),
        first_day + (weekday - first_day.weekday()) % 7 * DAY if weeks > 1 else None,
    )


@st.composite
def days_off(draw: st.DrawFn) -> frozenset[date]:
    """Single days, and rows of them of up to two months."""
    rows = draw(st.lists(st.tuples(LATER, st.integers(1, 60)), max_size=12))
    return frozenset(first + n * DAY for first, length in rows for n in range(length))


instants = st.datetimes(datetime(2026, 1, 2), datetime(2030, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis sets the zone


@given(cadences(), instants, days_off())
def test_whatever_days_are_off_prompts_are_due_when_the_oracle_says(
    cadence: Cadence, after: datetime, off: frozenset[date]
) -> None:
    start = after.date() - 800 * DAY
    found = prompts(clock_of(cadence.zone, 2026), is_regular(cadence), cadence.at, start, off)
    due = islice((Slot(at, moved_from) for at, moved_from in found if at > after), 4)
    assert upcoming(cadence, after, 4, off) == list(due)


@given(cadences(), instants, days_off())
def test_prompts_come_one_a_day_at_most_on_their_weekday_or_moved_to_a_working_day(
    cadence: Cadence, after: datetime, off: frozenset[date]
) -> None:
    zone = ZoneInfo(cadence.zone)
    slots = upcoming(cadence, after, 12, off)
    # The day that the prompt is for: a clock that jumps over midnight may show the next already.
    days = [(slot.at.astimezone(zone) - timedelta(hours=1)).date() for slot in slots]
    local = [slot.at.astimezone(zone) for slot in slots]
    assert len(slots) == 12
    assert slots[0].at > after
    assert all(earlier.at < later.at for earlier, later in pairwise(slots))
    assert all(here.date() != there.date() for here, there in pairwise(local))
    for slot, here, before in zip(slots, local, days, strict=True):
        day = here.date() if here.time() == cadence.at else before
        assert slot.at.tzinfo is UTC
        assert day not in off
        if slot.moved_from is None:
            assert day.weekday() == cadence.weekday
        else:
            assert slot.moved_from in off
            assert slot.moved_from < day
            assert day.weekday() < 5


@given(cadences())
def test_a_cadence_is_what_its_text_says(cadence: Cadence) -> None:
    assert stored_cadence(format_cadence(cadence)) == cadence


BERLIN_MONDAYS = Cadence(1, 0, 0, time(9, 30), "Europe/Berlin", None)


@pytest.mark.parametrize(
    ("cadence", "after", "off", "due"),
    [
        ("weekly mon 09:30 Europe/Berlin", "2026-11-30T08:29:59", [], "2026-11-30T08:30"),
        ("weekly mon 09:30 Europe/Berlin", "2026-11-30T08:30:00", [], "2026-12-07T08:30"),
        ("weekly mon 09:30 Europe/Berlin", "2026-07-01T00:00:00", [], "2026-07-06T07:30"),
        # The two that CronTrigger is known to miss and to add.
        ("weekly mon 00:30 America/New_York", "2026-03-02T12:00:00", [], "2026-03-09T04:30"),
        ("weekly mon 00:30 America/New_York", "2026-10-26T12:00:00", [], "2026-11-02T05:30"),
        # 02:30 is not there, then twice.
        ("weekly sun 02:30 Europe/Berlin", "2026-03-28T00:00:00", [], "2026-03-29T01:30"),
        ("weekly sun 02:30 Europe/Berlin", "2026-10-24T00:00:00", [], "2026-10-25T00:30"),
        ("weekly sun 02:30 Europe/Berlin", "2026-10-25T00:30:00", [], "2026-11-01T01:30"),
        ("weekly sun 02:15 Australia/Lord_Howe", "2026-10-03T00:00:00", [], "2026-10-03T15:45"),
        # Samoa had no 30 December 2011.
        ("weekly fri 09:00 Pacific/Apia", "2011-12-27T00:00:00", [], "2011-12-30T19:00"),
        ("every 2 weeks thu 16:00 UTC from 2026-11-26", "2026-11-26T16:00:00", [], "2026-12-10T16:00"),
        ("every 2 weeks thu 16:00 UTC from 2026-11-26", "2026-01-01T00:00:00", [], "2026-11-26T16:00"),
        ("monthly first tue 10:00 Africa/Nairobi", "2026-12-01T07:00:00", [], "2027-01-05T07:00"),
        ("monthly last fri 15:00 UTC", "2026-12-25T15:00:00", [], "2027-01-29T15:00"),
        ("monthly last fri 15:00 UTC", "2027-01-29T15:00:00", [], "2027-02-26T15:00"),
        # Moved: to Tuesday, over the weekend, and a long way.
        ("weekly mon 09:30 UTC", "2026-12-06T00:00:00", ["2026-12-07"], "2026-12-08T09:30"),
        ("weekly mon 09:30 UTC", "2026-12-07T12:00:00", ["2026-12-07"], "2026-12-08T09:30"),
        ("weekly fri 09:30 UTC", "2026-12-24T12:00:00", ["2026-12-25"], "2026-12-28T09:30"),
        ("weekly sat 09:30 UTC", "2026-12-24T12:00:00", ["2026-12-26", "2026-12-28"], "2026-12-29T09:30"),
        ("weekly sat 09:30 UTC", "2026-12-24T12:00:00", [], "2026-12-26T09:30"),
    ],
)
def test_the_next_prompt(cadence: str, after: str, off: list[str], due: str) -> None:
    days = {date.fromisoformat(day) for day in off}
    slot = next_slot(stored_cadence(cadence), datetime.fromisoformat(after + "+00:00"), days)
    assert slot is not None
    assert f"{slot.at:%Y-%m-%dT%H:%M}" == due
    assert (slot.moved_from is not None) == bool(off)


def test_a_prompt_that_would_move_onto_the_next_is_one_with_it() -> None:
    off = {date(2026, 12, 21) + n * DAY for n in range(14)}
    slots = upcoming(BERLIN_MONDAYS, datetime(2026, 12, 14, 12, tzinfo=UTC), 2, off)
    assert slots == [
        Slot(datetime(2027, 1, 4, 8, 30, tzinfo=UTC), None),
        Slot(datetime(2027, 1, 11, 8, 30, tzinfo=UTC), None),
    ]


def test_the_last_of_the_prompts_that_days_off_made_one_is_moved() -> None:
    off = {date(2026, 12, 21) + n * DAY for n in range(15)}
    slots = upcoming(BERLIN_MONDAYS, datetime(2026, 12, 14, 12, tzinfo=UTC), 2, off)
    assert slots == [
        Slot(datetime(2027, 1, 5, 8, 30, tzinfo=UTC), date(2027, 1, 4)),
        Slot(datetime(2027, 1, 11, 8, 30, tzinfo=UTC), None),
    ]


def test_after_more_than_a_year_of_days_off_the_prompt_comes_and_after_years_there_is_none() -> None:
    after = datetime(2026, 1, 1, tzinfo=UTC)
    year_and_a_half = {date(2026, 1, 1) + n * DAY for n in range(550)}
    slot = next_slot(BERLIN_MONDAYS, after, year_and_a_half)
    assert slot == Slot(datetime(2027, 7, 5, 7, 30, tzinfo=UTC), None)
    assert next_slot(BERLIN_MONDAYS, after, ALL_DAYS) is None
    assert upcoming(BERLIN_MONDAYS, after, 5, ALL_DAYS) == []
    assert upcoming(BERLIN_MONDAYS, datetime(2025, 12, 20, tzinfo=UTC), 5, ALL_DAYS) == [
        Slot(datetime(2025, 12, 22, 8, 30, tzinfo=UTC), None),
        Slot(datetime(2025, 12, 29, 8, 30, tzinfo=UTC), None),
    ]


def test_any_zones_instant_is_after_the_same_moment() -> None:
    there = datetime(2026, 11, 30, 21, 30, tzinfo=ZoneInfo("Pacific/Auckland"))
    assert next_slot(BERLIN_MONDAYS, there - MINUTE) == Slot(datetime(2026, 11, 30, 8, 30, tzinfo=UTC), None)
    assert next_slot(BERLIN_MONDAYS, there) == Slot(datetime(2026, 12, 7, 8, 30, tzinfo=UTC), None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("weekly mon 09:30 Europe/Berlin", "every Monday at 09:30 (Europe/Berlin)"),
        ("every 2 weeks thu 16:00 UTC from 2026-11-26", "every 2 weeks on Thursday at 16:00 (UTC)"),
        ("monthly first tue 10:00 UTC", "on the first Tuesday of the month at 10:00 (UTC)"),
        ("monthly last fri 15:00 UTC", "on the last Friday of the month at 15:00 (UTC)"),
    ],
)
def test_a_cadence_in_words(text: str, words: str) -> None:
    assert cadence_in_words(stored_cadence(text)) == words


@pytest.mark.parametrize(
    ("weeks", "nth", "weekday", "at", "since"),
    [
        (9, 0, 0, time(9), date(2026, 11, 30)),
        (-1, 0, 0, time(9), None),
        (0, 0, 0, time(9), None),
        (0, 5, 0, time(9), None),
        (1, 1, 0, time(9), None),
        (1, 0, 7, time(9), None),
        (1, 0, -1, time(9), None),
        (1, 0, 0, time(9, 0, 1), None),
        (1, 0, 0, time(9, tzinfo=UTC), None),
        (1, 0, 0, time(9), date(2026, 11, 30)),
        (2, 0, 0, time(9), None),
        (2, 0, 0, time(9), date(2026, 12, 1)),
    ],
)
def test_values_that_make_no_cadence_are_refused(
    weeks: int, nth: int, weekday: int, at: time, since: date | None
) -> None:
    with pytest.raises(ValueError, match="cadence"):
        Cadence(weeks, nth, weekday, at, "UTC", since)
