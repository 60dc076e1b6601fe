"""The topmost project above each of several, as far as it may be told of."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from storage.database import Tx
from storage.records import ProjectName
from storage.sight import Sight, is_told, values_of
from storage.tables import projects


def list_topmost(
    tx: Tx, workspace_id: str, sight: Sight, project_ids: Collection[int]
) -> dict[int, ProjectName]:
    """For each project the topmost one above it that may be told of; itself, where none is above it."""
    mine = projects.c.workspace_id == workspace_id
    above = (
        select(projects.c.id, projects.c.parent_id)
        .where(mine, projects.c.id.in_(sorted(project_ids)))
        .cte("above", recursive=True)
    )
    parent = projects.alias("parent")
    # Not UNION ALL: of a ring, should there ever be one, each project is found once.
    above = above.union(
        select(parent.c.id, parent.c.parent_id).where(
            parent.c.workspace_id == workspace_id, parent.c.id == above.c.parent_id
        )
    )
    rows = tx.execute(
        select(projects.c.id, projects.c.slug, projects.c.name, projects.c.parent_id)
        .join_from(above, projects, projects.c.id == above.c.id)
        .where(is_told(sight)),
        values_of(workspace_id, sight),
    ).all()
    names = {id_: ProjectName(id=id_, slug=slug, name=name) for id_, slug, name, _ in rows}
    parents = {row.id: row.parent_id for row in rows}
    return {id_: names[_top(id_, parents)] for id_ in project_ids if id_ in names}


def _top(id_: int, parents: Mapping[int, int | None]) -> int:
    seen = {id_}
    while (above := parents[id_]) in parents and above is not None and above not in seen:
        seen.add(above)
        id_ = above
    return id_
