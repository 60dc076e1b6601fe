"""Lists of projects, page by page, in the order of their names."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    bindparam,
    exists,
    func,
    select,
    union,
)

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
    values = {**_values(workspace_id, which), "limit": limit, "offset": offset}
    rows = sorted(tx.execute(_page(*_shape(which)), values), key=lambda row: (row.sort_name, row.id))
    return tuple(project_from(row) for row in rows)


def count_projects(tx: Tx, workspace_id: str, which: ProjectFilter) -> int:
    """How many there are; COUNT_LIMIT + 1 means more than COUNT_LIMIT."""
    return int(tx.execute(_count(*_shape(which)), _values(workspace_id, which)).scalar_one())


# It takes longer to make one of these statements than to run it, so each is made once for a kind of filter.


def _shape(which: ProjectFilter) -> tuple[bool, bool, bool]:
    """What a statement depends on: whether the filter asks for some states, for a person, for staleness."""
    is_of_some_states = set(which.states) != set(ProjectState)
    return is_of_some_states, which.person_id is not None, which.unvouched_since is not None


def _values(workspace_id: str, which: ProjectFilter) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "states": [state.value for state in which.states],
        "person_id": which.person_id,
        "since": which.unvouched_since,
    }


@lru_cache(maxsize=8)
def _page(*shape: bool) -> Select[Any]:
    # The ids first: an index has all that it takes to leave the earlier pages out.
    ids = (
        _where(select(projects.c.id), *shape)
        .order_by(projects.c.sort_name, projects.c.id)
        .limit(bindparam("limit", type_=Integer()))
        .offset(bindparam("offset", type_=Integer()))
        .subquery()
    )
    return select(*PROJECT_COLUMNS, projects.c.sort_name).join_from(ids, projects, projects.c.id == ids.c.id)


@lru_cache(maxsize=8)
def _count(*shape: bool) -> Select[int]:
    some = _where(select(projects.c.id), *shape).limit(COUNT_LIMIT + 1).subquery()
    return select(func.count()).select_from(some)


def _where(statement: Select[Any], has_states: bool, has_person: bool, has_since: bool) -> Select[Any]:  # noqa: FBT001 - see _shape
    workspace_id = bindparam("workspace_id", type_=String())
    if has_person:
        statement = statement.where(
            is_of(projects.c.workspace_id, workspace_id), projects.c.id.in_(_concerning())
        )
    else:
        statement = statement.where(projects.c.workspace_id == workspace_id)
    # There is an index in the order of names for one state, and one for all of them: no list is sorted whole.
    if has_states:
        statement = statement.where(projects.c.state.in_(bindparam("states", expanding=True)))
    if has_since:
        statement = statement.where(_has_outcome_unvouched())
    return statement


def _concerning() -> CompoundSelect[int]:
    """The ids of the projects that somebody owns, is a member of, or owns an outcome of: an index each."""
    workspace_id, person_id = (
        bindparam("workspace_id", type_=String()),
        bindparam("person_id", type_=String()),
    )
    return union(
        select(projects.c.id).where(
            projects.c.workspace_id == workspace_id, projects.c.owner_id == person_id
        ),
        select(members.c.project_id).where(
            members.c.workspace_id == workspace_id,
            members.c.user_id == person_id,
            members.c.removed_at.is_(None),
        ),
        select(outcomes.c.project_id).where(
            outcomes.c.workspace_id == workspace_id,
            outcomes.c.owner_id == person_id,
            outcomes.c.removed_at.is_(None),
        ),
    )


def _has_outcome_unvouched() -> ColumnElement[bool]:
    since, newest = status_updates.alias("since"), status_updates.alias("newest")
    newest_status = (
        select(newest.c.status)
        .where(newest.c.outcome_id == outcomes.c.id, newest.c.taken_back_at.is_(None))
        .order_by(newest.c.said_at.desc(), newest.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return exists(
        select(outcomes.c.id).where(
            outcomes.c.project_id == projects.c.id,
            outcomes.c.removed_at.is_(None),
            ~exists(
                select(since.c.id).where(
                    since.c.outcome_id == outcomes.c.id,
                    since.c.said_at >= bindparam("since"),
                    since.c.taken_back_at.is_(None),
                )
            ),
            func.coalesce(newest_status, "").not_in(_CLOSED),
        )
    )
