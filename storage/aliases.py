"""Other names that a project answers to. Unique in a workspace, together with the slugs.

The database sees to it among aliases and among slugs; that no alias is a slug too is for whoever adds one to
make sure of, holding `storage.workspaces.lock_workspace`.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update

from storage.database import Tx
from storage.revisions import change_parts, touch_project
from storage.tables import project_aliases


def add_alias(tx: Tx, workspace_id: str, project_id: int, alias: str) -> int:
    """The alias's id. No slug and no other alias of the workspace may be the same; reindex afterwards.

    One that was taken off a project before is used again. Raises NotFoundError.
    """
    touch_project(tx, workspace_id, project_id)
    again = (
        update(project_aliases)
        .where(
            project_aliases.c.workspace_id == workspace_id,
            project_aliases.c.alias == alias,
            project_aliases.c.removed_at.is_not(None),
        )
        .values(project_id=project_id, removed_at=None)
        .returning(project_aliases.c.id)
    )
    found = tx.execute(again).scalar_one_or_none()
    if found is None:
        values = {"workspace_id": workspace_id, "project_id": project_id, "alias": alias}
        found = tx.execute(
            insert(project_aliases).values(values).returning(project_aliases.c.id)
        ).scalar_one()
    return int(found)


def find_alias_id(tx: Tx, workspace_id: str, project_id: int, alias: str) -> int | None:
    """The id of a project's alias."""
    return tx.execute(
        select(project_aliases.c.id).where(
            *_present(workspace_id, project_id), project_aliases.c.alias == alias
        )
    ).scalar_one_or_none()


def find_alias(tx: Tx, workspace_id: str, project_id: int, alias_id: int) -> str | None:
    """A project's alias by its id."""
    return tx.execute(
        select(project_aliases.c.alias).where(
            *_present(workspace_id, project_id), project_aliases.c.id == alias_id
        )
    ).scalar_one_or_none()


def take_off_alias(tx: Tx, workspace_id: str, alias_id: int, at: datetime | None) -> None:
    """From now on it is nobody's; with None for `at`, it is back."""
    mine = (project_aliases.c.workspace_id == workspace_id, project_aliases.c.id == alias_id)
    change_parts(
        tx, workspace_id, project_aliases, update(project_aliases).where(*mine).values(removed_at=at)
    )


def remove_alias(tx: Tx, workspace_id: str, alias: str) -> None:
    """Nothing happens when there is none; reindex the project afterwards."""
    mine = (project_aliases.c.workspace_id == workspace_id, project_aliases.c.alias == alias)
    change_parts(tx, workspace_id, project_aliases, delete(project_aliases).where(*mine))


def _present(workspace_id: str, project_id: int) -> tuple[ColumnElement[bool], ...]:
    """Of the project, and not taken off."""
    of = project_aliases.c
    return of.workspace_id == workspace_id, of.project_id == project_id, of.removed_at.is_(None)
