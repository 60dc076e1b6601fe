"""The database: SQLite by default, PostgreSQL by address. Opened here, and in no other module.

What the driver says about the database itself becomes UnreachableError; our own mistakes stay what they are.

Reads are autocommitted: each statement sees what was committed before it, and none waits for a writer.
Writes are one transaction each. On SQLite the writers of a process go one at a time: left to SQLite's own
waiting, the slowest of them wait for seconds.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage.engines import LONG, Patience, create_engines, is_away, is_deadlock, read_address
from storage.errors import (
    BrokenReferencesError,
    DeadlockError,
    SchemaError,
    UnknownSchemaError,
    UnreachableError,
)
from storage.sqlite_file import path_of
from storage.turns import Turns

Tx = Connection
"""What every function of storage takes first: a reading connection, or the transaction of a write."""

SCHEMA = "0021"
"""The newest migration; a test holds it equal to Alembic's head."""

TOUCHED = "touched"
"""Among the options of a writing connection: the projects whose revision this transaction has increased."""

LISTED = "listed"
"""Among the same: the projects that were made, or whose place in lists this transaction has changed."""

_REVISION = re.compile(r"(?!0000)[0-9]{4}")
_QUOTED = 40


class Database:
    """One database. `read()` and `write()` are safe to use from many threads."""

    def __init__(self, address: str, patience: Patience = LONG) -> None:
        self.url = read_address(address)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._engine, self._reading = create_engines(self.url, patience)
        self._writer = threading.Lock()
        self.turns = Turns(are_taken=self.is_sqlite)

    @property
    def address(self) -> str:
        """The address without its password and its options (one may be a password), for messages and logs."""
        return self.url.set(query={}).render_as_string(hide_password=True)

    def require_file(self) -> None:
        """Raises UnreachableError when a SQLite database has no file yet: opening it would make one."""
        if self.is_sqlite and not path_of(self.url).exists():
            raise UnreachableError(self.address, "there is no such file")

    @property
    def engine(self) -> Engine:
        """For migrations, and for tests that count statements."""
        return self._engine

    def read(self) -> AbstractContextManager[Tx]:
        """A connection for reading. Raises UnreachableError, also when the database goes away on the way."""
        return self._connected(self._reading)

    @contextmanager
    def write(self, *, dry_run: bool = False) -> Iterator[Tx]:
        """A transaction: committed at the end, rolled back by any exception, and by a dry run in any case.

        Raises UnreachableError, and of its kinds DeadlockError.
        """
        with (
            # Reads never wait for a writer.
            self.turns.given_up(),
            self._writing_turn(),
            self._connected(self._engine) as connection,
            connection.begin() as transaction,
        ):
            connection.execution_options(**{TOUCHED: set(), LISTED: set()})
            yield connection
            if dry_run:
                transaction.rollback()

    @contextmanager
    def snapshot(self) -> Iterator[Tx]:
        """A connection that sees everything as it was at one moment, however long it reads; it cannot write.

        Nobody waits for it. Raises UnreachableError.
        """
        if self.is_sqlite:
            with self._connected(self._reading) as connection:
                connection.exec_driver_sql("BEGIN")
                try:
                    yield connection
                finally:
                    connection.exec_driver_sql("ROLLBACK")
            return
        as_one = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._connected(self._engine.execution_options(**as_one)) as connection, connection.begin():
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            # Python knows no instant before the year 1, whichever zone it is told in.
            connection.exec_driver_sql("SET LOCAL TIME ZONE 'UTC'")
            # Row by row from the server: all of them at once may be more than the memory holds.
            yield connection.execution_options(stream_results=True)

    @contextmanager
    def change_schema(self) -> Iterator[Tx]:
        """A transaction for migrations. Raises UnreachableError, BrokenReferencesError.

        On SQLite it looks after foreign keys at its end only: a column is changed there by making its table
        anew, and dropping the old one would delete all that refers to it.
        """
        with self._writing_turn(), self._connected(self._engine) as connection:
            if self.is_sqlite:
                _set_foreign_keys(connection, is_on=False)
            try:
                with connection.begin():
                    yield connection
                    if self.is_sqlite:
                        _require_references(connection)
            finally:
                if self.is_sqlite:
                    _set_foreign_keys(connection, is_on=True)

    def schema(self) -> str | None:
        """The migration that the database stands at; None for an empty one.

        Raises UnreachableError, UnknownSchemaError.
        """
        return self._schema()[0]

    def require_schema(self) -> None:
        """Raises SchemaError unless the schema is one that this version works with.

        That is its own, and a later one that says so: while a newer version is released, this one still runs.
        """
        found, compatible_from = self._schema()
        if found != SCHEMA and not _is_compatible(found, compatible_from):
            raise SchemaError(found, SCHEMA)

    def _schema(self) -> tuple[str | None, str | None]:
        """The migration, and the oldest one whose code may run on it."""
        with self.read() as tx:
            return _schema_in(tx)

    def close(self) -> None:
        self._engine.dispose()

    def _writing_turn(self) -> AbstractContextManager[object]:
        return self._writer if self.is_sqlite else nullcontext()

    @contextmanager
    def _connected(self, engine: Engine) -> Iterator[Connection]:
        try:
            connection = engine.connect()
        except (DBAPIError, PoolTimeoutError) as error:
            raise self._unreachable(error) from error
        with connection:
            try:
                yield connection
            except DBAPIError as error:
                if is_away(error.orig, engine.dialect):
                    raise self._unreachable(error) from error
                raise
            except engine.dialect.loaded_dbapi.Error as error:
                # The same, said by the driver to a prepared statement.
                if is_away(error, engine.dialect):
                    connection.invalidate()
                    raise self._unreachable(error) from error
                raise

    def _unreachable(self, error: Exception) -> UnreachableError:
        cause = error.orig if isinstance(error, DBAPIError) else error
        kind = DeadlockError if is_deadlock(cause) else UnreachableError
        return kind(self.address, _first_line(cause))


def schema_in(tx: Tx) -> str | None:
    """As `Database.schema`, seen from within a transaction. Raises UnknownSchemaError."""
    return _schema_in(tx)[0]


def _schema_in(tx: Tx) -> tuple[str | None, str | None]:
    """The migration, and the oldest one whose code may run on it."""
    if not tx.dialect.has_table(tx, "alembic_version"):
        return None, None
    # Every column, since a table of another make may lack the one that is meant.
    rows = tx.execute(text("SELECT * FROM alembic_version LIMIT 2")).mappings().all()
    found = " and ".join(str(row.get("version_num")) for row in rows)
    if not _REVISION.fullmatch(found):
        raise UnknownSchemaError(found[:_QUOTED], SCHEMA)
    return found, rows[0].get("compatible_from")


def _is_compatible(found: str | None, compatible_from: str | None) -> bool:
    """Whether it is a later one that says that this version may run on it. Migrations are numbered."""
    return found is not None and compatible_from is not None and compatible_from <= SCHEMA < found


def _first_line(error: BaseException | None) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0]


def _set_foreign_keys(connection: Connection, *, is_on: bool) -> None:
    # Past SQLAlchemy, which would begin a transaction: inside of one SQLite ignores it.
    driver_connection: Any = connection.connection.driver_connection
    driver_connection.execute(f"PRAGMA foreign_keys = {'ON' if is_on else 'OFF'}")


def _require_references(connection: Connection) -> None:
    """Raises BrokenReferencesError when a row refers to one that is not there."""
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        raise BrokenReferencesError(sorted({f"{row[0]} to {row[2]}" for row in broken}))
