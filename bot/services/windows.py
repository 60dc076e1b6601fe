"""How long a round is open, and when in it people are reminded."""

from collections.abc import Container
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.domain.working_days import point_in_window, window_end

WORKING_DAYS = 2
"""How long a round is open."""
LATE = timedelta(hours=1)
"""A prompt that is later than this gets its whole window, from when people can read it."""
_HOURS = (9, 17)
"""Within which people are reminded, where the project is asked: nobody at 23:54."""


class Window(NamedTuple):
    closes_at: datetime
    reminds_at: datetime


def window_from(
    opened_at: datetime, zone: str, days_off: Container[date], working_days: int = WORKING_DAYS
) -> Window:
    """In UTC; `zone`: IANA's name of that in which the project is asked."""
    closes_at = window_end(opened_at, zone, days_off, working_days)
    return Window(closes_at, reminder_in(opened_at, closes_at, zone, days_off))


def reminder_in(opened_at: datetime, closes_at: datetime, zone: str, days_off: Container[date]) -> datetime:
    """At 80% of a window, on a working day and in its working hours; in UTC."""
    return point_in_window(opened_at, closes_at, zone, days_off, hours=_HOURS)
