"""The workspace's clock. It runs like any other and can be moved ahead; nothing else here reads the time."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class LocalClock:
    """The time in the workspace: the machine's, plus an offset that only grows."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self._offset = offset
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []

    @property
    def offset(self) -> timedelta:
        return self._offset

    def now(self) -> datetime:
        """The workspace's time, aware, in UTC."""
        return datetime.now(UTC) + self._offset

    def machine_now(self) -> datetime:
        """The machine's own time: signatures carry it, since the app checks them by the machine's clock."""
        return datetime.now(UTC)

    def move(self, by: timedelta) -> datetime:
        """Move the time ahead and tell those who wait for it. It cannot go back: ids would repeat."""
        if by < timedelta():
            raise ValueError("the clock only moves ahead")
        with self._lock:
            self._offset += by
        for listener in tuple(self._listeners):
            listener()
        return self.now()

    def on_move(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each move."""
        self._listeners.append(listener)
