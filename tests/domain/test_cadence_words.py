"""How people write a cadence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import Cadence, cadence_in_words, format_cadence
from bot.domain.cadence_words import UnreadCadenceError, parse_cadence, stored_cadence

WEDNESDAY = date(2026, 11, 25)
HOME = "Africa/Nairobi"


def parse(text: str) -> Cadence:
    return parse_cadence(text, HOME, WEDNESDAY)


def problem(text: str) -> UnreadCadenceError:
    with pytest.raises(UnreadCadenceError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("weekly mon 09:30", "weekly mon 09:30 Africa/Nairobi"),
        ("weekly on monday at 9:30am Europe/Berlin", "weekly mon 09:30 Europe/Berlin"),
        ("  WEEKLY   Mon\n09:30\u200b ", "weekly mon 09:30 Africa/Nairobi"),
        ("mondays 9am", "weekly mon 09:00 Africa/Nairobi"),
        ("every monday 9", "weekly mon 09:00 Africa/Nairobi"),
        ("each tues at 9", "weekly tue 09:00 Africa/Nairobi"),
        ("every week tue 10", "weekly tue 10:00 Africa/Nairobi"),
        ("once a week on weds, 10:00", "weekly wed 10:00 Africa/Nairobi"),
        ("mon. 9:00 weekly", "weekly mon 09:00 Africa/Nairobi"),
        ("berlin, weekly, on mon at 9:00", "weekly mon 09:00 Europe/Berlin"),
        ("weekly sun 9 utc", "weekly sun 09:00 UTC"),
        ("every week on sat 0930 isle of man", "weekly sat 09:30 Europe/Isle_of_Man"),
        ("every 1 week fri 9", "weekly fri 09:00 Africa/Nairobi"),
        # Times.
        ("weekly wed 930", "weekly wed 09:30 Africa/Nairobi"),
        ("weekly wed 1630", "weekly wed 16:30 Africa/Nairobi"),
        ("weekly wed 9.30", "weekly wed 09:30 Africa/Nairobi"),
        ("weekly wed 16h30", "weekly wed 16:30 Africa/Nairobi"),
        ("weekly wed 16h", "weekly wed 16:00 Africa/Nairobi"),
        ("weekly wed 4 p.m.", "weekly wed 16:00 Africa/Nairobi"),
        ("weekly wed 4:05 PM utc", "weekly wed 16:05 UTC"),
        ("weekly wed 12am", "weekly wed 00:00 Africa/Nairobi"),
        ("weekly wed 12pm", "weekly wed 12:00 Africa/Nairobi"),
        ("weekly wed noon", "weekly wed 12:00 Africa/Nairobi"),
        ("weekly wed 0:00", "weekly wed 00:00 Africa/Nairobi"),
        # Two weeks and more.
        ("every 2 weeks thu 16:00", "every 2 weeks thu 16:00 Africa/Nairobi from 2026-11-26"),
        ("every 2 weeks wed 16:00", "every 2 weeks wed 16:00 Africa/Nairobi from 2026-11-25"),
        ("every 2 weeks tue 16:00", "every 2 weeks tue 16:00 Africa/Nairobi from 2026-12-01"),
        ("every other thursday 16:00", "every 2 weeks thu 16:00 Africa/Nairobi from 2026-11-26"),
        ("every other week thurs 16:00", "every 2 weeks thu 16:00 Africa/Nairobi from 2026-11-26"),
        ("every second week thurs 16:00", "every 2 weeks thu 16:00 Africa/Nairobi from 2026-11-26"),
        (
            "every two weeks on Thursdays, 4pm (berlin)",
            "every 2 weeks thu 16:00 Europe/Berlin from 2026-11-26",
        ),
        ("biweekly fri 9:00", "every 2 weeks fri 09:00 Africa/Nairobi from 2026-11-27"),
        ("bi-weekly fri 9:00", "every 2 weeks fri 09:00 Africa/Nairobi from 2026-11-27"),
        ("fortnightly fri 9:00", "every 2 weeks fri 09:00 Africa/Nairobi from 2026-11-27"),
        ("every fortnight fri 9:00", "every 2 weeks fri 09:00 Africa/Nairobi from 2026-11-27"),
        ("every eight weeks fri 9:00", "every 8 weeks fri 09:00 Africa/Nairobi from 2026-11-27"),
        (
            "every 2 weeks thu 16:00 from 2026-12-03 berlin",
            "every 2 weeks thu 16:00 Europe/Berlin from 2026-12-03",
        ),
        ("every 2 weeks thu 16:00 starting 3 Dec", "every 2 weeks thu 16:00 Africa/Nairobi from 2026-12-03"),
        ("every 2 weeks thu 16:00 from 2026-01-01", "every 2 weeks thu 16:00 Africa/Nairobi from 2026-01-01"),
        # Monthly.
        ("monthly first tue 10:00", "monthly first tue 10:00 Africa/Nairobi"),
        ("first tuesday of the month 10:00", "monthly first tue 10:00 Africa/Nairobi"),
        ("the 3rd tuesday of each month, 10:00", "monthly third tue 10:00 Africa/Nairobi"),
        ("every second tuesday of the month 10:00", "monthly second tue 10:00 Africa/Nairobi"),
        ("every month on the last friday 15:00", "monthly last fri 15:00 Africa/Nairobi"),
        ("monthly last fri 15:00 America/New_York", "monthly last fri 15:00 America/New_York"),
        ("Monthly on the 4th Friday at noon, New York time", "monthly fourth fri 12:00 America/New_York"),
    ],
)
def test_what_people_write_is_a_cadence(text: str, kept: str) -> None:
    cadence = parse(text)
    assert format_cadence(cadence) == kept
    assert stored_cadence(kept) == cadence


@pytest.mark.parametrize(
    ("text", "part", "typed", "nearest"),
    [
        ("", "frequency", "", ()),
        ("mon 9:00", "frequency", "", ()),
        ("first tuesday 10:00", "frequency", "first", ()),
        ("wekly mon 9:00", "frequency", "wekly", ("weekly",)),
        ("daily 9:00", "frequency", "daily", ()),
        ("every day 9:00", "frequency", "every day", ()),
        ("every weekday 9:00", "frequency", "every weekday", ()),
        ("quarterly mon 9:00", "frequency", "quarterly", ()),
        ("every 2 months mon 9:00", "frequency", "every 2 months", ()),
        ("every 9 weeks mon 9:00", "frequency", "every 9 weeks", ()),
        ("every 0 weeks mon 9:00", "frequency", "every 0 weeks", ()),
        ("every few weeks mon 9:00", "frequency", "every few weeks", ()),
        ("weekly monthly mon 9:00", "frequency", "weekly monthly", ()),
        ("weekly first mon 9:00", "frequency", "first", ()),
        # Every other one, or the second of each month?
        ("every second thursday 10:00", "frequency", "second", ()),
        ("monthly tue 10:00", "week", "", ()),
        ("monthly fifth tue 10:00", "week", "fifth", ()),
        ("monthly first last tue 10:00", "week", "first last", ()),
        ("weekly", "weekday", "", ()),
        ("weekly 9:00", "weekday", "", ()),
        ("monthly last 9:00", "weekday", "", ()),
        ("weekly mnoday 9:00", "weekday", "mnoday", ("monday",)),
        ("weekly mon and thu 9:00", "weekday", "mon thu", ()),
        ("weekly mon", "time", "", ()),
        ("weekly mon berlin", "time", "", ()),
        ("weekly mon nine", "time", "nine", ()),
        ("weekly mon midnight", "time", "midnight", ()),
        ("weekly mon 25:00", "time", "25:00", ()),
        ("weekly mon 24:00", "time", "24:00", ()),
        ("weekly mon 9:60", "time", "9:60", ()),
        ("weekly mon 9:5", "time", "9:5", ()),
        ("weekly mon 9:00:30", "time", "9:00:30", ()),
        ("weekly mon 13pm", "time", "13pm", ()),
        ("weekly mon 0am", "time", "0am", ()),
        ("weekly mon 9:00 and 14:00", "time", "9:00 14:00", ()),
        ("weekly mon 9:00 from 2026-11-30", "from", "2026-11-30", ()),
        ("monthly first mon 9:00 from 2026-11-30", "from", "2026-11-30", ()),
        ("every 2 weeks thu 16:00 from 2026-11-25", "from", "2026-11-25", ("2026-11-26",)),
        ("every 2 weeks thu 16:00 from 2026-13-45", "from", "2026-13-45", ()),
        ("every 2 weeks thu 16:00 from whenever", "from", "whenever", ()),
        ("every 2 weeks thu 16:00 from", "from", "", ()),
        ("weekly mon 9:00 PST", "zone", "pst", ()),
        ("weekly mon 9:00 GMT+5", "zone", "gmt+5", ()),
        ("weekly mon 9:00 sharp in berlin", "zone", "sharp Europe/Berlin", ()),
    ],
)
def test_what_was_not_understood_is_named(text: str, part: str, typed: str, nearest: tuple[str, ...]) -> None:
    found = problem(text)
    assert (found.part, found.typed) == (part, typed)
    assert found.nearest == nearest or part == "zone"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("berln", "Europe/Berlin"), ("Europe/Berln", "Europe/Berlin"), ("New Yrok", "America/New_York")],
)
def test_an_unknown_zone_offers_the_nearest(typed: str, meant: str) -> None:
    found = problem(f"weekly mon 9:00 {typed}")
    assert (found.part, found.typed, found.nearest[0]) == ("zone", typed.lower(), meant)


def test_a_zone_that_was_not_typed_must_be_one_too() -> None:
    with pytest.raises(UnreadCadenceError) as caught:
        parse_cadence("weekly mon 9:00", "Europe/Berln", WEDNESDAY)
    assert (caught.value.part, caught.value.typed) == ("zone", "Europe/Berln")
    assert parse_cadence("weekly mon 9:00 utc", "Europe/Berln", WEDNESDAY).zone == "UTC"


@pytest.mark.parametrize("text", ["weekly mon 9:00", "monthly tue 10:00 utc", "every 2 weeks thu 16:00 UTC"])
def test_what_does_not_say_all_is_no_text_that_was_kept(text: str) -> None:
    with pytest.raises(UnreadCadenceError):
        stored_cadence(text)


@pytest.mark.parametrize(
    "text", ["weekly mon 09:30 Europe/Berlin", "monthly last fri 15:00 UTC", "every 2 weeks thu 16:00"]
)
def test_a_cadence_in_words_can_be_typed(text: str) -> None:
    cadence = parse(text)
    assert parse(cadence_in_words(cadence)) == cadence


PIECES = st.sampled_from([
    "weekly", "every", "other", "second", "first", "last", "monthly", "of", "the", "month", "weeks",
    "fortnight", "mon", "tue", "fridays", "9", "9:30am", "25:00", "noon", "at", "from", "2026-11-26",
    "berlin", "new", "york", "utc", "and", "2", "eight", "(", ",", ".", "-", "\u00e9", "\uff19", "\u0130",
])  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map(" ".join)))
def test_whatever_is_typed_is_a_cadence_or_a_named_problem(text: str) -> None:
    try:
        cadence = parse(text)
    except UnreadCadenceError as found:
        assert found.part in {"frequency", "week", "weekday", "time", "from", "zone"}  # noqa: PT017 - either may be
    else:
        assert stored_cadence(format_cadence(cadence)) == cadence


def test_a_very_long_text_is_a_problem_at_once() -> None:
    assert problem("weekly mon 9:00 " + "x " * 5000).part == "zone"
    assert problem("every " * 5000).part == "frequency"
    assert problem("1" * 20_000).part == "frequency"
