"""Other names that a project answers to. Unique in a workspace, together with the slugs.

The database sees to it among aliases and among slugs; that no alias is a slug too is for whoever adds one to
make sure of, holding `storage.workspaces.lock_workspace`.
"""

from sqlalchemy import delete, insert

from storage.database import Tx
from storage.tables import project_aliases


def add_alias(tx: Tx, workspace_id: str, project_id: int, alias: str) -> None:
    """No slug and no other alias of the workspace may be the same; reindex the project afterwards."""
    tx.execute(insert(project_aliases).values(workspace_id=workspace_id, project_id=project_id, alias=alias))


def remove_alias(tx: Tx, workspace_id: str, alias: str) -> None:
    tx.execute(
        delete(project_aliases).where(
            project_aliases.c.workspace_id == workspace_id, project_aliases.c.alias == alias
        )
    )
