"""When a project checks in: the next prompts of a cadence, and a cadence as text. Pure.

A cadence is kept on the wall clock of its zone, and answered in UTC:

- A local time that does not exist (02:30 on the night on which 02:00 becomes 03:00) is as much later as the
  clock jumps: 03:30, as in calendars (RFC 5545). The minute stays, and so does the time when a whole country
  leaves out a day. One that exists twice is its first.
- A prompt on a day off moves to the next working day (Monday to Friday, and not off) at the same time. When
  that would be on the cadence's next regular day or later, the two are one, that day's: never two on one day.
- A weekday that somebody chose is no day off for being a Saturday or a Sunday.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.working_days import NO_DAYS, instant, next_working_day
from storage.records import EVERY_DAYS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
MOST_WEEKS = 8
SEARCHED = timedelta(days=2 * 366)
"""How far beyond `after` a prompt is looked for."""
_WEEK = 7
_MONTH = 31
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cadence:
    """When a project checks in. Values that contradict each other are a ValueError.

    `weeks`: from one prompt to the next, 1 to 8; 0 for monthly. `nth`: for monthly, which of the month's days
    of that weekday, 1 to 4, or -1 for the last; else 0. `weekday`: 0 is Monday. `at`: on the wall clock of
    `zone` (IANA's name), to the minute. `since`: for two weeks and more, the cycle's first day; nothing is
    due before it.
    """

    weeks: int
    nth: int
    weekday: int
    at: time
    zone: str
    since: date | None

    def __post_init__(self) -> None:
        is_known = self.nth in NTH if self.weeks == 0 else 1 <= self.weeks <= MOST_WEEKS and self.nth == 0
        if not is_known or not 0 <= self.weekday < _WEEK:
            raise ValueError(f"no such cadence: weeks {self.weeks}, nth {self.nth}, weekday {self.weekday}")
        if self.at.tzinfo or self.at.second or self.at.microsecond:
            raise ValueError("a cadence's time is on the wall clock, to the minute")
        if (self.since is not None) != (self.weeks > 1):
            raise ValueError("a cadence has a first day when its prompts are two weeks apart or more")
        if self.since is not None and self.since.weekday() != self.weekday:
            raise ValueError("a cadence's first day is of its weekday")


@dataclass(frozen=True, slots=True)
class Slot:
    """A prompt that is due, `at` in UTC. `moved_from`: the day off that it would have been on, there."""

    at: datetime
    moved_from: date | None


def next_slot(cadence: Cadence, after: datetime, days_off: Container[date] = NO_DAYS) -> Slot | None:
    """The first prompt strictly after an aware instant.

    None when every day on which it could be, for two years, is off: then there is nothing to wait for.
    `ZoneInfoNotFoundError` when this machine does not know the zone.
    """
    zone = ZoneInfo(cadence.zone)
    # Later slots cannot be on a day before this one, and earlier ones have been: see `_kept_on`.
    day = _regular_until(cadence, after.astimezone(zone).date())
    last = day + SEARCHED
    while day <= last:
        following = _regular_after(cadence, day)
        kept = _kept_on(day, following, days_off)
        if kept is not None:
            at = instant(kept, cadence.at, zone)
            if at > after:
                return Slot(at, None if kept == day else day)
        day = following
    return None


def upcoming(
    cadence: Cadence, after: datetime, count: int, days_off: Container[date] = NO_DAYS
) -> list[Slot]:
    """The next prompts, in order: as many as asked for, or fewer where `next_slot` finds no more."""
    slots: list[Slot] = []
    while len(slots) < count:
        slot = next_slot(cadence, slots[-1].at if slots else after, days_off)
        if slot is None:
            break
        slots.append(slot)
    return slots


def format_cadence(cadence: Cadence) -> str:
    """The one text of a cadence that is kept: `stored_cadence` makes the same cadence of it.

    `weekly mon 09:30 Europe/Berlin`, `every 2 weeks thu 16:00 Europe/Berlin from 2026-11-26`,
    `monthly first tue 10:00 Africa/Nairobi`.
    """
    when = f"{WEEKDAYS[cadence.weekday][:3].lower()} {cadence.at:%H:%M} {cadence.zone}"
    if cadence.weeks == 0:
        return f"monthly {NTH[cadence.nth]} {when}"
    if cadence.since is None:
        return f"weekly {when}"
    return f"every {cadence.weeks} weeks {when} from {cadence.since.isoformat()}"


def cadence_in_words(cadence: Cadence) -> str:
    """For people: `every Monday at 09:30 (Europe/Berlin)`, `on the first Tuesday of the month at ...`."""
    weekday = WEEKDAYS[cadence.weekday]
    when = f"at {cadence.at:%H:%M} ({cadence.zone})"
    if cadence.weeks == 0:
        return f"on the {NTH[cadence.nth]} {weekday} of the month {when}"
    if cadence.weeks == 1:
        return f"every {weekday} {when}"
    return f"every {cadence.weeks} weeks on {weekday} {when}"


def every_days(cadence: Cadence | None) -> int:
    """About how many days lie between two prompts; the usual, for a project that is not asked."""
    if cadence is None:
        return EVERY_DAYS
    return cadence.weeks * _WEEK or _MONTH


def _kept_on(day: date, following: date, days_off: Container[date]) -> date | None:
    """The day of the prompt of a regular day; None when it is one with the following regular day's."""
    if day not in days_off:
        return day
    return next_working_day(day, days_off, before=following)


def _regular_until(cadence: Cadence, day: date) -> date:
    """The last regular day that is not after a day; the cadence's first when all are."""
    if cadence.weeks == 0:
        found = _nth_of_month(cadence, day.year, day.month)
        if found <= day:
            return found
        before = date(day.year, day.month, 1) - _DAY
        return _nth_of_month(cadence, before.year, before.month)
    if cadence.since is None:
        return day - timedelta(days=(day.weekday() - cadence.weekday) % _WEEK)
    if day < cadence.since:
        return cadence.since
    return day - timedelta(days=(day - cadence.since).days % (cadence.weeks * _WEEK))


def _regular_after(cadence: Cadence, regular: date) -> date:
    """The regular day that follows a regular day."""
    if cadence.weeks:
        return regular + timedelta(weeks=cadence.weeks)
    december = 12
    if regular.month == december:
        return _nth_of_month(cadence, regular.year + 1, 1)
    return _nth_of_month(cadence, regular.year, regular.month + 1)


def _nth_of_month(cadence: Cadence, year: int, month: int) -> date:
    first = date(year, month, 1)
    first += timedelta(days=(cadence.weekday - first.weekday()) % _WEEK)
    if cadence.nth > 0:
        return first + timedelta(weeks=cadence.nth - 1)
    fifth = first + timedelta(weeks=4)
    return fifth if fifth.month == month else fifth - timedelta(weeks=1)
