"""The days off in a calendar file (iCalendar, RFC 5545): its all-day events, recurring ones too. Pure.

Events at a time of day are no days off, and cancelled ones are none either.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.domain.command_line import clean
from bot.domain.day_ranges import DayRange

_Event = Any
"""icalendar's: what stands in one may be of a dozen types, and is looked at here."""

LARGEST = 5_000_000
"""Bytes of a file that is read."""
LONGEST_NAME = 150
UNNAMED = "Day off"
_DAY = timedelta(days=1)
_LONGEST = timedelta(days=366)
_EARLIEST = date(1900, 1, 1)
"""A recurring event that began before is not followed to today, day by day."""
_KNOWN = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})


class NotACalendarError(ValueError):
    """The file is no calendar, or one that cannot be read."""


@dataclass(slots=True)
class CalendarDays:
    """`days` in order, with their names. Of all `events`, so many are `timed`; `unread` ones by name."""

    days: dict[date, str]
    events: int = 0
    timed: int = 0
    unread: list[str] = field(default_factory=list)


def read_calendar(text: bytes, since: date, until: date) -> CalendarDays:
    """The days off from `since` to `until`, both included. Raises NotACalendarError."""
    # Slow to import, and needed for this alone.
    from icalendar import Calendar  # noqa: PLC0415 - slow to import, and seldom needed

    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        # Whatever the library trips over: it was made for calendars, and is given any file here.
        raise NotACalendarError from error
    if not calendars or any(each.name != "VCALENDAR" for each in calendars):
        raise NotACalendarError
    found = CalendarDays({})
    names: defaultdict[date, list[str]] = defaultdict(list)
    for calendar in calendars:
        _read(calendar, DayRange(since, until, ""), found, names)
    found.days = {day: _joined(names[day]) for day in sorted(names)}
    return found


def _read(calendar: _Event, wanted: DayRange, found: CalendarDays, names: dict[date, list[str]]) -> None:
    events = [each for each in calendar.walk("VEVENT") if str(each.get("STATUS", "")).upper() != "CANCELLED"]
    # An occurrence that was moved, renamed or called off stands for itself, in place of the regular one.
    replaced = {
        (str(each.get("UID")), day)
        for each in calendar.walk("VEVENT")
        if (day := _date_of(each, "RECURRENCE-ID")) is not None
    }
    for event in events:
        found.events += 1
        name = clean(str(event.get("SUMMARY", "")))[:LONGEST_NAME] or UNNAMED
        try:
            span = _span(event)
            if span is None:
                found.timed += 1
                continue
            first, length = span
            uid = None if _date_of(event, "RECURRENCE-ID") else str(event.get("UID"))
            for begin in _begins(event, first, DayRange(wanted.first - length, wanted.last, "")):
                if (uid, begin) not in replaced:
                    _add(names, DayRange(begin, begin + length - _DAY, name), wanted)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            # One event that says something odd does not cost the others.
            found.unread.append(name)


def _span(event: _Event) -> tuple[date, timedelta] | None:
    """The first day, and how many days; None for an event at a time of day."""
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if "DTEND" in event else None
    if end is None and "DURATION" in event:
        end = start + event["DURATION"].dt
    if isinstance(start, datetime):
        # Some programs write whole days from midnight to midnight.
        if not isinstance(end, datetime) or start.time() != time() or end.time() != time() or end <= start:
            return None
        start, end = start.date(), end.date()
    elif isinstance(end, datetime):
        end = end.date()
    length = max(end - start, _DAY) if end is not None else _DAY
    if length > _LONGEST:
        raise ValueError("an event of more than a year")
    return start, length


def _begins(event: _Event, first: date, wanted: DayRange) -> Iterator[date]:
    """On which days it begins, as far as that is within the days that are wanted."""
    # Neither is needed but for what repeats.
    from dateutil.rrule import rruleset, rrulestr  # noqa: PLC0415 - slow to import, and seldom needed

    dates: Any = rruleset(cache=False)
    dates.rdate(_midnight(first))
    for rule in _listed(event.get("RRULE")):
        if str(rule.get("FREQ", [""])[0]).upper() not in _KNOWN or int(rule.get("INTERVAL", [1])[0]) < 1:
            raise ValueError("a rule that is none for days")
        if first < _EARLIEST:
            raise ValueError("a rule from long ago")
        # Without a zone, as all days are here; the library wants both with one or both without.
        plain = rule.copy()
        plain.update({"UNTIL": [_midnight(_day(rule["UNTIL"][0]))]} if "UNTIL" in rule else {})
        dates.rrule(rrulestr(plain.to_ical().decode(), dtstart=_midnight(first)))
    for each in _listed(event.get("RDATE")):
        for value in each.dts:
            dates.rdate(_midnight(_day(value.dt)))
    for each in _listed(event.get("EXDATE")):
        for value in each.dts:
            dates.exdate(_midnight(_day(value.dt)))
    for found in dates.between(_midnight(wanted.first), _midnight(wanted.last), inc=True):
        yield found.date()


def _add(names: dict[date, list[str]], event: DayRange, wanted: DayRange) -> None:
    for day in event.days():
        if wanted.first <= day <= wanted.last and event.name not in names[day]:
            names[day].append(event.name)


def _joined(names: list[str]) -> str:
    """Several of one day together, as far as they are short enough."""
    joined = ", ".join(names)
    return joined if len(joined) <= LONGEST_NAME else names[0]


def _date_of(event: _Event, name: str) -> date | None:
    value = event.get(name)
    return None if value is None else _day(value.dt)


def _day(value: Any) -> date:  # noqa: ANN401 - a date, a time, or a period that begins with one
    if isinstance(value, tuple):
        value = value[0]
    day: date = value.date() if isinstance(value, datetime) else value
    return day


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - the library gives one, or a list of them
    return [] if value is None else value if isinstance(value, list) else [value]
