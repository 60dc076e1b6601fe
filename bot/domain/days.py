"""A day as people write it: `2026-12-24`, `24 Dec`, `next friday`, `in 3 weeks`, `end of march`. Pure.

Words without a year mean the day that is nearest in the wanted direction, today included; a weekday is never
today ("friday", said on a Friday, is the one a week away). A month alone is its last day. Nothing is guessed:
`03/04/2026` is two days, so it is none; a time of day is no part of a day.
"""

import calendar
import re
from datetime import UTC, date, datetime, time, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Direction = Literal["future", "past"]

_LONGEST = 60
"""Characters of a day in words."""
_FIRST_YEAR = 2000
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})")
_MONTHS = {
    name.lower(): n for names in (calendar.month_name, calendar.month_abbr) for n, name in enumerate(names)
}
_WEEKDAYS = {
    name.lower(): n for names in (calendar.day_name, calendar.day_abbr) for n, name in enumerate(names)
}
_MONTH = "|".join(sorted((name for name in _MONTHS if name), key=len, reverse=True))
_WEEKDAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_WHOLE_MONTH = re.compile(rf"(?:the )?(?:end of |in )?({_MONTH})\.?,?(?: ([12]\d{{3}}))?")
_END = re.compile(r"(?:the )?end of (?:the |this )?(next |last )?(month|quarter|year)")
_SAYS_A_DAY = re.compile(
    rf"\b(?:{_WEEKDAY}|today|tomorrow|yesterday|fortnights?|days?|weeks?|months?|years?)\b"
    rf"|(?:\b|\d)(?:{_MONTH})\b|\d(?:st|nd|rd|th)\b"
)
_SAYS_A_TIME = re.compile(
    r"\d[:.]\d|\b(?:hours?|minutes?|seconds?|mins?|secs?|noon|midnight)\b|\d ?[ap]\.?m\b"
)
_A_WEEKDAY = re.compile(rf"\b({_WEEKDAY})\b")


def zone_of(name: str) -> tzinfo:
    """The zone of this name; UTC for one that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """The last instant of a day in a zone, in UTC."""
    # The next day's midnight may not exist there: the wall clock is read as it stood before the change.
    return datetime.combine(day, time.max, zone).astimezone(UTC)


def parse_day(text: str, today: date, direction: Direction = "future") -> date | None:
    """The one day that the text means; None when it means none, or could mean several."""
    words = _words(text)
    found = readings(words)
    if found or len(words) > _LONGEST:
        return found[0] if len(found) == 1 else None
    return _end_of(words, today, direction) or _by_library(words, today, direction)


def readings(text: str) -> tuple[date, ...]:
    """The days that a text of numbers alone could mean: day first, and month first."""
    if match := _ISO.fullmatch(_words(text)):
        return _existing((int(match[1]), int(match[3]), int(match[4])))
    if match := _NUMBERS.fullmatch(_words(text)):
        year = int(match[4]) + (_FIRST_YEAR if len(match[4]) == 2 else 0)  # noqa: PLR2004 - two digits of a year
        return _existing((year, int(match[3]), int(match[1])), (year, int(match[1]), int(match[3])))
    return ()


def contradicts(text: str, day: date) -> bool:
    """Whether the text names a weekday beside a date, and the date is another weekday."""
    named = _A_WEEKDAY.search(_words(text))
    return named is not None and any(c.isdigit() for c in text) and _WEEKDAYS[named[1]] != day.weekday()


def _words(text: str) -> str:
    return " ".join(text.lower().split()).strip(" .,;!")


def _existing(*of: tuple[int, int, int]) -> tuple[date, ...]:
    found = []
    for year, month, day in of:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return tuple(dict.fromkeys(found))


def _end_of(words: str, today: date, direction: Direction) -> date | None:
    """The last day of a month, a quarter or a year."""
    if match := _WHOLE_MONTH.fullmatch(words):
        month = _MONTHS[match[1]]
        if match[2]:
            return _last_day(int(match[2]), month)
        day = _last_day(today.year, month)
        if direction == "future":
            return day if day >= today else _last_day(today.year + 1, month)
        return day if day <= today else _last_day(today.year - 1, month)
    if match := _END.fullmatch(words):
        months = {"month": 1, "quarter": 3, "year": 12}[match[2]]
        steps = {"next ": 1, "last ": -1}.get(match[1], 0)
        last = (today.month - 1) // months * months + months - 1 + steps * months
        return _last_day(today.year + last // 12, last % 12 + 1)
    return None


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _by_library(words: str, today: date, direction: Direction) -> date | None:
    if not _SAYS_A_DAY.search(words) or _SAYS_A_TIME.search(words):
        return None
    day = _parsed(words, today, direction)
    if direction == "future" and _parsed(words, today, "past") == today:
        # The library takes "4 May", said on that day, for the one of next year.
        return today
    return day if day and day.year >= _FIRST_YEAR else None


def _parsed(words: str, today: date, direction: Direction) -> date | None:
    # Slow to import, and needed for a few commands only.
    from dateparser.date import DateDataParser  # noqa: PLC0415 - slow to import, and seldom needed

    settings = {
        "RELATIVE_BASE": datetime.combine(today, time()),
        "PREFER_DATES_FROM": direction,
        "RETURN_AS_TIMEZONE_AWARE": False,
        "PARSERS": ["relative-time", "absolute-time"],
    }
    found = DateDataParser(languages=["en"], settings=settings).get_date_data(words).date_obj
    return found.date() if found else None
