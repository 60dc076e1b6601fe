"""When somebody may be written to: the hour, the working day, the budget."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.reminder_hours import AT, Wish, may_write, next_look, next_turn, turn_at

TODAY = date(2026, 5, 8)
BERLIN, KOLKATA = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "zone", "day"),
    [
        ("2026-05-04 06:59:59", BERLIN, None),
        ("2026-05-04 07:00:00", BERLIN, date(2026, 5, 4)),
        ("2026-05-04 09:59:59", BERLIN, date(2026, 5, 4)),
        ("2026-05-04 10:00:00", BERLIN, None),
        ("2026-05-04 03:30:00", KOLKATA, date(2026, 5, 4)),
        # The day after the clocks went forward, and a week before.
        ("2026-03-30 07:00:00", BERLIN, date(2026, 3, 30)),
        ("2026-03-23 08:00:00", BERLIN, date(2026, 3, 23)),
        # Saturday, Sunday, a day off.
        ("2026-05-09 07:00:00", BERLIN, None),
        ("2026-05-10 07:00:00", BERLIN, None),
        ("2026-05-14 07:00:00", BERLIN, None),
    ],
)
def test_whose_turn_it_is(now: str, zone: ZoneInfo, day: date | None) -> None:
    found = turn_at(at(now), zone, AT, {date(2026, 5, 14)})
    assert (found and found.day) == day


def test_a_turn_late_in_the_evening_goes_on_after_midnight() -> None:
    found = turn_at(at("2026-05-05 00:15"), ZoneInfo("UTC"), time(23, 30))
    assert found is not None
    assert found.day == date(2026, 5, 4)


def test_what_was_not_said_in_time_is_said_until_noon() -> None:
    assert turn_at(at("2026-05-04 09:59"), BERLIN, AT) is not None
    assert turn_at(at("2026-05-04 10:00"), BERLIN, AT) is None


@pytest.mark.parametrize(
    ("now", "look", "turn"),
    [
        ("2026-05-04 06:00", "2026-05-04 07:00", "2026-05-04 07:00"),
        ("2026-05-04 07:00", "2026-05-05 07:00", "2026-05-05 07:00"),
        ("2026-05-08 07:00", "2026-05-09 07:00", "2026-05-11 07:00"),
        ("2026-05-13 07:00", "2026-05-14 07:00", "2026-05-15 07:00"),
        ("2026-03-28 08:00", "2026-03-29 07:00", "2026-03-30 07:00"),
    ],
)
def test_what_comes_next(now: str, look: str, turn: str) -> None:
    assert next_look(at(now), BERLIN, AT) == at(look)
    assert next_turn(at(now), BERLIN, AT, {date(2026, 5, 14)}) == at(turn)


def ago(*days: int) -> list[date]:
    return [TODAY - timedelta(days=number) for number in days]


@pytest.mark.parametrize(
    ("written_on", "wish", "budget", "may"),
    [
        (ago(), Wish.USUAL, 3, True),
        (ago(0), Wish.USUAL, 3, False),
        (ago(1, 2), Wish.USUAL, 3, True),
        (ago(1, 2, 3), Wish.USUAL, 3, False),
        (ago(1, 2, 6), Wish.USUAL, 3, False),
        (ago(1, 2, 7), Wish.USUAL, 3, True),
        (ago(1, 2, 3, 4), Wish.USUAL, 5, True),
        (ago(6), Wish.LESS, 3, False),
        (ago(7), Wish.LESS, 3, True),
        (ago(), Wish.DIGEST, 3, False),
        (ago(), Wish.NEVER, 3, False),
        (ago(), Wish.USUAL, 0, False),
        (ago(), Wish.LESS, 0, False),
        # Of a clock that was set back.
        (ago(-1), Wish.USUAL, 1, False),
    ],
)
def test_one_a_day_and_so_many_in_any_seven_days(
    written_on: list[date], wish: Wish, budget: int, *, may: bool
) -> None:
    assert may_write(written_on, TODAY, wish, budget) is may
