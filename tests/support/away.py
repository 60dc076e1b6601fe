"""A database that goes away under a running bot, and comes back with all that was in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from storage.database import Database


@contextmanager
def database_away(database: Database) -> Iterator[None]:
    """Meanwhile nobody reaches it: its file is elsewhere, or its server takes nobody in."""
    with _file_away(database) if database.is_sqlite else _shut(database):
        yield


@contextmanager
def _file_away(database: Database) -> Iterator[None]:
    file = Path(database.url.database or "")
    # With those that SQLite keeps beside it.
    for suffix in ("", "-wal", "-shm"):
        if Path(f"{file}{suffix}").exists():
            Path(f"{file}{suffix}").rename(f"{file}{suffix}.away")
    try:
        yield
    finally:
        for suffix in ("-shm", "-wal", ""):
            if Path(f"{file}{suffix}.away").exists():
                Path(f"{file}{suffix}.away").rename(f"{file}{suffix}")


@contextmanager
def _shut(database: Database) -> Iterator[None]:
    url = database.url.set(drivername="postgresql", database="postgres")
    name = database.url.database or ""
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as server:
        allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        server.execute(allow.format(sql.Identifier(name), sql.SQL("false")))
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            server.execute(allow.format(sql.Identifier(name), sql.SQL("true")))
