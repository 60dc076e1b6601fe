"""Removes a workspace with all that the bot knows of it."""

from sqlalchemy import delete

from storage.database import Tx
from storage.tables import workspaces


def remove_workspace(tx: Tx, workspace_id: str) -> bool:
    """Every row of it, for good: each table refers to the workspace. Whether there was one."""
    return tx.execute(delete(workspaces).where(workspaces.c.id == workspace_id)).rowcount > 0
