"""All that is kept of one workspace, but for secrets, as readable values."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from storage.database import Tx
from storage.whole import is_of_workspace, is_secret, tables_of_workspaces

Exported = dict[str, Any]
"""A row, by the names of its columns."""


def list_everything(tx: Tx, workspace_id: str) -> Iterator[tuple[str, Iterator[Exported]]]:
    """Every table with this workspace's rows, which are read as they are asked for, one table after another.

    Within `Database.snapshot`, the memory that it takes does not grow with the rows. Days and instants are as
    ISO 8601 has them. Columns of `secret_columns` are left out.
    """
    for table in tables_of_workspaces():
        columns = [column for column in table.columns if not is_secret(column)]
        found = (
            select(*columns).where(is_of_workspace(table, workspace_id)).order_by(*table.primary_key.columns)
        )
        names = [str(column.name) for column in columns]
        yield (
            table.name,
            (dict(zip(names, map(_readable, row), strict=True)) for row in tx.execute(found)),
        )


def secret_columns() -> tuple[str, ...]:
    """What is never handed out, as "table.column"."""
    return tuple(
        f"{table.name}.{column.name}"
        for table in tables_of_workspaces()
        for column in table.columns
        if is_secret(column)
    )


def _readable(value: Any) -> Any:  # noqa: ANN401 - whatever a column may hold
    return value.isoformat() if isinstance(value, date | datetime) else value
