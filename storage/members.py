"""Members of a project: people of the workspace, or names that a page gave."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, update

from storage.database import Tx
from storage.positions import next_position, set_positions
from storage.revisions import change_parts, touch_project
from storage.tables import members


def add_member(
    tx: Tx,
    workspace_id: str,
    project_id: int,
    *,
    position: int | None = None,
    name: str = "",
    user_id: str | None = None,
    role: str = "member",
) -> int:
    """The new membership's id. Without a position it stands behind the others. Raises NotFoundError."""
    touch_project(tx, workspace_id, project_id)
    if position is None:
        position = next_position(tx, members, workspace_id, project_id)
    values = {
        "workspace_id": workspace_id,
        "project_id": project_id,
        "position": position,
        "name": name,
        "user_id": user_id,
        "role": role,
    }
    return int(tx.execute(insert(members).values(values).returning(members.c.id)).scalar_one())


def change_member(tx: Tx, workspace_id: str, member_id: int, **changes: Any) -> None:  # noqa: ANN401 - columns differ in type
    mine = (members.c.workspace_id == workspace_id, members.c.id == member_id)
    change_parts(tx, workspace_id, members, update(members).where(*mine).values(**changes))


def remove_member(tx: Tx, workspace_id: str, member_id: int) -> None:
    mine = (members.c.workspace_id == workspace_id, members.c.id == member_id)
    change_parts(tx, workspace_id, members, delete(members).where(*mine))


def order_members(tx: Tx, workspace_id: str, ids: Sequence[int]) -> None:
    """Put them in this order: all that a project has."""
    set_positions(tx, members, workspace_id, ids)
