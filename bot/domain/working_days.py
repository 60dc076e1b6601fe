"""Working days: Monday to Friday, and not off. What a check-in's window makes of them. Pure."""

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

NO_DAYS: frozenset[date] = frozenset()
_FRIDAY = 4
_DAY = timedelta(days=1)
_MOST_DAYS = 2 * 366
"""How long a row of days off is followed."""
_HOURS = 24


def instant(day: date, at: time, zone: tzinfo) -> datetime:
    """When the wall clock of a zone shows a time on a day, in UTC: the first time that it does.

    A time that the clock jumps over is as much later as it jumps: 02:30 is 03:30.
    """
    # Python reads a time without a fold by the offset from before the change, which means both (PEP 495).
    return datetime.combine(day, at, zone).astimezone(UTC)


def is_working_day(day: date, days_off: Container[date] = NO_DAYS) -> bool:
    return day.weekday() <= _FRIDAY and day not in days_off


def next_working_day(
    day: date, days_off: Container[date] = NO_DAYS, before: date | None = None
) -> date | None:
    """The first working day after a day; None when there is none before `before`, or in two years."""
    last = day + timedelta(days=_MOST_DAYS)
    if before is not None:
        last = min(last, before - _DAY)
    while day < last:
        day += _DAY
        if is_working_day(day, days_off):
            return day
    return None


def window_end(
    opened_at: datetime, zone: str, days_off: Container[date] = NO_DAYS, working_days: int = 2
) -> datetime:
    """The same time on the wall clock, that many working days later, in UTC.

    Where two years bring no working day, days off count no more, and it is the next Monday to Friday.
    """
    here = ZoneInfo(zone)
    local = opened_at.astimezone(here)
    day = local.date()
    for _ in range(working_days):
        day = next_working_day(day, days_off) or next_working_day(day) or day + _DAY
    # Of an hour that is there twice, `time()` keeps which of the two it is.
    return instant(day, local.time(), here)


def point_in_window(
    opened_at: datetime,
    closes_at: datetime,
    zone: str,
    days_off: Container[date] = NO_DAYS,
    *,
    share: float = 0.8,
    hours: tuple[int, int] = (0, _HOURS),
) -> datetime:
    """When a share of the window is over, in UTC, where only working days count, and of them only some hours.

    So it is on a working day, within those hours. A window without such a time is measured by all its hours.
    """
    here = ZoneInfo(zone)
    counted = _counted(opened_at.astimezone(UTC), closes_at.astimezone(UTC), here, days_off, hours)
    rest = sum((end - start for start, end in counted), timedelta()) * share
    for start, end in counted:
        # At the end of a stretch is the start of the next: midnight after Friday is Saturday.
        if rest < end - start:
            return start + rest
        rest -= end - start
    return closes_at.astimezone(UTC)


def _counted(
    opened_at: datetime,
    closes_at: datetime,
    zone: ZoneInfo,
    days_off: Container[date],
    hours: tuple[int, int],
) -> list[tuple[datetime, datetime]]:
    """The stretches of a window that count, in order; the whole window when none does."""
    found = []
    day, last = opened_at.astimezone(zone).date(), closes_at.astimezone(zone).date()
    while day <= last:
        if is_working_day(day, days_off):
            start = max(opened_at, _hour(day, hours[0], zone))
            end = min(closes_at, _hour(day, hours[1], zone))
            if start < end:
                found.append((start, end))
        day += _DAY
    return found or [(opened_at, closes_at)]


def _hour(day: date, hour: int, zone: ZoneInfo) -> datetime:
    days, hour = divmod(hour, _HOURS)
    return instant(day + days * _DAY, time(hour), zone)
