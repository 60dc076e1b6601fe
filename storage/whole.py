"""All tables, in one place: for what concerns the whole of a database, or the whole of a workspace.

What a table belongs to is read from its own columns and references, so that one that is added later is backed
up, exported and forgotten without a word here.
"""

import pkgutil
import re
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import Column, ColumnElement, LargeBinary, Table, select, tuple_

import storage
from storage.tables import metadata, workspaces

SHARED = "is_shared"
"""In the `info` of a table that belongs to no workspace: `info={SHARED: True}`."""
SECRET = "is_secret"  # noqa: S105 - a key of `info`, and no secret
"""In the `info` of a column that is never handed out; those that are called so, and bytes, never are."""

_WORKSPACE = ("workspace_id", "team_id")
_SECRET = re.compile(r"token|secret|password|cipher|encrypted")


@cache
def every_table() -> tuple[Table, ...]:
    """Each behind all those that it refers to."""
    for module in pkgutil.iter_modules(storage.__path__, "storage."):
        # Each of these adds its own to the one description of all tables.
        if module.name.endswith("tables"):
            import_module(module.name)
    return tuple(metadata.sorted_tables)


def tables_of_workspaces() -> tuple[Table, ...]:
    """Those with rows of a workspace, in the same order."""
    return tuple(table for table in every_table() if not table.info.get(SHARED))


def is_of_workspace(table: Table, workspace_id: str) -> ColumnElement[bool]:
    """Whether a row is of this workspace: by its own column, or else by a row that it refers to.

    Raises ValueError for a table that has neither.
    """
    if table is workspaces:
        return table.c.id == workspace_id
    for name in _WORKSPACE:
        if name in table.c:
            column: Column[Any] = table.c[name]
            return column == workspace_id
    for reference in sorted(table.foreign_key_constraints, key=lambda each: str(each.name)):
        above = reference.referred_table
        if above is not table and not above.info.get(SHARED):
            there = select(*(element.column for element in reference.elements))
            return tuple_(*reference.columns).in_(there.where(is_of_workspace(above, workspace_id)))
    raise ValueError(f"{table.name} is of no workspace: refer to one, or say so with info={{SHARED: True}}")


def is_secret(column: Column[Any]) -> bool:
    """Whether a column may hold what nobody is handed: tokens, and whatever is encrypted."""
    return bool(
        column.info.get(SECRET) or _SECRET.search(column.name) or isinstance(column.type, LargeBinary)
    )
