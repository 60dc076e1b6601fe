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

    It is how a week passes in a click while the bot is being tried. The file is read for every reading of the
    clock, so that it can be moved while the bot runs.
    """
    if file is None:
        return now

    def moved_now() -> datetime:
        try:
            seconds = float(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            seconds = 0.0
        return now() + timedelta(seconds=seconds)

    return moved_now
