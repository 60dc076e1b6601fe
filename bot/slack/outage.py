"""Something that is away: one line when it goes, one when it is back, however often it is asked meanwhile."""

import logging
import threading

_SHORTEST_S, _LONGEST_S = 1, 30
_DOUBLED = 5


class Outage:
    """Of one thing, by its name, asked in vain `after` times in a row. Safe to use from many threads."""

    def __init__(self, log: logging.Logger, name: str, *, after: int = 1) -> None:
        self._log = log
        self._name = name
        self._after = after
        self._times = 0
        self._lock = threading.Lock()

    @property
    def pause_s(self) -> float:
        """In how many seconds to ask again: 0 while it is not known to be away, else longer each time."""
        vain = self._times - self._after
        return float(min(_LONGEST_S, _SHORTEST_S * 2 ** min(vain, _DOUBLED))) if vain >= 0 else 0.0

    def went(self, reason: object) -> float:
        """It was asked in vain; in how many seconds to ask again. The reason must not quote what was said."""
        with self._lock:
            self._times += 1
            has_gone = self._times == self._after
        if has_gone:
            self._log.warning("%s is away: %s. It is asked again until it is back.", self._name, reason)
        return self.pause_s

    def came(self) -> None:
        """It has answered."""
        with self._lock:
            was_away = self._times >= self._after
            self._times = 0
        if was_away:
            self._log.warning("%s is back.", self._name)
