"""How long ago, in words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ages import age_changes_at, age_in_words

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(), "just now"),
        (timedelta(days=-3), "just now"),
        (timedelta(seconds=119), "just now"),
        (timedelta(minutes=2), "2 minutes ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=23, minutes=59), "23 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=20, hours=23), "20 days ago"),
        (timedelta(days=21), "3 weeks ago"),
        (timedelta(days=89), "12 weeks ago"),
        (timedelta(days=90), "3 months ago"),
        (timedelta(days=364), "12 months ago"),
        (timedelta(days=365), "1 year ago"),
        (timedelta(days=3 * 365), "3 years ago"),
    ],
)
def test_an_age_is_said_in_the_largest_unit_that_fits(age: timedelta, words: str) -> None:
    assert age_in_words(NOW - age, NOW) == words


def test_an_age_is_the_same_in_every_zone() -> None:
    there = (NOW - timedelta(days=5)).astimezone(ZoneInfo("Pacific/Auckland"))

    assert age_in_words(there, NOW) == "5 days ago"


@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_what_is_older_never_sounds_younger(seconds: int, more: int) -> None:
    units = {"minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2592000, "year": 31536000}

    def least(age: int) -> int:
        words = age_in_words(NOW - timedelta(seconds=age), NOW)
        count, unit, *_ = [*words.split(), ""]
        return 0 if words == "just now" else int(count) * units[unit.removesuffix("s")]

    assert least(seconds) <= least(seconds + more)
    assert least(seconds) <= seconds


@given(seconds=st.integers(-1_000, 4 * 365 * 86_400), thousandths=st.integers(0, 999))
def test_an_age_holds_until_it_changes_and_no_longer(seconds: int, thousandths: int) -> None:
    then = NOW - timedelta(seconds=seconds)
    said = age_in_words(then, NOW)

    until = age_changes_at(then, NOW)

    assert until > NOW
    assert age_in_words(then, NOW + (until - NOW) * thousandths / 1000) == said
    assert age_in_words(then, until - timedelta(microseconds=1)) == said
    assert age_in_words(then, until) != said
