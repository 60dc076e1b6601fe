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
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    union,
    union_all,
)

from storage.database import Tx
from storage.records import Project, ProjectState
from storage.rows import PROJECT_COLUMNS, project_from
from storage.sight import Sight, is_seen, values_of
from storage.tables import is_of, members, outcomes, projects

COUNT_LIMIT = 1_000
"""Lists are counted up to here: beyond it the exact number helps nobody and costs a scan of the table."""

OPEN_STATES = (ProjectState.ACTIVE, ProjectState.PAUSED)

_FIRST = 8 * COUNT_LIMIT
"""Outcomes that are read to count stale projects; a project has a handful of them."""


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """Which projects a list shows.

    `person_id`: those that this person owns, is a member of, or owns an outcome of.
    `stale_at`: those with an open outcome that is stale at that instant, or that nobody ever vouched for.
    """

    states: tuple[ProjectState, ...] = OPEN_STATES
    person_id: str | None = None
    stale_at: datetime | None = None


def list_projects(
    tx: Tx,
    workspace_id: str,
    sight: Sight,
    which: ProjectFilter,
    *,
    limit: int,
    offset: int = 0,
    total: int | None = None,
) -> tuple[Project, ...]:
    """At most `limit` of those that the person sees, by name.

    `total` is what `count_projects` says, where it was asked already.
    """
    values = {**_values(workspace_id, sight, which), "limit": limit, "offset": offset}
    rows = tx.execute(_statement(tx, workspace_id, sight, which, total), values)
    return tuple(project_from(row) for row in sorted(rows, key=lambda row: (row.sort_name, row.id)))


def count_projects(tx: Tx, workspace_id: str, sight: Sight, which: ProjectFilter) -> int:
    """How many of them the person sees; COUNT_LIMIT + 1 means more than COUNT_LIMIT."""
    values = _values(workspace_id, sight, which)
    if not _is_stale_alone(which):
        return int(tx.execute(_count(*_shape(which)), values).scalar_one())
    found, read = tx.execute(_count_of_first(), {**values, "first": _FIRST}).one()
    if read == _FIRST and found <= COUNT_LIMIT:
        # So many outcomes of so few projects: there may be more behind them.
        return int(tx.execute(_count_of_all(), values).scalar_one())
    return int(found)


def has_projects(tx: Tx, workspace_id: str) -> bool:
    """Whether there is any at all, whoever sees it."""
    some = select(projects.c.id).where(projects.c.workspace_id == workspace_id).limit(1)
    return tx.execute(some).first() is not None


def _statement(
    tx: Tx, workspace_id: str, sight: Sight, which: ProjectFilter, total: int | None
) -> Select[Any]:
    """A few stale projects are sorted; among many, going through all by name soon comes to the next."""
    if _is_stale_alone(which):
        total = count_projects(tx, workspace_id, sight, which) if total is None else total
        if total <= COUNT_LIMIT:
            return _page_of_few()
    return _page(*_shape(which))


def _is_stale_alone(which: ProjectFilter) -> bool:
    return which.stale_at is not None and which.person_id is None


# It takes longer to make one of these statements than to run it, so each is made once for a kind of filter.


def _shape(which: ProjectFilter) -> tuple[bool, bool, bool]:
    """What a statement depends on: whether the filter asks for some states, for a person, for staleness."""
    is_of_some_states = set(which.states) != set(ProjectState)
    return is_of_some_states, which.person_id is not None, which.stale_at is not None


def _values(workspace_id: str, sight: Sight, which: ProjectFilter) -> dict[str, Any]:
    return {
        **values_of(workspace_id, sight),
        "states": [state.value for state in which.states],
        "person_id": which.person_id,
        "stale_at": which.stale_at,
    }


@lru_cache(maxsize=8)
def _page(*shape: bool) -> Select[Any]:
    return _page_of(_where(select(projects.c.id), *shape))


