"""What may be due for a reminder, what was sent about it before, and what people said about that.

A thing is an outcome, or a project's goal: that has GOAL in place of an outcome's id.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    String,
    and_,
    bindparam,
    case,
    exists,
    literal,
    null,
    or_,
    select,
    union_all,
)

from storage.bulk import insert_rows, update_rows
from storage.database import Tx
from storage.records import ProjectState
from storage.reminder_tables import reminder_turns, reminder_words, reminders
from storage.slack_tables import channel_members, people
from storage.tables import is_of, outcomes, projects
from storage.types import UtcDateTime

GOAL = 0


class ToldRow(NamedTuple):
    """What was sent by one rule about one thing; see bot/domain/reminder_rules.py."""

    id: int
    rule: str
    about: str
    to_person: int
    in_channel: int
    last_at: datetime


class Candidate(NamedTuple):
    """A thing that may be due. `person_id`: whoever is asked about it; None where nobody can be.

    `left_id`: its owner, who has left. `snoozed_until` counts unless somebody has vouched since.
    """

    project_id: int
    outcome_id: int
    person_id: str | None
    owner_id: str | None
    vouched_at: datetime | None
    created_at: datetime
    due_on: date | None
    left_id: str | None
    snoozed_until: date | None
    disowned_at: datetime | None
    told: tuple[ToldRow, ...]


class Period(NamedTuple):
    """What is timely: stale if nobody has vouched since `stale_before`; due from the one day to the other."""

    stale_before: datetime
    due_from: date
    due_until: date


class Telling(NamedTuple):
    """What is to be written down; `id`: of the row that there is already."""

    id: int | None
    workspace_id: str
    project_id: int
    outcome_id: int
    rule: str
    about: str
    to_person: int
    in_channel: int
    last_at: datetime


def list_for_people(
    tx: Tx, workspace_id: str, person_ids: Sequence[str], period: Period
) -> tuple[Candidate, ...]:
    """What may be due for these people, who can be written to: outcomes of theirs in projects that they see.

    Those of nobody, and of people who cannot be told, are for the owner of the project. One statement.
    """
    values = {"workspace_id": workspace_id, "person_ids": list(person_ids), **period._asdict()}
    return _candidates(tx.execute(_FOR_PEOPLE, values))


def list_for_channels(
    tx: Tx, workspace_id: str, project_ids: Sequence[int], period: Period
) -> tuple[Candidate, ...]:
    """What may be due for a line in the channels of these projects, whoever is asked about it."""
    values = {"workspace_id": workspace_id, "project_ids": list(project_ids), **period._asdict()}
    return _candidates(tx.execute(_FOR_CHANNELS, values))


def list_of_project(tx: Tx, workspace_id: str, project_id: int) -> tuple[Candidate, ...]:
    """All open outcomes of a project that is going on, each with whoever is asked about it."""
    project_owner = case((_can_be_told(projects.c.owner_id), projects.c.owner_id))
    person = case(
        (
            and_(outcomes.c.owner_id.is_not(None), _can_be_told(outcomes.c.owner_id)),
            outcomes.c.owner_id,
        ),
        else_=project_owner,
    )
    found = _select(person, outcomes.c.owner_id).where(
        outcomes.c.workspace_id == workspace_id, outcomes.c.project_id == project_id, _is_going_on()
    )
    return _candidates(tx.execute(found))


def record_told(tx: Tx, tellings: Iterable[Telling]) -> None:
    """All of them, in two statements."""
    rows = [each._asdict() for each in tellings]
    changed = [
        {name: row[name] for name in ("id", "about", "to_person", "in_channel", "last_at")}
        for row in rows
        if row["id"] is not None
    ]
    added = [
        {name: value for name, value in row.items() if name != "id"} for row in rows if row["id"] is None
    ]
    update_rows(tx, reminders, "id", changed)
    insert_rows(tx, reminders, added)


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
        outcomes.c.created_at,
        outcomes.c.due_on,
        case((_has_left(), outcomes.c.owner_id)).label("left_id"),
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
    told: dict[int, list[ToldRow]] = {}
    found: dict[int, tuple[Any, ...]] = {}
    for row in rows:
        outcome_id = row[1]
        found.setdefault(outcome_id, tuple(row[:-_OF_TOLD]))
        of_it = told.setdefault(outcome_id, [])
        if row.told_id is not None:
            of_it.append(ToldRow(*row[-_OF_TOLD:]))
    return tuple(Candidate._make((*found[id_], tuple(told[id_]))) for id_ in sorted(found))


def _is_going_on() -> ColumnElement[bool]:
    return and_(
        outcomes.c.is_open,
        outcomes.c.removed_at.is_(None),
        outcomes.c.project_state == ProjectState.ACTIVE.value,
    )


def _is_timely() -> ColumnElement[bool]:
    first, last = bindparam("due_from", type_=Date()), bindparam("due_until", type_=Date())
    return or_(_is_old(), outcomes.c.due_on.between(first, last))


def _is_old() -> ColumnElement[bool]:
    stale_before = bindparam("stale_before", type_=UtcDateTime)
    return or_(
        outcomes.c.vouched_at <= stale_before,
        and_(outcomes.c.vouched_at.is_(None), outcomes.c.created_at <= stale_before),
    )


def _can_be_told(person_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether this column names a full member who is still there, gets messages, and sees the project."""
    somebody = people.alias("somebody")
    is_there = exists(
        select(literal(1)).where(
            somebody.c.workspace_id == outcomes.c.workspace_id,
            somebody.c.id == person_id,
            ~somebody.c.is_guest,
            ~somebody.c.is_deleted,
        )
    )
    has_stopped = exists(
        select(literal(1)).where(
            reminder_turns.c.workspace_id == outcomes.c.workspace_id,
            reminder_turns.c.place == person_id,
            reminder_turns.c.stopped_because.is_not(None),
        )
    )
    return and_(is_there, ~has_stopped, _sees(person_id))


