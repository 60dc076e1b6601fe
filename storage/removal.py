"""A workspace, removed with all that is kept of it."""

from typing import Any

from sqlalchemy import Column, Table, delete, func, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from storage.database import Tx
from storage.tables import workspaces
from storage.whole import is_of_workspace, tables_of_workspaces

_BATCH = 2_000
"""Rows that are deleted by one statement."""


def count_rows_of(tx: Tx, workspace_id: str) -> dict[str, int]:
    """How many rows there are of it, by table; tables without any are left out."""
    found = {
        table.name: tx.execute(
            select(func.count()).select_from(table).where(is_of_workspace(table, workspace_id))
        ).scalar_one()
        for table in tables_of_workspaces()
    }
    return {name: count for name, count in found.items() if count}


def remove_workspace(tx: Tx, workspace_id: str) -> dict[str, int]:
    """Delete every row of it, for ever; how many there were, by table, as `count_rows_of` says it.

    Nothing of it is left, and nothing of another workspace is touched. Whoever adds a row of it meanwhile
    waits for the end of the transaction, and is refused then. One that is not there is removed already.

    Raises DeadlockError, when another transaction had rows of it and wanted more: try again.
    """
    # FOR UPDATE, so that whoever refers to it has to wait: a row that is added meanwhile would be left.
    tx.execute(select(workspaces.c.id).where(workspaces.c.id == workspace_id).with_for_update())
    if tx.dialect.name == "sqlite":
        # Its file keeps what is deleted, else, until the space is used again.
        tx.exec_driver_sql("PRAGMA secure_delete = ON")
    else:
        # However long it takes: those who wait for an answer do not wait for this.
        tx.exec_driver_sql("SET LOCAL statement_timeout = 0")
    counts = count_rows_of(tx, workspace_id)
    for table in reversed(tables_of_workspaces()):
        if table.name in counts:
            _delete(tx, table, is_of_workspace(table, workspace_id))
    return counts


def _delete(tx: Tx, table: Table, is_its: ColumnElement[bool]) -> None:
    """By the key and in its order, so that all batches together read the table once."""
    key: list[Column[Any]] = list(table.primary_key.columns)
    last: tuple[Any, ...] | None = None
    while True:
        after = [] if last is None else [tuple_(*key) > tuple_(*last)]
        last_of_batch = select(*key).where(is_its, *after).order_by(*key).offset(_BATCH - 1).limit(1)
        row = tx.execute(last_of_batch).one_or_none()
        up_to = [] if row is None else [tuple_(*key) <= tuple_(*row)]
        tx.execute(delete(table).where(is_its, *after, *up_to))
        if row is None:
            return
        last = tuple(row)
