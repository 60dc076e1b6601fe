"""Which statements a database was asked: SQLAlchemy tells of its own, the prepared ones stand in the log."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event


@contextmanager
def recorded_statements() -> Iterator[list[str]]:
    """The statements of every database from now on, in order, until the end of the block."""
    seen: list[str] = []

    def record(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    log = logging.getLogger("storage.prepared")
    handler, level = _Recorder(seen), log.level
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    # On the class: reads and writes have an engine each.
    event.listen(Engine, "before_cursor_execute", record)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", record)
        log.removeHandler(handler)
        log.setLevel(level)


_OWN = ("homes", "changes", "sender")
"""Threads that go on by themselves: no answer waits for them."""


@contextmanager
def statements_of_requests() -> Iterator[dict[str, list[str]]]:
    """Those that answers wait for, by the thread that answers: of the bot in this process."""
    found: dict[str, list[str]] = {}

    def record(*arguments: object) -> None:
        name = threading.current_thread().name
        is_own = name.startswith((*_OWN, threading.main_thread().name))
        # With which a transaction begins: PostgreSQL's driver says that by itself.
        if not is_own and not str(arguments[2]).startswith("BEGIN"):
            found.setdefault(name, []).append(str(arguments[2]))

    event.listen(Engine, "before_cursor_execute", record)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", record)


class _Recorder(logging.Handler):
    def __init__(self, seen: list[str]) -> None:
        super().__init__()
        self._seen = seen

    def emit(self, record: logging.LogRecord) -> None:
        self._seen.append(record.getMessage())
