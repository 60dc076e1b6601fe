"""The order of what a project has several of."""

from collections.abc import Sequence

from sqlalchemy import Table, bindparam, func, select, update

from storage.database import Tx
from storage.revisions import touch_project


def set_positions(tx: Tx, table: Table, workspace_id: str, ids: Sequence[int]) -> None:
    """Put rows of `table`, which are all that a project has there, in this order."""
    if ids:
        project_id = tx.execute(
            select(table.c.project_id).where(table.c.workspace_id == workspace_id, table.c.id == ids[0])
        ).scalar_one_or_none()
        if project_id is not None:
            touch_project(tx, workspace_id, project_id)
        tx.execute(
            update(table)
            .where(
                table.c.workspace_id == workspace_id,
                table.c.id == bindparam("row_id"),
                table.c.position != bindparam("new_position"),
            )
            .values(position=bindparam("new_position")),
            [{"row_id": row_id, "new_position": position} for position, row_id in enumerate(ids)],
        )


def next_position(tx: Tx, table: Table, workspace_id: str, project_id: int) -> int:
    """Behind all that a project has in `table`, and had."""
    last = tx.execute(
        select(func.max(table.c.position)).where(
            table.c.workspace_id == workspace_id, table.c.project_id == project_id
        )
    ).scalar_one()
    return 0 if last is None else int(last) + 1
