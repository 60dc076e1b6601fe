"""What stays wrong for long and is found again and again: one line, and another one a day later."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

_DAY = timedelta(days=1)
_MOST = 10_000
"""Things that are remembered; more than that are begun anew."""


class OnceADay:
    """Says what is wrong with each of many things. Safe to use from many threads.

    For one thing that is away, which is asked for until it is back, see outage.py.
    """

    def __init__(self, log: logging.Logger, clock: Callable[[], datetime]) -> None:
        self._log = log
        self._clock = clock
        self._said: dict[str, tuple[str, datetime]] = {}
        self._lock = threading.Lock()

    def say(self, about: str, line: str, level: int = logging.WARNING) -> None:
        """Unless just that was said of it in the last day. The line must not quote what people said."""
        now = self._clock()
        with self._lock:
            said, at = self._said.get(about, ("", now))
            if said == line and now - at < _DAY:
                return
            if len(self._said) >= _MOST:
                self._said.clear()
            self._said[about] = line, now
        self._log.log(level, "%s", line)

    def is_over(self, about: str) -> None:
        """It is well: what is wrong with it next is new."""
        if self._said:
            with self._lock:
                self._said.pop(about, None)
