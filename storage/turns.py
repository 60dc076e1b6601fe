"""Turns: of the threads that only read and compute, one goes at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LONGEST_S = 0.05


class Turns:
    """At most one thread of those that answer computes; the others wait without asking for the interpreter.

    SQLite gives the interpreter up at every row, and threads that compute at the same time hand it to each
    other each time: at eight connections that cost half as much CPU again, and no answer came sooner. So
    whoever answers a request takes a turn, and gives it up for what waits for others: Slack, or the disk.
    Nobody waits longer than _LONGEST_S seconds for somebody else's long list.
    """

    def __init__(self, *, are_taken: bool) -> None:
        """Without `are_taken` every turn is free at once: a database on the network is waited for, too."""
        self._are_taken = are_taken
        self._lock = threading.Lock()
        self._mine = threading.local()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Around a request. A turn within a turn is the same one."""
        if not self._are_taken or self._has_one():
            yield
            return
        self._take()
        try:
            yield
        finally:
            self._give_up()

    @contextmanager
    def given_up(self) -> Iterator[None]:
        """Around what waits. For a thread that has no turn it does nothing."""
        if not self._has_one():
            yield
            return
        self._give_up()
        try:
            yield
        finally:
            self._take()

    def _has_one(self) -> bool:
        return getattr(self._mine, "is_taken", False)

    def _take(self) -> None:
        self._mine.is_taken = self._lock.acquire(timeout=_LONGEST_S)

    def _give_up(self) -> None:
        if self._mine.is_taken:
            self._mine.is_taken = False
            self._lock.release()