def _sees(person_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Of a full member; see storage/sight.py."""
    is_in_channel = exists(
        select(literal(1)).where(
            channel_members.c.workspace_id == projects.c.workspace_id,
            channel_members.c.person_id == person_id,
            channel_members.c.channel_id == projects.c.seen_in,
        )
    )
    return or_(~projects.c.is_private, is_in_channel)


def _has_left() -> ColumnElement[bool]:
    leaver = people.alias("leaver")
    return exists(
        select(literal(1)).where(
            leaver.c.workspace_id == outcomes.c.workspace_id,
            leaver.c.id == outcomes.c.owner_id,
            leaver.c.is_deleted,
        )
    )


def _for_people() -> CompoundSelect[Any]:
    workspace_id = bindparam("workspace_id", type_=String())
    person_ids: BindParameter[list[str]] = bindparam("person_ids", expanding=True)
    own = _select(outcomes.c.owner_id, outcomes.c.owner_id).where(
        outcomes.c.workspace_id == workspace_id,
        outcomes.c.owner_id.in_(person_ids),
        _is_going_on(),
        _sees(outcomes.c.owner_id),
        _is_timely(),
    )
    of_projects = _select(projects.c.owner_id, outcomes.c.owner_id).where(
        projects.c.workspace_id == workspace_id,
        projects.c.owner_id.in_(person_ids),
        or_(outcomes.c.owner_id.is_(None), ~_can_be_told(outcomes.c.owner_id)),
        _is_going_on(),
        _sees(projects.c.owner_id),
        or_(_is_timely(), _has_left(), reminder_words.c.disowned_at.is_not(None)),
    )
    return union_all(own, of_projects)


def _for_channels() -> Select[Any]:
    return _select(null(), outcomes.c.owner_id).where(
        is_of(outcomes.c.workspace_id, bindparam("workspace_id", type_=String())),
        outcomes.c.project_id.in_(bindparam("project_ids", expanding=True)),
        _is_going_on(),
        _is_old(),
    )


# Made once: to make one takes longer than to ask it.
_FOR_PEOPLE, _FOR_CHANNELS = _for_people(), _for_channels()
