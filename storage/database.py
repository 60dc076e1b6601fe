"""The database: SQLite by default, PostgreSQL by address. Opened here, and in no other module.

Reads are autocommitted: each statement sees what was committed before it, and none waits for a writer.
Writes are one transaction each. On SQLite the writers of a process go one at a time: left to SQLite's own
waiting, the slowest of them wait for seconds.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from storage.errors import SchemaError, UnreachableError

Tx = Connection
"""What every function of storage takes first: a reading connection, or the transaction of a write."""

SCHEMA = "0001"
"""The newest migration; a test holds it equal to Alembic's head."""

_BUSY_TIMEOUT_S = 10
_POOL_SIZE = 10


class Database:
    """One database. `read()` and `write()` are safe to use from many threads."""

    def __init__(self, address: str) -> None:
        self.url = _url(address)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._engine, self._reading = (_sqlite if self.is_sqlite else _postgresql)(self.url)
        self._writer = threading.Lock()

    @property
    def address(self) -> str:
        """The address without its password, for messages and logs."""
        return self.url.render_as_string(hide_password=True)

    @property
    def engine(self) -> Engine:
        """For migrations, and for tests that count statements."""
        return self._engine

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A connection for reading. Raises UnreachableError."""
        with self._connected(self._reading) as connection:
            yield connection

    @contextmanager
    def write(self, *, dry_run: bool = False) -> Iterator[Tx]:
        """A transaction: committed at the end, rolled back by any exception, and by a dry run in any case.

        Raises UnreachableError.
        """
        with self._turn(), self._connected(self._engine) as connection, connection.begin() as transaction:
            yield connection
            if dry_run:
                transaction.rollback()

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
            raise UnreachableError(self.address, str(error.orig).strip().splitlines()[0]) from error
        with connection:
            yield connection


def _url(address: str) -> URL:
    # Platforms hand out postgres:// and postgresql://; both mean the one driver that is installed.
    for prefix in ("postgres://", "postgresql://"):
        if address.startswith(prefix):
            address = "postgresql+psycopg://" + address.removeprefix(prefix)
    try:
        url = make_url(address)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        # The address itself may hold a password, so the message leaves it out.
        raise UnreachableError("DATABASE_URL", "not an address of a SQLite or PostgreSQL database") from error
    return url


def _postgresql(url: URL) -> tuple[Engine, Engine]:
    writing = create_engine(url, pool_size=_POOL_SIZE, max_overflow=_POOL_SIZE)
    return writing, writing.execution_options(isolation_level="AUTOCOMMIT")


def _sqlite(url: URL) -> tuple[Engine, Engine]:
    if url.database in {None, "", ":memory:"}:
        raise UnreachableError("DATABASE_URL", "SQLite needs a file, as in sqlite:///waymark.db")
    writing = create_engine(
        url,
        connect_args={"timeout": _BUSY_TIMEOUT_S, "check_same_thread": False},
        pool_size=_POOL_SIZE,
        max_overflow=_POOL_SIZE,
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
    return writing, create_engine(url, pool=writing.pool)
