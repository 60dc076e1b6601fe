"""Which statements a database was asked: SQLAlchemy tells of its own, the prepared ones stand in the log."""

import logging
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


class _Recorder(logging.Handler):
    def __init__(self, seen: list[str]) -> None:
        super().__init__()
        self._seen = seen

    def emit(self, record: logging.LogRecord) -> None:
        self._seen.append(record.getMessage())
