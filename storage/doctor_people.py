"""What `doctor` reads of people who have left: what they still have, and of what everybody has left.

Each function takes one statement, and gives at most `limit` rows, whatever the number of projects.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
    union,
    union_all,
)

from storage.check_in_tables import schedules
from storage.database import Tx
from storage.doctor_rows import GonePerson, OfProject
from storage.records import ProjectState
from storage.sight import Sight, is_seen, values_of
from storage.slack_tables import people
from storage.tables import members, outcomes, projects

GOING_ON = (ProjectState.ACTIVE.value, ProjectState.PAUSED.value)


def list_gone(
    tx: Tx, workspace_id: str, sight: Sight | None, too: Collection[str], limit: int
) -> tuple[GonePerson, ...]:
    """People who have left and still have something, by id; `too`: those of whom Slack alone says so."""
    of = _held(workspace_id, by=_left(workspace_id, too))
    rows = tx.execute(
        select(
            of.c.person_id,
            func.coalesce(people.c.name, ""),
            func.coalesce(people.c.is_deleted, literal(value=False)),
            of.c.role,
            projects.c.slug,
            shown(sight),
        )
        .join_from(of, projects, projects.c.id == of.c.project_id)
        .outerjoin(people, and_(people.c.workspace_id == workspace_id, people.c.id == of.c.person_id))
        .where(projects.c.workspace_id == workspace_id, projects.c.state.in_(GOING_ON))
        .order_by(of.c.person_id, projects.c.slug, of.c.role)
        .limit(limit),
        values_of(workspace_id, sight),
    )
    return tuple(GonePerson(row[0], row[1], bool(row[2]), row[3], row[4], bool(row[5])) for row in rows)


def list_to_ask_about(tx: Tx, workspace_id: str, before: datetime, limit: int) -> tuple[str, ...]:
    """Owners of whom Slack has told nothing since then, those first of whom it never has."""
    of = _held(workspace_id)
    asked = (
        select(of.c.person_id, func.min(people.c.refreshed_at).label("at"))
        .join_from(of, projects, projects.c.id == of.c.project_id)
        .outerjoin(people, and_(people.c.workspace_id == workspace_id, people.c.id == of.c.person_id))
        .where(
            projects.c.workspace_id == workspace_id,
            projects.c.state.in_(GOING_ON),
            or_(people.c.id.is_(None), and_(~people.c.is_deleted, people.c.refreshed_at < before)),
        )
        .group_by(of.c.person_id)
        .subquery()
    )
    rows = tx.execute(
        select(asked.c.person_id)
        .order_by(asked.c.at.is_not(None), asked.c.at, asked.c.person_id)
        .limit(limit)
    )
    return tuple(rows.scalars())


def list_forsaken(tx: Tx, workspace_id: str, sight: Sight | None, limit: int) -> tuple[OfProject, ...]:
    """Projects that are asked, and of whose people every one has left; by slug."""
    some_have_left = _held(workspace_id, by=_left(workspace_id))
    of = _held(workspace_id, of=select(some_have_left.c.project_id))
    # Of whom nobody has told, nobody knows that they have left.
    has_left = case((people.c.is_deleted, 1), else_=0)
    empty = (
        select(of.c.project_id)
        .outerjoin_from(
            of, people, and_(people.c.workspace_id == workspace_id, people.c.id == of.c.person_id)
        )
        .group_by(of.c.project_id)
        .having(func.min(has_left) == 1)
        .subquery()
    )
    rows = tx.execute(
        select(projects.c.slug, shown(sight))
        .join_from(empty, projects, projects.c.id == empty.c.project_id)
        .join(schedules, schedules.c.project_id == projects.c.id)
        .where(
            projects.c.workspace_id == workspace_id,
            projects.c.state == ProjectState.ACTIVE.value,
            schedules.c.next_at.is_not(None),
        )
        .order_by(projects.c.slug)
        .limit(limit),
        values_of(workspace_id, sight),
    )
    return tuple(OfProject(slug, bool(seen)) for slug, seen in rows)


def shown(sight: Sight | None) -> ColumnElement[bool]:
    """Whether a project in the statement around may be named; always, for whoever runs the bot."""
    return true() if sight is None else is_seen()


def _held(workspace_id: str, *, by: Select[Any] | None = None, of: Select[Any] | None = None) -> Subquery:
    """Who has what of a project: its owner, those of its open outcomes, its members.

    `by`: of these people alone, and `of`: of these projects alone, which are looked up by their indexes.
    """

    def among(person: ColumnElement[Any], project: ColumnElement[Any]) -> Iterator[ColumnElement[bool]]:
        yield person.is_not(None)
        if by is not None:
            yield person.in_(by)
        if of is not None:
            yield project.in_(of)

    owners = select(
        projects.c.owner_id.label("person_id"),
        literal("owner").label("role"),
        projects.c.id.label("project_id"),
    ).where(projects.c.workspace_id == workspace_id, *among(projects.c.owner_id, projects.c.id))
    of_outcomes = select(outcomes.c.owner_id, literal("outcome"), outcomes.c.project_id).where(
        outcomes.c.workspace_id == workspace_id,
        outcomes.c.is_open,
        outcomes.c.removed_at.is_(None),
        *among(outcomes.c.owner_id, outcomes.c.project_id),
    )
    of_members = select(members.c.user_id, literal("member"), members.c.project_id).where(
        members.c.workspace_id == workspace_id,
        members.c.removed_at.is_(None),
        *among(members.c.user_id, members.c.project_id),
    )
    # No owner of two outcomes of a project stands there twice.
    return union(owners, of_outcomes, of_members).subquery()


def _left(workspace_id: str, too: Collection[str] = ()) -> Select[Any]:
    """Those who have left, as the database says or somebody else."""
    left = select(people.c.id).where(people.c.workspace_id == workspace_id, people.c.is_deleted)
    others = [select(literal(id_)) for id_ in sorted(too)]
    return select(union_all(left, *others).subquery()) if others else left
