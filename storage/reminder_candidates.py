"""What may be due for a reminder, with what was sent about it before, and what people said about that."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from storage.database import Tx
from storage.records import ProjectState
from storage.reminder_conditions import can_be_told, has_left, is_going_on, is_old, is_timely, sees
from storage.reminder_tables import reminder_words, reminders
from storage.reminders import GOAL, ToldRow
from storage.tables import is_of, outcomes, projects
from storage.thresholds import never_at
from storage.types import UtcDateTime


class Candidate(NamedTuple):
    """A thing that may be due. `person_id`: whoever is asked about it; None where nobody can be.

    `vouched_at`: of a goal, when somebody last said that it holds. `stale_at`: from then on it is stale, or
    would be had anybody ever vouched; None for a goal. `left_id`: its owner, who has left. `snoozed_until`
    counts unless somebody has vouched since.
    """

    project_id: int
    outcome_id: int
    person_id: str | None
    owner_id: str | None
    vouched_at: datetime | None
    stale_at: datetime | None
    due_on: date | None
    left_id: str | None
    snoozed_until: date | None
    disowned_at: datetime | None
    told: tuple[ToldRow, ...]


class Period(NamedTuple):
    """What is timely: stale by `now`, or due from the one day to the other.

    A goal, if nobody has said since `goal_before` that it holds.
    """

    now: datetime
    due_from: date
    due_until: date
    goal_before: datetime


def list_for_people(
    tx: Tx, workspace_id: str, person_ids: Sequence[str], period: Period
) -> tuple[Candidate, ...]:
    """What may be due for these people, who can be written to: outcomes of theirs in projects that they see.

    Those of nobody, and of people who cannot be told, are for the owner of the project. One statement.
    """
    values = {"workspace_id": workspace_id, "person_ids": list(person_ids), **period._asdict()}
    return _candidates(tx.execute(_FOR_PEOPLE, values))


def list_goals_for_people(
    tx: Tx, workspace_id: str, person_ids: Sequence[str], period: Period
) -> tuple[Candidate, ...]:
    """The goals that these people are to confirm: of projects that they own, and see. One statement."""
    values = {"workspace_id": workspace_id, "person_ids": list(person_ids), **period._asdict()}
    return _candidates(tx.execute(_GOALS, values))


def list_for_channels(
    tx: Tx, workspace_id: str, project_ids: Sequence[int], period: Period
) -> tuple[Candidate, ...]:
    """What may be due for a line in the channels of these projects, with whoever is asked about it."""
    values = {"workspace_id": workspace_id, "project_ids": list(project_ids), **period._asdict()}
    return _candidates(tx.execute(_FOR_CHANNELS, values))


def list_of_project(tx: Tx, workspace_id: str, project_id: int) -> tuple[Candidate, ...]:
    """All open outcomes of a project that is going on, each with whoever is asked about it."""
    found = _select(_person(), outcomes.c.owner_id).where(
        outcomes.c.workspace_id == workspace_id, outcomes.c.project_id == project_id, is_going_on()
    )
    return _candidates(tx.execute(found))


def _select(person: ColumnElement[Any], owner: ColumnElement[Any]) -> Select[Any]:
    words, told = reminder_words.c, reminders.c
    is_thing = and_(words.project_id == outcomes.c.project_id, words.outcome_id == outcomes.c.id)
    joined = (
        outcomes.join(projects, projects.c.id == outcomes.c.project_id)
        .outerjoin(reminder_words, is_thing)
        .outerjoin(
            reminders, and_(told.project_id == outcomes.c.project_id, told.outcome_id == outcomes.c.id)
        )
    )
    # What somebody put off counts until somebody has looked.
    counts = or_(outcomes.c.vouched_at.is_(None), outcomes.c.vouched_at <= words.snoozed_at)
    return select(
        outcomes.c.project_id,
        outcomes.c.id,
        person.label("person_id"),
        owner.label("owner_id"),
        outcomes.c.vouched_at,
        func.coalesce(outcomes.c.turns_stale_at, never_at(), type_=UtcDateTime).label("stale_at"),
        outcomes.c.due_on,
        case((has_left(), outcomes.c.owner_id)).label("left_id"),
        case((counts, words.snoozed_until)).label("snoozed_until"),
        case((outcomes.c.owner_id.is_(None), words.disowned_at)).label("disowned_at"),
        told.id.label("told_id"),
        told.rule,
        told.about,
        told.to_person,
        told.in_channel,
        told.last_at,
    ).select_from(joined)


_OF_TOLD = 6


def _candidates(rows: Iterable[Any]) -> tuple[Candidate, ...]:
    """A row for each rule by which something was sent, or one without."""
    told: dict[tuple[int, int], list[ToldRow]] = {}
    found: dict[tuple[int, int], tuple[Any, ...]] = {}
    for row in rows:
        thing = row[0], row[1]
        found.setdefault(thing, tuple(row[:-_OF_TOLD]))
        of_it = told.setdefault(thing, [])
        if row.told_id is not None:
            of_it.append(ToldRow(*row[-_OF_TOLD:]))
    return tuple(Candidate._make((*found[thing], tuple(told[thing]))) for thing in sorted(found))


def _for_people() -> CompoundSelect[Any]:
    workspace_id = bindparam("workspace_id", type_=String())
    person_ids: BindParameter[list[str]] = bindparam("person_ids", expanding=True)
    own = _select(outcomes.c.owner_id, outcomes.c.owner_id).where(
        outcomes.c.workspace_id == workspace_id,
        outcomes.c.owner_id.in_(person_ids),
        is_going_on(),
        sees(outcomes.c.owner_id),
        is_timely(),
    )
    of_projects = _select(projects.c.owner_id, outcomes.c.owner_id).where(
        projects.c.workspace_id == workspace_id,
        projects.c.owner_id.in_(person_ids),
        or_(outcomes.c.owner_id.is_(None), ~can_be_told(outcomes.c.owner_id)),
        is_going_on(),
        sees(projects.c.owner_id),
        or_(is_timely(), has_left(), reminder_words.c.disowned_at.is_not(None)),
    )
    return union_all(own, of_projects)


def _person() -> ColumnElement[Any]:
    """Whoever is asked about an outcome."""
    is_owners = and_(outcomes.c.owner_id.is_not(None), can_be_told(outcomes.c.owner_id))
    of_project = case((can_be_told(projects.c.owner_id), projects.c.owner_id))
    return case((is_owners, outcomes.c.owner_id), else_=of_project)


def _for_channels() -> Select[Any]:
    return _select(_person(), outcomes.c.owner_id).where(
        is_of(outcomes.c.workspace_id, bindparam("workspace_id", type_=String())),
        outcomes.c.project_id.in_(bindparam("project_ids", expanding=True)),
        is_going_on(),
        is_old(),
    )


def _goals() -> Select[Any]:
    words, told = reminder_words.c, reminders.c
    held_at = func.coalesce(projects.c.goal_confirmed_at, projects.c.created_at, type_=UtcDateTime)
    joined = projects.outerjoin(
        reminder_words, and_(words.project_id == projects.c.id, words.outcome_id == GOAL)
    ).outerjoin(reminders, and_(told.project_id == projects.c.id, told.outcome_id == GOAL))
    person_ids: BindParameter[list[str]] = bindparam("person_ids", expanding=True)
    return (
        select(
            projects.c.id.label("project_id"),
            literal(GOAL).label("outcome_id"),
            projects.c.owner_id.label("person_id"),
            null().label("owner_id"),
            held_at.label("vouched_at"),
            null().label("stale_at"),
            null().label("due_on"),
            null().label("left_id"),
            case((held_at <= words.snoozed_at, words.snoozed_until)).label("snoozed_until"),
            null().label("disowned_at"),
            told.id.label("told_id"),
            told.rule,
            told.about,
            told.to_person,
            told.in_channel,
            told.last_at,
        )
        .select_from(joined)
        .where(
            projects.c.workspace_id == bindparam("workspace_id", type_=String()),
            projects.c.owner_id.in_(person_ids),
            projects.c.state == ProjectState.ACTIVE.value,
            projects.c.goal != "",
            held_at <= bindparam("goal_before", type_=UtcDateTime),
            sees(projects.c.owner_id),
        )
    )


# Made once: to make one takes longer than to ask it.
_FOR_PEOPLE, _FOR_CHANNELS, _GOALS = _for_people(), _for_channels(), _goals()
