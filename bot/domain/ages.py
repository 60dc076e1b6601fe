"""How long ago, in words. Pure."""

from datetime import datetime

_HOUR = 3600
_DAY = 24 * _HOUR


def age_in_words(then: datetime, now: datetime) -> str:
    """In the largest unit that fits: "just now", "5 hours ago", "12 days ago", "7 weeks ago", "3 years ago".

    Elapsed time, not calendar days, so that it says the same in every time zone.
    """
    seconds = max(0, int((now - then).total_seconds()))
    for unit, length, least in (
        ("year", 365 * _DAY, 365 * _DAY),
        ("month", 30 * _DAY, 90 * _DAY),
        ("week", 7 * _DAY, 21 * _DAY),
        ("day", _DAY, _DAY),
        ("hour", _HOUR, _HOUR),
        ("minute", 60, 120),
    ):
        if seconds >= least:
            count = seconds // length
            return f"{count} {unit}{'s' if count != 1 else ''} ago"
    return "just now"
