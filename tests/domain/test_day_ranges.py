"""Days in a row, as they are typed and as they are shown."""

from datetime import date

import pytest

from bot.domain.day_ranges import DayRange, TypedRange, ranges_of, split_range

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "first", "last", "rest"),
    [
        ("2026-12-24", "2026-12-24", None, ""),
        ("2026-12-24 Christmas Eve", "2026-12-24", None, "Christmas Eve"),
        ("2026-12-24 to 2027-01-01 Year-end break", "2026-12-24", "2027-01-01", "Year-end break"),
        ("2026-12-24..2027-01-01 Break", "2026-12-24", "2027-01-01", "Break"),
        ("2026-12-24 - 2027-01-01", "2026-12-24", "2027-01-01", ""),
        ("24 Dec to 1 Jan Year-end break", "24 Dec", "1 Jan", "Year-end break"),
        ("24 Dec 2026: Party", "24 Dec 2026", None, "Party"),
        ("next friday until monday", "next friday", "monday", ""),
        ("tomorrow Team day", "tomorrow", None, "Team day"),
        ("in 3 weeks Offsite", "in 3 weeks", None, "Offsite"),
        ("2026-06-01 6-1 a day to remember", "2026-06-01", None, "6-1 a day to remember"),
        ("24 Dec Back to school", "24 Dec", None, "Back to school"),
        # What is no day is what may have been meant as one.
        ("soon", "soon", None, ""),
        ("soon to never", "soon", "never", ""),
        ("03/04/2027 Party", "03/04/2027", None, "Party"),
        ("24 Dec to", "24 Dec", "", ""),
        ("", "", None, ""),
        ("to", "", "", ""),
    ],
)
def test_days_are_the_longest_words_that_mean_one(text: str, first: str, last: str | None, rest: str) -> None:
    assert split_range(text, TODAY) == TypedRange(first, last, rest)


def test_days_in_a_row_with_one_name_are_shown_as_one() -> None:
    days = {
        date(2026, 12, 24): "Break",
        date(2026, 12, 25): "Break",
        date(2026, 12, 26): "Party",
        date(2026, 12, 28): "Party",
    }

    assert ranges_of(days) == [
        DayRange(date(2026, 12, 24), date(2026, 12, 25), "Break"),
        DayRange(date(2026, 12, 26), date(2026, 12, 26), "Party"),
        DayRange(date(2026, 12, 28), date(2026, 12, 28), "Party"),
    ]
    assert ranges_of({}) == []


def test_a_range_has_its_first_and_its_last_day() -> None:
    assert list(DayRange(date(2026, 12, 31), date(2027, 1, 1), "").days()) == [
        date(2026, 12, 31),
        date(2027, 1, 1),
    ]
