"""Workspaces, and the one that is filled before Slack has told its id."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from storage.database import Tx
from storage.errors import NotFoundError
from storage.records import Workspace
from storage.revisions import touch_all
from storage.tables import workspaces

UNCLAIMED = "unclaimed"
"""The id of a workspace that was filled from the command line before the bot was first connected."""


def list_workspaces(tx: Tx) -> tuple[Workspace, ...]:
    """All workspaces, oldest first."""
    rows = tx.execute(
        select(workspaces.c.id, workspaces.c.name).order_by(workspaces.c.created_at, workspaces.c.id)
    )
    return tuple(Workspace(id=id_, name=name) for id_, name in rows)


def find_workspace(tx: Tx, workspace_id: str) -> Workspace | None:
    row = tx.execute(
        select(workspaces.c.id, workspaces.c.name).where(workspaces.c.id == workspace_id)
    ).one_or_none()
    return None if row is None else Workspace(id=row[0], name=row[1])


def lock_workspace(tx: Tx, workspace_id: str) -> Workspace:
    """Wait for whoever holds it, and hold it until the end of the transaction. Raises NotFoundError.

    What may give projects new names takes this first (imports do): that no slug is an alias too, only this
    makes sure of. Other changes of the workspace's rows do not wait for it. SQLite needs no lock, since a
    transaction there is the only one from its beginning.
    """
    # Not FOR UPDATE: for that, whoever adds a row anywhere in the workspace would wait too.
    row = tx.execute(
        select(workspaces.c.id, workspaces.c.name)
        .where(workspaces.c.id == workspace_id)
        .with_for_update(key_share=True)
    ).one_or_none()
    if row is None:
        raise NotFoundError("workspace", workspace_id)
    return Workspace(id=row[0], name=row[1])


def ensure_workspace(tx: Tx, workspace_id: str, name: str, now: datetime) -> Workspace:
    """The workspace, made if need be, and renamed if Slack has another name for it.

    A new one takes over what was imported before any workspace was known.
    """
    found = find_workspace(tx, workspace_id)
    if found is None and workspace_id != UNCLAIMED and find_workspace(tx, UNCLAIMED):
        tx.execute(update(workspaces).where(workspaces.c.id == UNCLAIMED).values(id=workspace_id, name=name))
        touch_all(tx, workspace_id)
    elif found is None:
        # Processes that start at once all find none.
        with suppress(IntegrityError), tx.begin_nested():
            tx.execute(workspaces.insert().values(id=workspace_id, name=name, created_at=now))
    elif found.name != name:
        tx.execute(update(workspaces).where(workspaces.c.id == workspace_id).values(name=name))
    return Workspace(id=workspace_id, name=name)
