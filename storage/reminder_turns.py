"""Turns: each person, and each project that has a channel, is looked at once a day for what is due.

`place` names whose turn it is: a person's id, or `turn_of_project`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, cast, insert, literal, null, select, text, update
from sqlalchemy.exc import IntegrityError

from storage.bulk_rows import update_rows
from storage.check_in_tables import schedules
from storage.database import Tx
from storage.new_rows import new_rows
from storage.records import ProjectState, Record
from storage.reminder_tables import reminder_turns
from storage.serving import is_served
from storage.slack_tables import people
from storage.tables import projects
from storage.types import Id, UtcDateTime

_PROJECT = "project:"
_USUAL = "usual"
_TURNS = 7_293_002
"""The advisory lock by which PostgreSQL lets one process at a time decide what is sent."""


class Turn(Record):
    """`wish`: how often a person, or a project's channel, is to be told. `stopped_because`: Slack's word."""

    place: str
    wish: str = _USUAL
    stopped_because: str | None = None


class DueTurn(NamedTuple):
    """One that was claimed.

    `zone` is the person's; None for one of whom Slack has told nothing. `is_open`: they can be written to, or
    the project has a channel and is going on. `owner_zone` and `cadence` are of the project.
    """

    id: int
    workspace_id: str
    place: str
    project_id: int | None
    wish: str
    zone: str | None
    is_open: bool
    channel_id: str | None
    cadence: str | None
    owner_zone: str | None


def turn_of_project(project_id: int) -> str:
    """What the turn of a project is called."""
    return f"{_PROJECT}{project_id}"


def add_missing_turns(tx: Tx, now: datetime) -> int:
    """For people, and projects with a channel, that have none yet, in all workspaces; how many that were."""
    first_at = literal(now, UtcDateTime)
    known = select(literal(1)).where(
        reminder_turns.c.workspace_id == people.c.workspace_id, reminder_turns.c.place == people.c.id
    )
    of_people = select(people.c.workspace_id, people.c.id, cast(null(), Id), first_at).where(
        ~people.c.is_deleted, ~people.c.is_guest, ~people.c.is_bot, ~known.exists()
    )
    place = literal(_PROJECT).concat(projects.c.id)
    planned = select(literal(1)).where(reminder_turns.c.project_id == projects.c.id)
    of_projects = select(projects.c.workspace_id, place, projects.c.id, first_at).where(
        projects.c.channel_id.is_not(None),
        projects.c.state == ProjectState.ACTIVE.value,
        ~planned.exists(),
    )
    columns = ["workspace_id", "place", "project_id", "next_at"]
    added = 0
    for missing in (of_people, of_projects):
        # Asked for before it is written: mostly there is nothing.
        if tx.execute(missing.limit(1)).first() is not None:
            # Another worker may be looking at the same time.
            added += tx.execute(new_rows(tx, reminder_turns).from_select(columns, missing)).rowcount
    return added


def claim_turns(tx: Tx, now: datetime, limit: int) -> tuple[DueTurn, ...]:
    """At most `limit` turns that are due, of all workspaces, for this transaction alone.

    Whoever claims them calls `move_turns_on`, in the same transaction. What is sent about one thing hangs on
    what was sent about it before, to whomever: so one process decides at a time.
    """
    if tx.dialect.name == "postgresql":
        tx.execute(text(f"SELECT pg_advisory_xact_lock({_TURNS})"))
    owner = people.alias("owner")
    turns = reminder_turns.c
    joined = (
        reminder_turns.outerjoin(
            people, and_(people.c.workspace_id == turns.workspace_id, people.c.id == turns.place)
        )
        .outerjoin(projects, projects.c.id == turns.project_id)
        .outerjoin(schedules, schedules.c.project_id == turns.project_id)
        .outerjoin(owner, and_(owner.c.workspace_id == turns.workspace_id, owner.c.id == projects.c.owner_id))
    )
    rows = tx.execute(
        select(
            turns.id,
            turns.workspace_id,
            turns.place,
            turns.project_id,
            turns.wish,
            turns.stopped_because,
            people.c.zone,
            people.c.is_guest,
            people.c.is_deleted,
            projects.c.state,
            projects.c.channel_id,
            schedules.c.cadence,
            owner.c.zone.label("owner_zone"),
        )
        .select_from(joined)
        .where(turns.next_at <= now, is_served(turns.workspace_id))
        .order_by(turns.next_at, turns.id)
        .limit(limit)
        .with_for_update(of=reminder_turns, skip_locked=True)
    )
    return tuple(
        DueTurn(
            row.id,
            row.workspace_id,
            row.place,
            row.project_id,
            row.wish,
            row.zone,
            row.stopped_because is None
            and (
                (row.zone is not None and not row.is_guest and not row.is_deleted)
                or (row.state == ProjectState.ACTIVE.value and row.channel_id is not None)
            ),
            row.channel_id,
            row.cadence,
            row.owner_zone,
        )
        for row in rows
    )


def move_turns_on(tx: Tx, following: Iterable[tuple[int, datetime]]) -> None:
    """From the turn that is due to the one after it, by id, for those that were claimed."""
    update_rows(tx, reminder_turns, "id", [{"id": id_, "next_at": at} for id_, at in following])


def find_turn(tx: Tx, workspace_id: str, place: str) -> Turn:
    """One of which nothing is said has the usual."""
    row = tx.execute(
        select(reminder_turns.c.place, reminder_turns.c.wish, reminder_turns.c.stopped_because).where(
            reminder_turns.c.workspace_id == workspace_id, reminder_turns.c.place == place
        )
    ).one_or_none()
    return Turn(place=place) if row is None else Turn(place=row[0], wish=row[1], stopped_because=row[2])


def list_wishes(tx: Tx, workspace_id: str, places: Iterable[str]) -> dict[str, str]:
    """How often each of these wants to be told; those of whom nothing is said are left out."""
    rows = tx.execute(
        select(reminder_turns.c.place, reminder_turns.c.wish).where(
            reminder_turns.c.workspace_id == workspace_id, reminder_turns.c.place.in_(sorted(places))
        )
    )
    return {row.place: row.wish for row in rows}


def set_wish(
    tx: Tx, workspace_id: str, place: str, wish: str, *, now: datetime, project_id: int | None = None
) -> None:
    """From now on; what had stopped it stops it no longer. `project_id`: of a turn that is a project's."""
    values = {"wish": wish, "stopped_because": None}
    mine = (reminder_turns.c.workspace_id == workspace_id, reminder_turns.c.place == place)
    change = update(reminder_turns).where(*mine).values(**values)
    if tx.execute(change).rowcount:
        return
    of = {"workspace_id": workspace_id, "place": place, "project_id": project_id, "next_at": now}
    try:
        with tx.begin_nested():
            tx.execute(insert(reminder_turns).values(**of, **values))
    except IntegrityError:
        # It was made just now.
        tx.execute(change)


