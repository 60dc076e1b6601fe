"""Lists of projects, page by page, in the order of their names."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, exists, func, select, union

from storage.database import Tx
from storage.records import OutcomeStatus, Project, ProjectState
from storage.rows import PROJECT_COLUMNS, project_from
from storage.tables import is_of, members, outcomes, projects, status_updates

COUNT_LIMIT = 1_000
"""Lists are counted up to here: beyond it the exact number helps nobody and costs a scan of the table."""

OPEN_STATES = (ProjectState.ACTIVE, ProjectState.PAUSED)

_CLOSED = (OutcomeStatus.DONE.value, OutcomeStatus.DROPPED.value)


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """Which projects a list shows.

    `person_id`: those that this person owns, is a member of, or owns an outcome of.
    `unvouched_since`: those with an open outcome that nobody has vouched for since that instant.
    """

    states: tuple[ProjectState, ...] = OPEN_STATES
    person_id: str | None = None
    unvouched_since: datetime | None = None


def list_projects(
    tx: Tx, workspace_id: str, which: ProjectFilter, *, limit: int, offset: int = 0
) -> tuple[Project, ...]:
    """At most `limit` of them, by name."""
    rows = tx.execute(
        _where(select(*PROJECT_COLUMNS), workspace_id, which)
        .order_by(projects.c.sort_name, projects.c.id)
        .limit(limit)
        .offset(offset)
    )
    return tuple(project_from(row) for row in rows)


def count_projects(tx: Tx, workspace_id: str, which: ProjectFilter) -> int:
    """How many there are; COUNT_LIMIT + 1 means more than COUNT_LIMIT."""
    some = _where(select(projects.c.id), workspace_id, which).limit(COUNT_LIMIT + 1).subquery()
    return int(tx.execute(select(func.count()).select_from(some)).scalar_one())


def _where(statement: Select[Any], workspace_id: str, which: ProjectFilter) -> Select[Any]:
    if which.person_id is None:
        statement = statement.where(projects.c.workspace_id == workspace_id)
    else:
        statement = statement.where(
            is_of(projects.c.workspace_id, workspace_id),
            projects.c.id.in_(_concerning(workspace_id, which.person_id)),
        )
    # There is an index in the order of names for one state, and one for all of them: no list is sorted whole.
    if set(which.states) != set(ProjectState):
        statement = statement.where(projects.c.state.in_([state.value for state in which.states]))
    if which.unvouched_since is not None:
        statement = statement.where(_has_outcome_unvouched_since(which.unvouched_since))
    return statement


def _concerning(workspace_id: str, person_id: str) -> CompoundSelect[tuple[int]]:
    """The ids of the projects that somebody owns, is a member of, or owns an outcome of: an index each."""
    return union(
        select(projects.c.id).where(
            projects.c.workspace_id == workspace_id, projects.c.owner_id == person_id
        ),
        select(members.c.project_id).where(
            members.c.workspace_id == workspace_id, members.c.user_id == person_id
        ),
        select(outcomes.c.project_id).where(
            outcomes.c.workspace_id == workspace_id, outcomes.c.owner_id == person_id
        ),
    )


def _has_outcome_unvouched_since(instant: datetime) -> ColumnElement[bool]:
    since, newest = status_updates.alias("since"), status_updates.alias("newest")
    newest_status = (
        select(newest.c.status)
        .where(newest.c.outcome_id == outcomes.c.id)
        .order_by(newest.c.said_at.desc(), newest.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return exists(
        select(outcomes.c.id).where(
            outcomes.c.project_id == projects.c.id,
            ~exists(
                select(since.c.id).where(since.c.outcome_id == outcomes.c.id, since.c.said_at >= instant)
            ),
            func.coalesce(newest_status, "").not_in(_CLOSED),
        )
    )
