"""Slack's `<!date^...>`: an instant in words, in the zone of whoever reads it."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.local.browser.scene import Scene

_TOKEN = re.compile(r"\{([a-z_]+)\}")
_DAYS_WITHOUT_YEAR = 180
"""Slack leaves the year out of a date that is less than about six months away."""
_PRETTY = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_TEENS = range(10, 20)


def read_instant(seconds: str, zone: ZoneInfo) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds), tz=UTC).astimezone(zone)
    except (ValueError, OverflowError, OSError):
        return None


def write_date(seconds: str, template: str, scene: Scene) -> str | None:
    """The template with its tokens written out; None if the instant or a token is not one."""
    at = read_instant(seconds, scene.zone)
    if at is None:
        return None
    today = scene.now.astimezone(scene.zone).date()
    written = []
    end = 0
    for token in _TOKEN.finditer(template):
        word = _write_token(token[1], at, today, scene.now)
        if word is None:
            return None
        opens = not template[: token.start()].strip()
        written += [template[end : token.start()], word[:1].upper() + word[1:] if opens else word]
        end = token.end()
    return "".join([*written, template[end:]])


def write_time(at: datetime) -> str:
    return f"{at.hour % 12 or 12}:{at:%M %p}"


def write_day(day: date, today: date) -> str:
    """The heading over a day's messages."""
    pretty = _PRETTY.get((day - today).days)
    if pretty in {"yesterday", "today"}:
        return pretty.capitalize()
    return _write_long(day, today)


def _write_token(name: str, at: datetime, today: date, now: datetime) -> str | None:
    day = at.date()
    if name == "time":
        return write_time(at)
    if name == "time_secs":
        return f"{at.hour % 12 or 12}:{at:%M:%S %p}"
    if name == "ago":
        return _write_ago(at - now)
    pretty = _PRETTY.get((day - today).days)
    if name.endswith("_pretty") and pretty:
        return pretty
    return {
        "date_num": day.isoformat(),
        "date_slash": f"{day:%m/%d/%Y}",
        "date": f"{day:%B} {_ordinal(day.day)}" + _write_year(day, today),
        "date_pretty": f"{day:%B} {_ordinal(day.day)}" + _write_year(day, today),
        "date_short": f"{day:%b} {day.day}" + _write_year(day, today),
        "date_short_pretty": f"{day:%b} {day.day}" + _write_year(day, today),
        "date_long": _write_long(day, today),
        "date_long_pretty": _write_long(day, today),
        "date_long_full": f"{day:%A}, {day:%B} {_ordinal(day.day)}, {day.year}",
        "day_divider_pretty": _write_long(day, today),
    }.get(name)


def _write_long(day: date, today: date) -> str:
    return f"{day:%A}, {day:%B} {_ordinal(day.day)}" + _write_year(day, today)


def _write_year(day: date, today: date) -> str:
    return "" if abs((day - today).days) < _DAYS_WITHOUT_YEAR else f", {day.year}"


def _ordinal(number: int) -> str:
    ending = "th" if number in _TEENS else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _write_ago(distance: timedelta) -> str:
    seconds = abs(distance.total_seconds())
    for name, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        count = int(seconds // size)
        if count:
            words = f"{count} {name}{'s' if count > 1 else ''}"
            return f"in {words}" if distance > timedelta() else f"{words} ago"
    return "just now"
