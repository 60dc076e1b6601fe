"""Removes a workspace with all that the bot knows of it."""

from sqlalchemy import delete, text

from storage.database import Tx
from storage.tables import workspaces


def remove_workspace(tx: Tx, workspace_id: str) -> bool:
    """Every row of it, for good: each table refers to the workspace. Whether there was one."""
    if tx.dialect.name == "postgresql":
        # Nobody waits for it, and of a large one it takes longer than an answer to a person may.
        tx.execute(text("SET LOCAL statement_timeout = '10min'"))
    return tx.execute(delete(workspaces).where(workspaces.c.id == workspace_id)).rowcount > 0
