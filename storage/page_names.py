"""Which pages a workspace has imported, without their texts."""

from sqlalchemy import func, select

from storage.database import Tx
from storage.tables import pages, projects


def list_page_names(tx: Tx, workspace_id: str) -> dict[str, int]:
    """The ids of its pages by their names, in the order of these."""
    rows = tx.execute(
        select(pages.c.name, pages.c.id).where(pages.c.workspace_id == workspace_id).order_by(pages.c.name)
    )
    return {row[0]: row[1] for row in rows}


def count_private(tx: Tx, workspace_id: str) -> int:
    """How many of its projects only some people see."""
    found = (
        select(func.count())
        .select_from(projects)
        .where(projects.c.workspace_id == workspace_id, projects.c.is_private)
    )
    return int(tx.execute(found).scalar_one())
