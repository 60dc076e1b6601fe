"""Workspaces, and the one that is filled before Slack has told its id."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from storage.database import Tx
from storage.errors import NotFoundError
from storage.records import Workspace
from storage.revisions import touch_all
from storage.slack_tables import slack_installations
from storage.tables import workspaces

_A_SECOND = timedelta(seconds=1)
"""Slack tells no more of when something happened."""

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


def ensure_workspace(
    tx: Tx, workspace_id: str, name: str, now: datetime, *, may_claim: bool = True
) -> Workspace:
    """The workspace, made if need be, and renamed if Slack has another name for it.

    A new one takes over what was imported before any workspace was known, if it may: not where anybody can
    install the bot, and be the first.
    """
    found = find_workspace(tx, workspace_id)
    if found is None and may_claim and workspace_id != UNCLAIMED and find_workspace(tx, UNCLAIMED):
        tx.execute(update(workspaces).where(workspaces.c.id == UNCLAIMED).values(id=workspace_id, name=name))
        touch_all(tx, workspace_id)
    elif found is None:
        # Processes that start at once all find none.
        with suppress(IntegrityError), tx.begin_nested():
            tx.execute(workspaces.insert().values(id=workspace_id, name=name, created_at=now))
    elif found.name != name:
        tx.execute(update(workspaces).where(workspaces.c.id == workspace_id).values(name=name))
    return Workspace(id=workspace_id, name=name)


def mark_installed(tx: Tx, workspace_id: str, now: datetime) -> None:
    """It has the bot, from now on: what was kept of it goes on."""
    tx.execute(
        update(workspaces)
        .where(workspaces.c.id == workspace_id)
        .values(installed_at=now, uninstalled_at=None)
    )


def mark_uninstalled(tx: Tx, workspace_id: str, at: datetime, now: datetime) -> bool:
    """It has removed the bot in the second from `at` on; whether that is news.

    Not if it was installed again since: Slack may tell of it late. From the commit on nothing is done there.
    Its token, which is void, is deleted.
    """
    result = tx.execute(
        update(workspaces)
        .where(
            workspaces.c.id == workspace_id,
            workspaces.c.uninstalled_at.is_(None),
            or_(workspaces.c.installed_at.is_(None), workspaces.c.installed_at < at + _A_SECOND),
        )
        .values(uninstalled_at=now)
    )
    if result.rowcount == 0:
        return False
    tx.execute(delete(slack_installations).where(slack_installations.c.workspace_id == workspace_id))
    return True


def is_uninstalled(tx: Tx, workspace_id: str) -> bool:
    """Whether it has removed the bot."""
    found = select(workspaces.c.id).where(
        workspaces.c.id == workspace_id, workspaces.c.uninstalled_at.is_not(None)
    )
    return tx.execute(found).one_or_none() is not None


def claim_forgotten(tx: Tx, before: datetime) -> str | None:
    """A workspace that has removed the bot before then, kept from other processes until the commit."""
    found: str | None = tx.execute(
        select(workspaces.c.id)
        .where(workspaces.c.uninstalled_at < before)
        .order_by(workspaces.c.uninstalled_at, workspaces.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).scalar_one_or_none()
    return found
