"""A project's revision: greater after every transaction that changed anything of what its record shows.

The record is what `get_project`, `list_outcomes` and `get_parts_and_said` give: also the names of the
project's parent and of its sub-projects, and whether Slack draws charts. Whoever keeps a record that was
read with one revision may show it for as long as the project has that revision. A record that was read
inside of the transaction that changes it must not be kept. Which of its relatives a person sees depends on
more: on the channels that they are in (storage/sight.py).

Every function of storage that writes to a project or to its parts ends up in `touch_project`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Delete, Table, Update, select, union, update

from storage.database import LISTED, TOUCHED, Tx
from storage.errors import NotFoundError
from storage.tables import projects

SHOWN_ELSEWHERE = frozenset({"slug", "name", "state", "parent_id", "channel_id"})
"""Columns of a project that the record of its parent shows, or depends on: who sees it, too."""
_SHOWN_BY_CHILDREN = frozenset({"slug", "name", "channel_id"})
"""Columns of a project that the records of its sub-projects show."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a transaction has changed. `reaches_lists`: other projects stand elsewhere in lists now, too."""

    project_ids: frozenset[int] = frozenset()
    reaches_lists: bool = False

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            self.project_ids | other.project_ids, reaches_lists=self.reaches_lists or other.reaches_lists
        )

    def __bool__(self) -> bool:
        return self.reaches_lists or bool(self.project_ids)


def changes_in(tx: Tx) -> Changes:
    """What this transaction has changed so far; what was done in a savepoint is not told."""
    options = tx.get_execution_options()
    listed = options.get(LISTED, ())
    return Changes(frozenset(options.get(TOUCHED, ())) | frozenset(listed), reaches_lists=bool(listed))


def changes_by_workspace(tx: Tx) -> dict[str, Changes]:
    """The same in a transaction of more than one workspace; a statement more, if it has changed anything."""
    all_changes = changes_in(tx)
    if not all_changes:
        return {}
    rows = tx.execute(
        select(projects.c.workspace_id, projects.c.id).where(
            projects.c.id.in_(sorted(all_changes.project_ids))
        )
    )
    found: dict[str, set[int]] = {}
    for workspace_id, project_id in rows:
        found.setdefault(workspace_id, set()).add(project_id)
    listed = tx.get_execution_options().get(LISTED, ())
    return {
        workspace_id: Changes(frozenset(ids), reaches_lists=not ids.isdisjoint(listed))
        for workspace_id, ids in found.items()
    }


def change_lists(tx: Tx, project_id: int) -> None:
    """The project is new, or has another place in lists: its name or its state has changed."""
    listed: set[int] | None = tx.get_execution_options().get(LISTED)
    if listed is not None:
        listed.add(project_id)


def touch_project(tx: Tx, workspace_id: str, project_id: int) -> None:
    """Increase the revision; once in a transaction is enough, since nobody sees the steps in between.

    Raises NotFoundError. On PostgreSQL it keeps other writers from the project, as `lock_project` does.
    """
    touched: set[int] | None = tx.get_execution_options().get(TOUCHED)
    if tx.in_nested_transaction():
        # What a savepoint takes back has to be done again.
        touched = None
    if touched is not None and project_id in touched:
        return
    result = tx.execute(
        update(projects)
        .where(projects.c.workspace_id == workspace_id, projects.c.id == project_id)
        .values(revision=projects.c.revision + 1)
    )
    if result.rowcount == 0:
        raise NotFoundError("project", project_id)
    if touched is not None:
        touched.add(project_id)


def mark_touched(tx: Tx, project_id: int) -> None:
    """The revision was increased by a statement that did more than that."""
    touched: set[int] | None = tx.get_execution_options().get(TOUCHED)
    if touched is not None:
        touched.add(project_id)


def is_touched(tx: Tx, project_id: int) -> bool:
    """Whether anything of it was changed in this transaction; True where that is not known."""
    touched: set[int] | None = tx.get_execution_options().get(TOUCHED)
    return touched is None or tx.in_nested_transaction() or project_id in touched


def touch_neighbours(tx: Tx, workspace_id: str, project_id: int, changed: Collection[str]) -> None:
    """The projects whose records show something of these columns of this one: its parent, its sub-projects.

    The caller holds `lock_workspace`: two that lock several projects would else wait for each other.
    """
    of_parent = select(projects.c.parent_id).where(
        projects.c.workspace_id == workspace_id,
        projects.c.id == project_id,
        projects.c.parent_id.is_not(None),
    )
    children = select(projects.c.id).where(
        projects.c.workspace_id == workspace_id, projects.c.parent_id == project_id
    )
    wanted = [of_parent] if SHOWN_ELSEWHERE & set(changed) else []
    wanted += [children] if _SHOWN_BY_CHILDREN & set(changed) else []
    if wanted:
        for id_ in sorted(tx.execute(union(*wanted)).scalars()):
            touch_project(tx, workspace_id, id_)


def touch_all(tx: Tx, workspace_id: str) -> None:
    """All projects of a workspace: the workspace's id is a part of each."""
    tx.execute(
        update(projects)
        .where(projects.c.workspace_id == workspace_id)
        .values(revision=projects.c.revision + 1)
    )


def change_parts(tx: Tx, workspace_id: str, table: Table, change: Update | Delete) -> int:
    """Change rows of `table`, which are parts of projects, and touch these; how many rows that were."""
    returning: Any = change.returning(table.c.project_id)
    changed = tx.execute(returning).scalars().all()
    for project_id in sorted(set(changed)):
        touch_project(tx, workspace_id, project_id)
    return len(changed)
