"""Pages that were made already, while nothing has changed: for a minute at most, and only so many.

A page is made from records of one version (storage/public_pages.py: `read_version`), which is asked for with
every request. So what was made private, or taken down, is gone with the next one, in every process.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST, MOST_BYTES = 256, 24_000_000
_SMALLEST = 1_000
"""Bytes from which on a body is worth packing."""
_LEVEL = 5
_SETTLED = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Made:
    """A body, packed too where that is worth it. `changed_at`: since when it is so, to the second."""

    version: str
    minute: int
    body: bytes
    packed: bytes | None
    tag: str
    changed_at: datetime

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed or b"")

    def last_modified(self, now: datetime) -> datetime | None:
        """None while it is so new that it could change once more in the same second."""
        return self.changed_at if now - self.changed_at >= _SETTLED else None


class Kept:
    """Safe to use from many threads."""

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._kept: OrderedDict[tuple[object, ...], Made] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def find(self, key: tuple[object, ...], version: str, now: datetime) -> Made | None:
        """What was made of this version within this minute: what it says of ages changes with time."""
        with self._lock:
            made = self._kept.get(key)
            if made is None or (made.version, made.minute) != (version, _minute(now)):
                return None
            self._kept.move_to_end(key)
            return made

    def keep(self, key: tuple[object, ...], version: str, now: datetime, body: bytes) -> Made:
        packed = gzip.compress(body, _LEVEL, mtime=0) if len(body) >= _SMALLEST else None
        tag = hashlib.sha256(body).hexdigest()[:32]
        with self._lock:
            before = self._kept.pop(key, None)
            # Versions are of all records: when private ones were changed is nobody's business.
            same = before is not None and before.tag == tag
            since = before.changed_at if before is not None and same else now.replace(microsecond=0)
            made = Made(version, _minute(now), body, packed, tag, since)
            self._kept[key] = made
            self._bytes += made.size - (before.size if before is not None else 0)
            while len(self._kept) > self._most or (self._bytes > self._most_bytes and len(self._kept) > 1):
                self._bytes -= self._kept.popitem(last=False)[1].size
        return made


def _minute(now: datetime) -> int:
    return int(now.timestamp() // 60)
