"""The whole of a database, to compare."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import inspect, select, text

from storage.database import Database, Tx
from storage.tables import metadata
from tests.support import environment

_OF_WORKERS = frozenset({"reminder_turns"})
"""Whose reminders were looked at when."""

Dump = dict[str, list[dict[str, Any]]]


def dump(database: Database, *, without: Collection[str] = ()) -> Dump:
    """Every row of every table, but for the columns `without`, given as "table.column".

    Where workers run beside the test, not of what they write down at any time for themselves.
    """
    with database.read() as tx:
        found = dump_in(tx, without=without)
    return {k: rows for k, rows in found.items() if not (environment.is_many() and k in _OF_WORKERS)}


def dump_in(tx: Tx, *, without: Collection[str] = ()) -> Dump:
    """The same as one transaction sees it."""
    return {
        table.name: sorted(
            (
                {key: value for key, value in row.items() if f"{table.name}.{key}" not in without}
                for row in tx.execute(select(table)).mappings()
            ),
            key=repr,
        )
        for table in metadata.sorted_tables
    }


def raw_dump(database: Database) -> Dump:
    """The same for whatever tables there are, by their own columns: for a schema that is not the newest."""
    with database.read() as tx:
        return {
            name: sorted(
                (dict(row) for row in tx.execute(text(f'SELECT * FROM "{name}"')).mappings()),  # noqa: S608 - the database's own table names
                key=repr,
            )
            for name in inspect(tx).get_table_names()
            if name != "alembic_version"
        }
