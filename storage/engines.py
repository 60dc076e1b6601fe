"""How a database is connected to: its address, how long it may take, and which errors say it is away."""

import sqlite3
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL, Dialect
from sqlalchemy.exc import ArgumentError

from storage.errors import UnreachableError
from storage.server_connection import watch_connection
from storage.server_patience import limit_waiting
from storage.sqlite_file import watch_file

_DRIVERS = {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}
_NOT_AN_ADDRESS = "not an address of a SQLite or PostgreSQL database"
_POOL_SIZE = 10
_CACHE_KIB = 8 * 1024
"""Of a SQLite connection, once it has read as much. With SQLite's own 2 MiB, what a search looks at pushed
itself out: it took two and a half times as long."""
_ON_THE_WAY_S = 0.2
"""Beyond the time that the server has for a statement, for its own word that it was too long."""

_AWAY_ON_SQLITE = {
    sqlite3.SQLITE_AUTH,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}
_PRIMARY_CODE = 0xFF
"""What an extended code of SQLite's (SQLITE_IOERR_READ) has of the one that it is a kind of."""
_DEADLOCK_ON_POSTGRESQL = "40P01"
_AWAY_ON_POSTGRESQL = {"25006", "42501", "XX001", "XX002"}
"""A server that only reads (a standby), a user without rights, and broken data."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long, in seconds, a database may take before it counts as away."""

    connect: int
    statement: float
    lock: float
    pool: float


BRIEF = Patience(connect=2, statement=2.5, lock=2, pool=2)
"""For an answer that somebody waits for: Slack waits three seconds."""
LONG = Patience(connect=10, statement=600, lock=60, pool=30)
"""For work that may wait for its turn: imports and migrations."""


def is_away(error: BaseException | None, dialect: Dialect) -> bool:
    """Whether a driver's error is about the database: away, broken, full, or too busy to answer in time.

    Any other is a mistake of ours: a wrong statement, or a table that is not there.
    """
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE in _AWAY_ON_SQLITE
    driver = dialect.loaded_dbapi
    return (
        isinstance(error, (driver.OperationalError, driver.InterfaceError))
        or getattr(error, "sqlstate", None) in _AWAY_ON_POSTGRESQL
    )


def is_deadlock(error: BaseException | None) -> bool:
    """Whether a driver's error is that two transactions waited for each other. SQLite has one at a time."""
    return getattr(error, "sqlstate", None) == _DEADLOCK_ON_POSTGRESQL


def read_address(address: str) -> URL:
    """Raises UnreachableError."""
    # Platforms hand out postgres:// and postgresql://; both mean the one driver that is installed.
    for prefix in ("postgres://", "postgresql://"):
        if address.startswith(prefix):
            address = "postgresql+psycopg://" + address.removeprefix(prefix)
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        # The address itself may hold a password, so the message leaves it out; here and below.
        raise UnreachableError("DATABASE_URL", _NOT_AN_ADDRESS) from error
    if url.drivername not in _DRIVERS:
        raise UnreachableError("DATABASE_URL", _NOT_AN_ADDRESS)
    if "@" in f"{url.host}{url.database}" and url.get_backend_name() != "sqlite":
        raise UnreachableError("DATABASE_URL", "an @ in a user name or password has to be written as %40")
    return url


def create_engines(url: URL, patience: Patience) -> tuple[Engine, Engine]:
    """One for writing and one for reading, with one pool. Raises UnreachableError."""
    return (_sqlite if url.get_backend_name() == "sqlite" else _postgresql)(url, patience)


def _engine(url: URL, patience: Patience, connect_args: dict[str, Any]) -> Engine:
    return create_engine(
        url,
        connect_args=connect_args,
        pool_size=_POOL_SIZE,
        max_overflow=_POOL_SIZE,
        pool_timeout=patience.pool,
        # Errors end up in logs, and what people wrote does not belong there.
        hide_parameters=True,
    )


def _postgresql(url: URL, patience: Patience) -> tuple[Engine, Engine]:
    # In milliseconds.
    limits = (
        f"-c statement_timeout={patience.statement * 1000:.0f} -c lock_timeout={patience.lock * 1000:.0f}"
    )
    given = {name: value for name, value in url.query.items() if name != "options"}
    waits: dict[str, Any] = {
        "connect_timeout": patience.connect,
        # A network that is gone says nothing: what is not acknowledged in this time has not arrived.
        "tcp_user_timeout": patience.connect * 1000,
        "keepalives_idle": patience.connect,
        # The address has the last word.
        **given,
        "options": f"{limits} {url.query.get('options', '')}".strip(),
    }
    writing = _engine(url, patience, waits)
    watch_connection(writing)
    limit_waiting(writing, patience.statement + _ON_THE_WAY_S)
    return writing, writing.execution_options(isolation_level="AUTOCOMMIT")


def _sqlite(url: URL, patience: Patience) -> tuple[Engine, Engine]:
    if url.database in {None, "", ":memory:"}:
        raise UnreachableError("DATABASE_URL", "SQLite needs a file, as in sqlite:///waymark.db")
    lock_s = _lock_s(url, patience)
    writing = _engine(url, patience, {"timeout": lock_s, "check_same_thread": False})
    watch_file(writing)

    @event.listens_for(writing, "connect")
    def configure(connection: sqlite3.Connection, _record: object) -> None:
        # Python's own guess at when to begin would begin too late (at the first INSERT).
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        _switch_to_wal(cursor, lock_s)
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        cursor.close()

    @event.listens_for(writing, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    # The same connections without the BEGIN: in SQLite a statement outside a transaction is one of its own.
    return writing, create_engine(url, pool=writing.pool, hide_parameters=True)


def _lock_s(url: URL, patience: Patience) -> float:
    """How long to wait for whoever has locked the file; the address has the last word.

    Raises UnreachableError.
    """
    try:
        return float(str(url.query.get("timeout", patience.lock)))
    except ValueError as error:
        raise UnreachableError("DATABASE_URL", "its timeout is no number of seconds") from error


def _switch_to_wal(cursor: sqlite3.Cursor, lock_s: float) -> None:
    """Only a new file has to be switched, but of several who open it at once each tries.

    SQLite refuses the switch at once while somebody else switches or writes: it reads first, and whoever
    reads already is not made to wait for leave to write. A transaction that begins with writing does wait,
    up to the busy timeout, so one is begun to wait for one's turn.
    """
    until = time.monotonic() + lock_s
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("COMMIT")
        else:
            return
