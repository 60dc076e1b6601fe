"""The time, read here and in no other module; everything else takes `now` as a parameter."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def steady() -> float:
    """Seconds since some moment, which only go forward, whatever is done to the machine's clock."""
    return time.monotonic()


def clock_moved_by(file: Path | None) -> Clock:
    """A clock that runs ahead of the machine's by the seconds in the file, or like it when there is none.

    With a time in the file (`2026-05-04T09:30:00+00:00`) it stands there. It is how a week passes in a click
    while the bot is being tried. The file is read for every reading of the clock, so that it can be moved
    while the bot runs.
    """
    if file is None:
        return now

    def moved_now() -> datetime:
        try:
            text = file.read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            text = ""
        return _standing_at(text) or now() + timedelta(seconds=_seconds_in(text))

    return moved_now


def _standing_at(text: str) -> datetime | None:
    # All of these have it, and no number that was written for the clock has.
    if "T" not in text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None


def _seconds_in(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
