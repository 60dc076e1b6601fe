"""Whether the file of a SQLite database is still the one that a connection reads.

A file that is replaced (by a backup, say) or deleted lives on, unseen, for those who have it open.
"""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, event
from sqlalchemy.exc import DisconnectionError

_FILE = "file"
"""The key, in what the pool keeps with a connection, of the file that it reads."""

_Identity = tuple[int, int] | None


def watch_file(engine: Engine) -> None:
    """Connections to another file than the one at this address are replaced as the pool hands them out.

    A file that was there and is gone is not made anew: the database counts as away until it is back.
    Each time costs one call of the operating system, some two microseconds.
    """
    path = path_of(engine.url)
    was_there = False

    @event.listens_for(engine, "do_connect")
    def look(_dialect: object, record: Any, _args: object, _options: object) -> None:  # noqa: ANN401 - the pool's own
        # Asked first, since another thread may be making the file.
        must_be_there = was_there
        # Before it is opened: if it is replaced meanwhile, the next look finds another one.
        record.info[_FILE] = _identity(path)
        if must_be_there and record.info[_FILE] is None:
            raise sqlite3.OperationalError("the file is no longer there")

    @event.listens_for(engine, "connect")
    def keep(_connection: object, record: Any) -> None:  # noqa: ANN401 - the pool's own
        nonlocal was_there
        record.info[_FILE] = record.info[_FILE] or _identity(path)
        was_there = was_there or record.info[_FILE] is not None

    @event.listens_for(engine, "checkout")
    def compare(_connection: object, record: Any, _proxy: object) -> None:  # noqa: ANN401 - the pool's own
        if record.info[_FILE] != _identity(path):
            raise DisconnectionError("the file is another one")


def path_of(url: URL) -> Path:
    """The file of a SQLite database."""
    return Path((url.database or "").removeprefix("file:")).absolute()


def _identity(path: Path) -> _Identity:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
