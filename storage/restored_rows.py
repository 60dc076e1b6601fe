"""The rows of a backup, put into a table."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.backup_file import Progress
from storage.backup_rows import Stored
from storage.backup_values import convert, decoders
from storage.database import Tx
from storage.engines import is_away
from storage.whole_errors import UnfitRowsError

_BATCH = 250


def insert_rows(tx: Tx, table: Stored, rows: Iterator[list[Any]], progress: Progress) -> None:
    """Rows as the file has them. Raises UnfitRowsError."""
    is_sqlite = tx.dialect.name == "sqlite"
    converters = decoders(table.kinds, is_sqlite=is_sqlite)
    converted = (convert(row, converters) for row in rows)
    try:
        if is_sqlite:
            _insert_into_sqlite(tx, table, converted, progress)
        else:
            _copy_into_postgresql(tx, table, converted, progress)
            _continue_numbers(tx, table)
    except (TypeError, ValueError, LookupError, OverflowError) as error:
        # Only a file that somebody has made by hand has such rows; its checksums fit, all the same.
        raise UnfitRowsError(table.name, "a row is not of the table's columns") from error
    except (DBAPIError, tx.dialect.loaded_dbapi.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if is_away(cause, tx.dialect):
            raise
        # The first line alone: the others may quote what people wrote.
        raise UnfitRowsError(table.name, str(cause).splitlines()[0]) from error


def _insert_into_sqlite(tx: Tx, table: Stored, rows: Iterator[list[Any]], progress: Progress) -> None:
    marks = ", ".join("?" for _ in table.columns)
    statement = f'INSERT INTO "{table.name}" ({table.quoted}) VALUES ({marks})'  # noqa: S608 - names of our own
    while batch := [tuple(row) for row in islice(rows, _BATCH)]:
        tx.exec_driver_sql(statement, batch)
        progress(len(batch))


def _copy_into_postgresql(tx: Tx, table: Stored, rows: Iterator[list[Any]], progress: Progress) -> None:
    # One statement for all rows of a table: references within it are looked at at its end.
    driver: Any = tx.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({table.quoted}) FROM STDIN') as copy:
        while batch := list(islice(rows, _BATCH)):
            for row in batch:
                copy.write_row(row)
            progress(len(batch))


def _continue_numbers(tx: Tx, table: Stored) -> None:
    """What is added later gets numbers behind those that are there. SQLite sees to that by itself."""
    for column in table.key:
        sequence = tx.execute(
            text("SELECT pg_get_serial_sequence(:table, :column)"),
            {"table": f'"{table.name}"', "column": column},
        ).scalar_one()
        if sequence is not None:
            tx.execute(
                text(f'SELECT setval(:sequence, max("{column}")) FROM "{table.name}" HAVING count(*) > 0'),  # noqa: S608 - names of our own
                {"sequence": sequence},
            )
