"""When somebody may be written to: at one hour of their own day, on working days, and not too often. Pure."""

from collections.abc import Container, Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.working_days import NO_DAYS, instant, is_working_day, next_working_day

AT = time(9, 0)
BUDGET = 3
"""Messages to one person in a week, where the workspace says nothing else."""
MOST = 5
"""A workspace cannot have more: there is one a day, on working days."""
LATE = timedelta(hours=3)
"""What is not said by then, because the bot was down or Slack did not take it, waits for the next day."""
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


class Wish(StrEnum):
    """How often somebody wants to be reminded."""

    USUAL = "usual"
    LESS = "less"
    DIGEST = "digest"
    NEVER = "never"


class Turn(NamedTuple):
    """A day on which somebody is written to, and the instant that their turn begins."""

    day: date
    begins_at: datetime


def turn_at(now: datetime, zone: ZoneInfo, at: time, days_off: Container[date] = NO_DAYS) -> Turn | None:
    """The turn that it is now: it began less than LATE ago, on a working day. None when it is none."""
    today = now.astimezone(zone).date()
    # One that began late in the evening goes on after midnight.
    for day in (today, today - _DAY):
        begins_at = instant(day, at, zone)
        if begins_at <= now < begins_at + LATE and is_working_day(day, days_off):
            return Turn(day, begins_at)
    return None


def next_look(now: datetime, zone: ZoneInfo, at: time) -> datetime:
    """When the clock next shows that time. Whether that is on a working day is asked then: it may change."""
    day = now.astimezone(zone).date() - _DAY
    while (found := instant(day, at, zone)) <= now:
        day += _DAY
    return found


def next_turn(now: datetime, zone: ZoneInfo, at: time, days_off: Container[date] = NO_DAYS) -> datetime:
    """When the next turn on a working day begins, after now."""
    look = next_look(now, zone, at)
    while not is_working_day(look.astimezone(zone).date(), days_off):
        day = look.astimezone(zone).date()
        following = next_working_day(day, days_off) or next_working_day(day) or day + _DAY
        look = instant(following, at, zone)
    return look


def may_write(written_on: Iterable[date], today: date, wish: Wish, budget: int) -> bool:
    """One message a day, and in any seven days in a row no more than the budget; one for who wants less.

    `written_on`: the days of the messages that they had, each in their own calendar.
    """
    recent = [day for day in written_on if day > today - _WEEK]
    # A day ahead of today: a clock was set back, or somebody has flown west.
    return today not in recent and len(recent) < budget_of(wish, budget)


def budget_of(wish: Wish, budget: int) -> int:
    """How many messages a week."""
    match wish:
        case Wish.USUAL:
            return budget
        case Wish.LESS:
            return min(1, budget)
        case Wish.DIGEST | Wish.NEVER:
            return 0
