"""Links of a project."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, update

from storage.database import Tx
from storage.positions import next_position, set_positions
from storage.revisions import change_parts, touch_project
from storage.tables import links


def add_link(
    tx: Tx,
    workspace_id: str,
    project_id: int,
    *,
    label: str,
    url: str,
    lead: str = "",
    position: int | None = None,
) -> int:
    """The new link's id. Without a position it stands behind the others. Raises NotFoundError."""
    touch_project(tx, workspace_id, project_id)
    if position is None:
        position = next_position(tx, links, workspace_id, project_id)
    values = {
        "workspace_id": workspace_id,
        "project_id": project_id,
        "position": position,
        "label": label,
        "url": url,
        "lead": lead,
    }
    return int(tx.execute(insert(links).values(values).returning(links.c.id)).scalar_one())


def change_link(tx: Tx, workspace_id: str, link_id: int, **changes: Any) -> None:  # noqa: ANN401 - columns differ in type
    mine = (links.c.workspace_id == workspace_id, links.c.id == link_id)
    change_parts(tx, workspace_id, links, update(links).where(*mine).values(**changes))


def remove_link(tx: Tx, workspace_id: str, link_id: int) -> None:
    mine = (links.c.workspace_id == workspace_id, links.c.id == link_id)
    change_parts(tx, workspace_id, links, delete(links).where(*mine))


def order_links(tx: Tx, workspace_id: str, ids: Sequence[int]) -> None:
    """Put them in this order: all that a project has."""
    set_positions(tx, links, workspace_id, ids)
