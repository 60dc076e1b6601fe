"""Rows of one table, many in one statement: inserted, or changed by their key. See storage/bulk.py."""

from functools import lru_cache

from sqlalchemy import Insert, Table, Update, insert, select, update

from storage.bulk import Rows, packed, rows_in
from storage.database import Tx

_GIVEN = "given"


def insert_rows(tx: Tx, table: Table, rows: Rows) -> None:
    """All of them, or none and an error."""
    if rows:
        names = tuple(rows[0])
        given = packed(tx, [table.c[name] for name in names], rows)
        tx.execute(_insert(tx.dialect.name, table, names), {_GIVEN: given})


def update_rows(tx: Tx, table: Table, key: str, rows: Rows) -> None:
    """Of the row with this key, the other columns that are given."""
    if rows:
        names = tuple(rows[0])
        given = packed(tx, [table.c[name] for name in names], rows)
        tx.execute(_update(tx.dialect.name, table, key, names), {_GIVEN: given})


@lru_cache(maxsize=32)
def _insert(kind: str, table: Table, names: tuple[str, ...]) -> Insert:
    given = rows_in(kind, _GIVEN, [table.c[name] for name in names])
    return insert(table).from_select(names, select(*(given.c[name] for name in names)))


@lru_cache(maxsize=32)
def _update(kind: str, table: Table, key: str, names: tuple[str, ...]) -> Update:
    given = rows_in(kind, _GIVEN, [table.c[name] for name in names])
    values = {name: given.c[name] for name in names if name != key}
    return update(table).where(table.c[key] == given.c[key]).values(values)