def stop_turn(tx: Tx, workspace_id: str, place: str, because: str) -> None:
    """Slack will never take a message there; its word for why."""
    tx.execute(
        update(reminder_turns)
        .where(reminder_turns.c.workspace_id == workspace_id, reminder_turns.c.place == place)
        .values(stopped_because=because)
    )


def recall_turns(tx: Tx, workspace_id: str, now: datetime) -> None:
    """All are looked at anew, since the hour has changed: whoever's it is not is given their next turn."""
    tx.execute(
        update(reminder_turns).where(reminder_turns.c.workspace_id == workspace_id).values(next_at=now)
    )


def resume_turn(tx: Tx, workspace_id: str, place: str) -> None:
    """What had stopped it is over."""
    tx.execute(
        update(reminder_turns)
        .where(
            reminder_turns.c.workspace_id == workspace_id,
            reminder_turns.c.place == place,
            reminder_turns.c.stopped_because.is_not(None),
        )
        .values(stopped_because=None)
    )


def resume_turns_in(tx: Tx, workspace_id: str, channel_id: str) -> None:
    """The same for the projects of this channel."""
    here = select(projects.c.id).where(
        projects.c.workspace_id == workspace_id, projects.c.channel_id == channel_id
    )
    tx.execute(
        update(reminder_turns)
        .where(
            reminder_turns.c.workspace_id == workspace_id,
            reminder_turns.c.project_id.in_(here),
            reminder_turns.c.stopped_because.is_not(None),
        )
        .values(stopped_because=None)
    )
