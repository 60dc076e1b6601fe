"""Whether revisions keep their promise: what a record shows changes with its revision only."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from bot.services.asking import Asker
from bot.services.reading import read_shown_record
from storage import tables
from storage.database import Tx
from storage.projects import get_project
from tests.support.make import NOW, SEES

Records = dict[int, tuple[int, Any]]
"""By project: the revision, and all that the record shows beside it."""


def records_in(tx: Tx, workspace_id: str) -> Records:
    """Every record of a workspace, as it is read for people."""
    found = {}
    asker = Asker(workspace_id, SEES.person_id, None)
    ids = select(tables.projects.c.id).where(tables.projects.c.workspace_id == workspace_id)
    for project_id in tx.execute(ids).scalars().all():
        record = read_shown_record(tx, asker, get_project(tx, workspace_id, project_id), NOW)
        shown = (
            record.project.model_dump(exclude={"revision"}),
            record.outcomes,
            record.parts,
            # Of how fresh its sub-projects are it holds nothing: an answer that shows relatives is not kept.
            record.charts and replace(record.charts, freshness=()),
        )
        found[project_id] = (record.project.revision, shown)
    return found


def require_revised(before: Records, after: Records) -> set[int]:
    """The projects whose record changed: each has a greater revision now, and none has a smaller one."""
    changed = set()
    for project_id in before.keys() & after.keys():
        (old, shown_before), (new, shown_after) = before[project_id], after[project_id]
        assert new >= old, f"the revision of {project_id} went back"
        if shown_before != shown_after:
            changed.add(project_id)
            assert new > old, f"{project_id} changed without a new revision: {shown_before} {shown_after}"
    return changed
