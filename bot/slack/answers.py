"""Answers about one project that were drawn already, for as long as they hold.

Most of what an answer costs is reading the record and drawing it, and people ask for the same few. An answer
is good while the project's revision is the one that it was drawn from (storage/revisions.py: no change of
what a record shows leaves it as it was, whichever process makes it) and until the sheet's own `holds_until`,
since ages grow. The revision is read with the project, so a kept answer costs one statement.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.slack.effects import Message

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    message: Message
    since: datetime
    until: datetime


class Answers:
    """Safe to use from many threads. For one database; holds `limit` messages, the last used ones."""

    def __init__(self, limit: int = 256) -> None:
        self._limit = limit
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Key, now: datetime) -> Message | None:
        """What was kept under the key, if it says the same now."""
        with self._lock:
            kept = self._kept.get(key)
            # A clock that was put back makes ages shorter again.
            if kept is None or not kept.since <= now < kept.until:
                return None
            self._kept.move_to_end(key)
            return kept.message

    def keep(self, key: Key, message: Message, now: datetime, until: datetime) -> None:
        """The message must not be changed any more."""
        with self._lock:
            self._kept[key] = _Kept(message, now, until)
            self._kept.move_to_end(key)
            if len(self._kept) > self._limit:
                self._kept.popitem(last=False)
