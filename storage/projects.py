"""Projects: made, changed and read. Lists are in project_lists.py, the parts of one in project_parts.py.

Every change of a project or of a part of it that depends on what it was before takes `lock_project` first.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from storage import terms
from storage.database import Tx
from storage.errors import NotFoundError
from storage.records import Project, ProjectName, ProjectState
from storage.revisions import change_lists, touch_neighbours, touch_project
from storage.rows import PROJECT_COLUMNS, project_from
from storage.sight import Sight, is_seen, keep_sight, values_of, where_seen
from storage.tables import is_of, outcomes, project_aliases, projects
from storage.thresholds import keep_thresholds


def find_seen_project(tx: Tx, workspace_id: str, sight: Sight, project_id: int) -> Project | None:
    """The project, if the person sees it: one that they do not see is as one that there is not."""
    row = tx.execute(
        select(*PROJECT_COLUMNS).where(
            projects.c.workspace_id == workspace_id, projects.c.id == project_id, is_seen()
        ),
        values_of(workspace_id, sight),
    ).one_or_none()
    return None if row is None else project_from(row)


def find_project(tx: Tx, workspace_id: str, project_id: int) -> Project | None:
    row = tx.execute(
        select(*PROJECT_COLUMNS).where(projects.c.workspace_id == workspace_id, projects.c.id == project_id)
    ).one_or_none()
    return None if row is None else project_from(row)


def get_project(tx: Tx, workspace_id: str, project_id: int) -> Project:
    """Raises NotFoundError."""
    project = find_project(tx, workspace_id, project_id)
    if project is None:
        raise NotFoundError("project", project_id)
    return project


def lock_project(tx: Tx, workspace_id: str, project_id: int) -> Project:
    """The project as it is now, kept so until the end of the transaction. Raises NotFoundError.

    Every change of a project or of its parts takes this lock before it reads what it changes: without it,
    PostgreSQL lets another transaction change the same between the reading and the writing. A transaction
    that changes several projects, other than an import, takes the workspace's lock before. SQLite needs no
    lock, since a transaction there is the only one from its beginning.
    """
    row = tx.execute(
        select(*PROJECT_COLUMNS)
        .where(projects.c.workspace_id == workspace_id, projects.c.id == project_id)
        # Not FOR UPDATE: for that, whoever adds a row that refers to the project would wait, too.
        .with_for_update(key_share=True)
    ).one_or_none()
    if row is None:
        raise NotFoundError("project", project_id)
    return project_from(row)


def list_project_names(
    tx: Tx, workspace_id: str, sight: Sight, project_ids: Sequence[int]
) -> tuple[ProjectName, ...]:
    """Those that the person sees, in the order of the ids."""
    columns = projects.c.id, projects.c.slug, projects.c.name
    rows = tx.execute(
        select(*columns).where(
            is_of(projects.c.workspace_id, workspace_id), projects.c.id.in_(project_ids), is_seen()
        ),
        values_of(workspace_id, sight),
    )
    found = {id_: ProjectName(id=id_, slug=slug, name=name) for id_, slug, name in rows}
    return tuple(found[id_] for id_ in project_ids if id_ in found)


def list_seen_projects(
    tx: Tx, workspace_id: str, sight: Sight, project_ids: Sequence[int]
) -> dict[int, Project]:
    """Those of these that the person sees, by id."""
    rows = tx.execute(
        select(*PROJECT_COLUMNS).where(
            is_of(projects.c.workspace_id, workspace_id), projects.c.id.in_(project_ids), is_seen()
        ),
        values_of(workspace_id, sight),
    )
    return {project.id: project for project in map(project_from, rows)}


def find_project_by_slug(tx: Tx, workspace_id: str, slug: str) -> Project | None:
    row = tx.execute(
        select(*PROJECT_COLUMNS).where(projects.c.workspace_id == workspace_id, projects.c.slug == slug)
    ).one_or_none()
    return None if row is None else project_from(row)


def find_project_by_alias(tx: Tx, workspace_id: str, alias: str) -> Project | None:
    row = tx.execute(
        select(*PROJECT_COLUMNS)
        .join_from(projects, project_aliases, project_aliases.c.project_id == projects.c.id)
        .where(
            project_aliases.c.workspace_id == workspace_id,
            project_aliases.c.alias == alias,
            project_aliases.c.removed_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else project_from(row)


def find_projects_of_channel(tx: Tx, workspace_id: str, sight: Sight, channel_id: str) -> tuple[Project, ...]:
    """The projects that check in there, are not archived and are seen by the person, by name."""
    rows = tx.execute(
        select(*PROJECT_COLUMNS).where(
            projects.c.workspace_id == workspace_id,
            projects.c.channel_id == channel_id,
            projects.c.state != ProjectState.ARCHIVED.value,
            is_seen(),
        ),
        values_of(workspace_id, sight),
    )
    # Sorted here: asked for an order, SQLite would go through the whole workspace in that order.
    found = [project_from(row) for row in rows]
    return tuple(sorted(found, key=lambda project: (sort_name(project.name), project.id)))


def add_project(
    tx: Tx,
    workspace_id: str,
    *,
    slug: str,
    name: str,
    now: datetime,
    summary: str = "",
    goal: str = "",
    parent_id: int | None = None,
    channel_id: str | None = None,
    owner_id: str | None = None,
    state: ProjectState = ProjectState.ACTIVE,
) -> int:
    """The new project's id. Call `storage.indexing.reindex` when its parts are in, or nobody will find it.

    The caller holds `lock_workspace` and has made sure that no alias is the same as the slug.
    """
    seen_in, is_private = where_seen(tx, workspace_id, channel_id, parent_id)
    values = {
        "workspace_id": workspace_id,
        "seen_in": seen_in,
        "is_private": is_private,
        "slug": slug,
        "name": name,
        "sort_name": sort_name(name),
        "summary": summary,
        "goal": goal,
        "state": state.value,
        "owner_id": owner_id,
        "channel_id": channel_id,
        "parent_id": parent_id,
        "created_at": now,
        "updated_at": now,
    }
    project_id = int(tx.execute(insert(projects).values(values).returning(projects.c.id)).scalar_one())
    change_lists(tx, project_id)
    if parent_id is not None:
        touch_project(tx, workspace_id, parent_id)
    return project_id


def change_project(tx: Tx, workspace_id: str, project_id: int, now: datetime, **changes: Any) -> None:  # noqa: ANN401 - columns differ in type
    """Set the named columns, after `lock_project`. Raises NotFoundError.

    Of `storage.revisions.SHOWN_ELSEWHERE`, only with `lock_workspace` before that.
    """
    columns = {"sort_name": sort_name(changes["name"])} if "name" in changes else {}
    if {"name", "state"} & set(changes):
        change_lists(tx, project_id)
    touch_project(tx, workspace_id, project_id)
    touch_neighbours(tx, workspace_id, project_id, changes)
    tx.execute(
        update(projects)
        .where(projects.c.workspace_id == workspace_id, projects.c.id == project_id)
        .values(**changes, **columns, updated_at=now)
    )
    if "parent_id" in changes:
        touch_neighbours(tx, workspace_id, project_id, ["parent_id"])
    if changes.keys() & {"channel_id", "parent_id"}:
        keep_sight(tx, workspace_id, [project_id])
    if "state" in changes:
        # Its outcomes keep it, for lists.
        tx.execute(
            update(outcomes).where(outcomes.c.project_id == project_id).values(project_state=changes["state"])
        )
    if changes.keys() & {"due_after_days", "stale_after_days"}:
        keep_thresholds(tx, workspace_id, project_id)


def sort_name(name: str) -> str:
    """What lists are ordered by: the same on every database and in every locale."""
    return terms.fold(name)[: terms.MAX_KEY]
