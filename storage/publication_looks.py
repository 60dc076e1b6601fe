"""When publications are looked at, though nothing has changed in the records: for hand edits."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, select, update

from storage.database import Tx
from storage.publication_tables import publications
from storage.serving import is_served


class Located(NamedTuple):
    workspace_id: str
    id: int
    address: str


def look_soon(tx: Tx, before: datetime, now: datetime) -> int:
    """Those that nobody has looked at since then are due now, of all workspaces; how many these are.

    One that is on its way is looked at as it is, and one that somebody has to mend first is not.
    """
    result = tx.execute(
        update(publications)
        .where(
            publications.c.lease.is_(None),
            publications.c.tries == 0,
            ~publications.c.is_stopped,
            publications.c.published_at.is_not(None),
            publications.c.checked_at < before,
            is_served(publications.c.workspace_id),
        )
        .values(due_at=now, checked_at=None)
    )
    return result.rowcount


def look_at_page(tx: Tx, workspace_id: str, page_id: int, now: datetime) -> None:
    """Where this page goes it is looked at now: what is to stand there has changed without the records.

    One that is on its way is looked at anew when that is over.
    """
    tx.execute(
        update(publications)
        .where(
            publications.c.workspace_id == workspace_id,
            publications.c.page_id == page_id,
            ~publications.c.is_stopped,
        )
        .values(
            due_at=case((publications.c.lease.is_(None), now), else_=publications.c.due_at),
            checked_at=None,
            seen=None,
            noticed=None,
        )
    )


def list_located(tx: Tx, beginning: str) -> tuple[Located, ...]:
    """Those whose addresses begin so, of all workspaces: what is told of a place is told of no workspace."""
    rows = tx.execute(
        select(publications.c.workspace_id, publications.c.id, publications.c.address)
        .where(
            publications.c.address.startswith(beginning, autoescape=True),
            is_served(publications.c.workspace_id),
        )
        .order_by(publications.c.id)
    )
    return tuple(Located(*row) for row in rows)
