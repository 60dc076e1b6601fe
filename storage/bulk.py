"""Many rows in one statement.

PostgreSQL is given a list for each column: a statement for each row took three times as long, and one with
all the values spelled out is read anew, mark by mark, each time. SQLite has no such lists, and needs none:
there a statement is made ready once and run for each row.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Insert, Table, Update, bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from storage.database import Tx

Rows = Sequence[Mapping[str, Any]]
"""All with the same columns."""


def insert_rows(tx: Tx, table: Table, rows: Rows) -> None:
    """All of them, or none and an error."""
    if rows and tx.dialect.name == "postgresql":
        tx.execute(_insert(table, tuple(rows[0])), _by_column(rows))
    elif rows:
        tx.execute(insert(table), rows)


def update_rows(tx: Tx, table: Table, key: str, rows: Rows) -> None:
    """Of the row with this key, the other columns that are given."""
    if rows and tx.dialect.name == "postgresql":
        tx.execute(_update_from(table, key, tuple(rows[0])), _by_column(rows))
    elif rows:
        tx.execute(_update_each(table, key, tuple(rows[0])), [_bound(row) for row in rows])


def _by_column(rows: Rows) -> dict[str, list[Any]]:
    return {f"all_{name}": [row[name] for row in rows] for name in rows[0]}


def _bound(row: Mapping[str, Any]) -> dict[str, Any]:
    # A parameter must not be called like the column that it is for.
    return {f"all_{name}": value for name, value in row.items()}


def _list_of(column: Column[Any]) -> Any:  # noqa: ANN401 - of the column's own type
    return func.unnest(bindparam(f"all_{column.name}", type_=ARRAY(column.type))).label(column.name)


@lru_cache(maxsize=32)
def _insert(table: Table, names: tuple[str, ...]) -> Insert:
    return insert(table).from_select(names, select(*(_list_of(table.c[name]) for name in names)))


@lru_cache(maxsize=32)
def _update_from(table: Table, key: str, names: tuple[str, ...]) -> Update:
    given = select(*(_list_of(table.c[name]) for name in names)).subquery()
    values = {name: given.c[name] for name in names if name != key}
    return update(table).where(table.c[key] == given.c[key]).values(values)


@lru_cache(maxsize=32)
def _update_each(table: Table, key: str, names: tuple[str, ...]) -> Update:
    bound = {name: bindparam(f"all_{name}", type_=table.c[name].type) for name in names}
    return update(table).where(table.c[key] == bound.pop(key)).values(bound)