def _page_of(which: Select[Any]) -> Select[Any]:
    # The ids first: an index has all that it takes to leave the earlier pages out.
    ids = (
        which.order_by(projects.c.sort_name, projects.c.id)
        .limit(bindparam("limit", type_=Integer()))
        .offset(bindparam("offset", type_=Integer()))
        .subquery()
    )
    return select(*PROJECT_COLUMNS, projects.c.sort_name).join_from(ids, projects, projects.c.id == ids.c.id)


@lru_cache(maxsize=8)
def _count(*shape: bool) -> Select[int]:
    some = _where(select(projects.c.id), *shape).limit(COUNT_LIMIT + 1).subquery()
    return select(func.count()).select_from(some)


def _where(statement: Select[Any], has_states: bool, has_person: bool, has_staleness: bool) -> Select[Any]:  # noqa: FBT001 - see _shape
    workspace_id = bindparam("workspace_id", type_=String())
    if has_person:
        statement = statement.where(
            is_of(projects.c.workspace_id, workspace_id), projects.c.id.in_(_concerning())
        )
    else:
        statement = statement.where(projects.c.workspace_id == workspace_id)
    statement = statement.where(is_seen())
    # There is an index in the order of names for one state, and one for all of them: no list is sorted whole.
    if has_states:
        statement = statement.where(projects.c.state.in_(bindparam("states", expanding=True)))
    if has_staleness:
        statement = statement.where(_has_stale_outcome())
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


def _has_stale_outcome() -> ColumnElement[bool]:
    """Whether a project has one: a probe of an index for each project that is looked at."""
    return exists(select(outcomes.c.id).where(outcomes.c.project_id == projects.c.id, _is_stale()))


def _is_stale() -> ColumnElement[bool]:
    is_old = outcomes.c.turns_stale_at <= bindparam("stale_at")
    return and_(outcomes.c.is_open, or_(outcomes.c.turns_stale_at.is_(None), is_old))


def _stale() -> CompoundSelect[int]:
    """The projects of a workspace's outcomes that nobody has vouched for: two ranges of an index."""
    of_projects = select(outcomes.c.project_id).where(
        outcomes.c.workspace_id == bindparam("workspace_id", type_=String()),
        outcomes.c.project_state.in_(bindparam("states", expanding=True)),
        outcomes.c.is_open,
    )
    return union_all(
        of_projects.where(outcomes.c.turns_stale_at.is_(None)),
        of_projects.where(outcomes.c.turns_stale_at <= bindparam("stale_at")),
    )


@lru_cache(maxsize=1)
def _count_of_first() -> Select[int, int]:
    """How many projects the first of these outcomes have; if few, how many outcomes that are, too."""
    first = _stale().limit(bindparam("first", type_=Integer()))
    found = _distinct(first).subquery()
    read = select(func.count()).select_from(first.subquery()).scalar_subquery()
    return select(found.c.projects, case((found.c.projects > COUNT_LIMIT, 0), else_=read))


@lru_cache(maxsize=1)
def _count_of_all() -> Select[int]:
    return _distinct(_stale())


def _distinct(outcomes_of: CompoundSelect[int]) -> Select[int]:
    """How many projects they have, up to COUNT_LIMIT + 1: no more are read than it takes."""
    every = select(outcomes_of.subquery().c.project_id).distinct().subquery()
    seen = select(every.c.project_id).join_from(every, projects, projects.c.id == every.c.project_id)
    some = seen.where(is_seen()).limit(COUNT_LIMIT + 1).subquery()
    return select(func.count().label("projects")).select_from(some)


@lru_cache(maxsize=1)
def _page_of_few() -> Select[Any]:
    """The same page as `_page` gives, from those that are stale and not from all that there are."""
    workspace_id = bindparam("workspace_id", type_=String())
    is_one = and_(is_of(projects.c.workspace_id, workspace_id), projects.c.id.in_(_stale()), is_seen())
    return _page_of(select(projects.c.id).where(is_one))
