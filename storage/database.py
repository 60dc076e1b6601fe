"""The database: SQLite by default, PostgreSQL by address. Opened here, and in no other module.

Reads are autocommitted: each statement sees what was committed before it, and none waits for a writer.
Writes are one transaction each. On SQLite the writers of a process go one at a time: left to SQLite's own
waiting, the slowest of them wait for seconds.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    ProgrammingError,
)

from storage.errors import SchemaError, UnreachableError

Tx = Connection
"""What every function of storage takes first: a reading connection, or the transaction of a write."""

SCHEMA = "0002"
"""The newest migration; a test holds it equal to Alembic's head."""

_OUR_MISTAKES = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
"""What a database says of a statement that is wrong; all else that it says is about itself."""

_DRIVERS = {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}
_NOT_AN_ADDRESS = "not an address of a SQLite or PostgreSQL database"
_BUSY_TIMEOUT_S = 10
_LONGEST_TURN_S = 0.05
"""SQLite gives the interpreter up at every row. Eight threads that read at once hand it to each other some
seventy times a request, which doubles the request's cost; so they read in turn, and nobody waits for a long
reading to end."""
_POOL_SIZE = 10


class Database:
    """One database. `read()` and `write()` are safe to use from many threads."""

    def __init__(self, address: str) -> None:
        self.url = _url(address)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._engine, self._reading = (_sqlite if self.is_sqlite else _postgresql)(self.url)
        self._writer = threading.Lock()
        self._readers = threading.Lock()

    @property
    def address(self) -> str:
        """The address without its password and its options (one may be a password), for messages and logs."""
        return self.url.set(query={}).render_as_string(hide_password=True)

    @property
    def engine(self) -> Engine:
        """For migrations, and for tests that count statements."""
        return self._engine

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A connection for reading. Raises UnreachableError, also when the database goes away on the way."""
        in_turn = self.is_sqlite and self._readers.acquire(timeout=_LONGEST_TURN_S)
        try:
            with self._connected(self._reading) as connection:
                yield connection
        finally:
            if in_turn:
                self._readers.release()

    @contextmanager
    def write(self, *, dry_run: bool = False) -> Iterator[Tx]:
        """A transaction: committed at the end, rolled back by any exception, and by a dry run in any case.

        Raises UnreachableError.
        """
        with self._turn(), self._connected(self._engine) as connection, connection.begin() as transaction:
            yield connection
            if dry_run:
                transaction.rollback()

    @contextmanager
    def change_schema(self) -> Iterator[Tx]:
        """A transaction for migrations. Raises UnreachableError.

        On SQLite it does not look after foreign keys: a column is changed there by making its table anew,
        and dropping the old one would delete all that refers to it.
        """
        with self._turn(), self._connected(self._engine) as connection:
            if self.is_sqlite:
                _set_foreign_keys(connection, is_on=False)
            try:
                with connection.begin():
                    yield connection
            finally:
                if self.is_sqlite:
                    _set_foreign_keys(connection, is_on=True)

    def schema(self) -> str | None:
        """The migration that the database stands at; None for an empty one. Raises UnreachableError."""
        with self.read() as tx:
            if not self._engine.dialect.has_table(tx, "alembic_version"):
                return None
            found: str | None = tx.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return found

    def require_schema(self) -> None:
        """Raises SchemaError unless the schema is the one that this version works with."""
        found = self.schema()
        if found != SCHEMA:
            raise SchemaError(found, SCHEMA)

    def close(self) -> None:
        self._engine.dispose()

    def _turn(self) -> AbstractContextManager[object]:
        return self._writer if self.is_sqlite else nullcontext()

    @contextmanager
    def _connected(self, engine: Engine) -> Iterator[Connection]:
        try:
            connection = engine.connect()
        except DBAPIError as error:
            raise self._unreachable(error) from error
        with connection:
            try:
                yield connection
            except _OUR_MISTAKES:
                raise
            except (DatabaseError, InterfaceError) as error:
                # It went away between two statements, or its file is no database any more.
                raise self._unreachable(error) from error

    def _unreachable(self, error: DBAPIError) -> UnreachableError:
        return UnreachableError(
            self.address, (str(error.orig).strip().splitlines() or ["no reason given"])[0]
        )


def _set_foreign_keys(connection: Connection, *, is_on: bool) -> None:
    # Past SQLAlchemy, which would begin a transaction: inside of one SQLite ignores it.
    driver_connection: Any = connection.connection.driver_connection
    driver_connection.execute(f"PRAGMA foreign_keys = {'ON' if is_on else 'OFF'}")


def _url(address: str) -> URL:
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


def _postgresql(url: URL) -> tuple[Engine, Engine]:
    writing = create_engine(url, pool_size=_POOL_SIZE, max_overflow=_POOL_SIZE, hide_parameters=True)
    return writing, writing.execution_options(isolation_level="AUTOCOMMIT")


def _sqlite(url: URL) -> tuple[Engine, Engine]:
    if url.database in {None, "", ":memory:"}:
        raise UnreachableError("DATABASE_URL", "SQLite needs a file, as in sqlite:///waymark.db")
    writing = create_engine(
        url,
        connect_args={"timeout": _BUSY_TIMEOUT_S, "check_same_thread": False},
        pool_size=_POOL_SIZE,
        max_overflow=_POOL_SIZE,
        # Errors end up in logs, and what people wrote does not belong there.
        hide_parameters=True,
    )

    @event.listens_for(writing, "connect")
    def configure(connection: sqlite3.Connection, _record: object) -> None:
        # Python's own guess at when to begin would begin too late (at the first INSERT).
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    @event.listens_for(writing, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    # The same connections without the BEGIN: in SQLite a statement outside a transaction is one of its own.
    return writing, create_engine(url, pool=writing.pool, hide_parameters=True)
