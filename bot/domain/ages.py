"""How long ago, in words, and until when the words hold. Pure."""

from datetime import datetime, timedelta

_HOUR = 3600
_DAY = 24 * _HOUR

_UNITS = (
    ("year", 365 * _DAY, 365 * _DAY),
    ("month", 30 * _DAY, 90 * _DAY),
    ("week", 7 * _DAY, 21 * _DAY),
    ("day", _DAY, _DAY),
    ("hour", _HOUR, _HOUR),
    ("minute", 60, 120),
)
"""Largest first: a unit, its length, and from how long ago it is used; in seconds."""


def age_in_words(then: datetime, now: datetime) -> str:
    """In the largest unit that fits: "just now", "5 hours ago", "12 days ago", "7 weeks ago", "3 years ago".

    Elapsed time, not calendar days, so that it says the same in every time zone.
    """
    seconds = _elapsed(then, now)
    for unit, length, least in _UNITS:
        if seconds >= least:
            count = seconds // length
            return f"{count} {unit}{'s' if count != 1 else ''} ago"
    return "just now"


def age_changes_at(then: datetime, now: datetime) -> datetime:
    """The first instant after `now` at which `age_in_words` says something else."""
    seconds = _elapsed(then, now)
    larger: int | None = None
    for _, length, least in _UNITS:
        if seconds >= least:
            next_count = (seconds // length + 1) * length
            return then + timedelta(seconds=min(next_count, larger or next_count))
        larger = least
    return then + timedelta(seconds=_UNITS[-1][2])


def _elapsed(then: datetime, now: datetime) -> int:
    return max(0, int((now - then).total_seconds()))
