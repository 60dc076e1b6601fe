"""Projects with all that belongs to them, many at a time: the number of statements grows with batches alone.

First the order, of which only ids are kept; then as many projects at once as the caller wants in its memory.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, String, bindparam, func, select

from storage.database import Tx
from storage.outcomes import with_newest
from storage.records import Link, Member, Outcome, Project, ProjectState
from storage.rows import OUTCOME_COLUMNS, PROJECT_COLUMNS, UPDATE_COLUMNS, outcome_from, project_from
from storage.sight import Sight, is_told, values_of
from storage.slack_tables import people
from storage.tables import is_of, links, members, outcomes, project_aliases, projects

# The ids stand in the statement: a database takes only so many values beside one.
_IDS = bindparam("project_ids", type_=Integer(), expanding=True, literal_execute=True)
_PEOPLE = bindparam("person_ids", type_=String(), expanding=True)
_WORKSPACE = bindparam("workspace_id", type_=String())
EVERY_STATE = tuple(ProjectState)


class Spot(NamedTuple):
    """Where a project stands among the others: so many are above it, its parent nearest."""

    project_id: int
    depth: int
    parent_id: int | None


class WholeProject(NamedTuple):
    """A project and its parts, in their own order."""

    project: Project
    aliases: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    links: tuple[Link, ...]
    members: tuple[Member, ...]


def list_spots(
    tx: Tx,
    workspace_id: str,
    sight: Sight | None,
    *,
    with_private: bool,
    states: Sequence[ProjectState] = EVERY_STATE,
    project_id: int | None = None,
) -> tuple[Spot, ...]:
    """Every project before its sub-projects, and these by name; one statement.

    Those that may be told of to whom `of_place` names (EVERYTHING: to whoever may see all), and private ones
    only where that is wanted. A project whose parent is not among them stands as one without.
    `project_id`: that one alone, and all that is below it.
    """
    found = select(projects.c.id, projects.c.parent_id).where(projects.c.workspace_id == _WORKSPACE)
    values = values_of(workspace_id, sight)
    if sight is not None:
        found = found.where(is_told(sight))
    if not with_private:
        found = found.where(~projects.c.is_private)
    if set(states) != set(ProjectState):
        found = found.where(projects.c.state.in_([state.value for state in states]))
    rows = tx.execute(found.order_by(projects.c.sort_name, projects.c.id), values)
    parents: dict[int, int | None] = {row[0]: row[1] for row in rows}
    return tuple(_in_order(parents, project_id))


def _in_order(parents: dict[int, int | None], only: int | None) -> Iterator[Spot]:
    below: dict[int | None, list[int]] = {}
    for id_, parent_id in parents.items():
        below.setdefault(parent_id if parent_id in parents else None, []).append(id_)
    tops = below.pop(None, []) if only is None else [only] if only in parents else []
    waiting = [Spot(id_, 0, None) for id_ in reversed(tops)]
    while waiting:
        spot = waiting.pop()
        yield spot
        # Taken out, so that even of a ring every project comes once.
        inside = below.pop(spot.project_id, ())
        waiting += [Spot(id_, spot.depth + 1, spot.project_id) for id_ in reversed(inside)]


def list_wholes(tx: Tx, workspace_id: str, project_ids: Sequence[int]) -> tuple[WholeProject, ...]:
    """These projects, in this order, without those that are gone by now. Five statements."""
    values = {"workspace_id": workspace_id, "project_ids": list(project_ids)}
    if not project_ids:
        return ()
    mine = is_of(projects.c.workspace_id, _WORKSPACE), projects.c.id.in_(_IDS)
    found = select(*PROJECT_COLUMNS).where(*mine)
    by_id = {row[0]: project_from(row) for row in tx.execute(found, values)}
    aliases = _aliases(tx, values)
    outcomes_of = _outcomes(tx, values)
    links_of, members_of = _links(tx, values), _members(tx, values)
    return tuple(
        WholeProject(
            by_id[id_],
            tuple(aliases.get(id_, ())),
            tuple(outcomes_of.get(id_, ())),
            tuple(links_of.get(id_, ())),
            tuple(members_of.get(id_, ())),
        )
        for id_ in project_ids
        if id_ in by_id
    )


def count_private(tx: Tx, workspace_id: str) -> int:
    """How many projects only some people see."""
    found = select(func.count()).select_from(projects)
    found = found.where(projects.c.workspace_id == workspace_id, projects.c.is_private)
    return int(tx.execute(found).scalar_one())


def list_names_of_people(tx: Tx, workspace_id: str, person_ids: Iterable[str]) -> dict[str, str]:
    """By id, of those whom Slack has told of by name."""
    wanted = sorted(set(person_ids))
    if not wanted:
        return {}
    found = select(people.c.id, people.c.name).where(
        people.c.workspace_id == _WORKSPACE, people.c.id.in_(_PEOPLE), people.c.name != ""
    )
    rows = tx.execute(found, {"workspace_id": workspace_id, "person_ids": wanted})
    return {row[0]: row[1] for row in rows}


def list_slugs(tx: Tx, workspace_id: str, project_ids: Iterable[int]) -> dict[int, str]:
    """By id."""
    wanted = sorted(set(project_ids))
    if not wanted:
        return {}
    found = select(projects.c.id, projects.c.slug).where(
        is_of(projects.c.workspace_id, _WORKSPACE), projects.c.id.in_(_IDS)
    )
    rows = tx.execute(found, {"workspace_id": workspace_id, "project_ids": wanted})
    return {row[0]: row[1] for row in rows}


def _aliases(tx: Tx, values: dict[str, Any]) -> dict[int, list[str]]:
    of = project_aliases.c
    found = select(of.project_id, of.alias).where(*_present(of.workspace_id, of.project_id, of.removed_at))
    by_project: dict[int, list[str]] = {}
    for project_id, alias in tx.execute(found.order_by(of.project_id, of.id), values):
        by_project.setdefault(project_id, []).append(alias)
    return by_project


def _outcomes(tx: Tx, values: dict[str, Any]) -> dict[int, list[Outcome]]:
    of = outcomes.c
    found = (
        with_newest(of.project_id, *OUTCOME_COLUMNS, *UPDATE_COLUMNS)
        .where(is_of(of.workspace_id, _WORKSPACE), of.project_id.in_(_IDS))
        .order_by(of.project_id, of.position, of.id)
    )
    by_project: dict[int, list[Outcome]] = {}
    for project_id, *row in tx.execute(found, values):
        mine = by_project.setdefault(project_id, [])
        mine.append(outcome_from(tuple(row), len(mine) + 1))
    return by_project


def _links(tx: Tx, values: dict[str, Any]) -> dict[int, list[Link]]:
    of = links.c
    found = select(of.project_id, of.id, of.label, of.url, of.lead).where(
        *_present(of.workspace_id, of.project_id, of.removed_at)
    )
    by_project: dict[int, list[Link]] = {}
    for project_id, id_, label, url, lead in tx.execute(
        found.order_by(of.project_id, of.position, of.id), values
    ):
        by_project.setdefault(project_id, []).append(Link(id=id_, label=label, url=url, lead=lead))
    return by_project


def _members(tx: Tx, values: dict[str, Any]) -> dict[int, list[Member]]:
    of = members.c
    found = select(of.project_id, of.id, of.user_id, of.name, of.role).where(
        *_present(of.workspace_id, of.project_id, of.removed_at)
    )
    by_project: dict[int, list[Member]] = {}
    for project_id, id_, user_id, name, role in tx.execute(
        found.order_by(of.project_id, of.position, of.id), values
    ):
        by_project.setdefault(project_id, []).append(Member(id=id_, user_id=user_id, name=name, role=role))
    return by_project


def _present(
    workspace_id: Any,  # noqa: ANN401 - a column of any of these tables
    project_id: Any,  # noqa: ANN401 - as above
    removed_at: ColumnElement[Any],
) -> tuple[ColumnElement[bool], ...]:
    return is_of(workspace_id, _WORKSPACE), project_id.in_(_IDS), removed_at.is_(None)
