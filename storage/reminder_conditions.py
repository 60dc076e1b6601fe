"""What makes an outcome a candidate for a reminder, and who can be told of it."""

from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, exists, literal, or_, select

from storage import thresholds
from storage.records import ProjectState
from storage.reminder_tables import reminder_turns
from storage.slack_tables import channel_members, people
from storage.tables import outcomes, projects
from storage.types import UtcDateTime


def is_going_on() -> ColumnElement[bool]:
    return and_(
        outcomes.c.is_open,
        outcomes.c.removed_at.is_(None),
        outcomes.c.project_state == ProjectState.ACTIVE.value,
    )


def is_timely() -> ColumnElement[bool]:
    first, last = bindparam("due_from", type_=Date()), bindparam("due_until", type_=Date())
    return or_(is_old(), outcomes.c.due_on.between(first, last))


def is_old() -> ColumnElement[bool]:
    return thresholds.is_old(bindparam("now", type_=UtcDateTime))


def can_be_told(person_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether this column names a full member who is still there, gets messages, and sees the project."""
    somebody = people.alias("somebody")
    is_there = exists(
        select(literal(1)).where(
            somebody.c.workspace_id == outcomes.c.workspace_id,
            somebody.c.id == person_id,
            ~somebody.c.is_guest,
            ~somebody.c.is_deleted,
            ~somebody.c.is_bot,
        )
    )
    has_stopped = exists(
        select(literal(1)).where(
            reminder_turns.c.workspace_id == outcomes.c.workspace_id,
            reminder_turns.c.place == person_id,
            reminder_turns.c.stopped_because.is_not(None),
        )
    )
    return and_(is_there, ~has_stopped, sees(person_id))


def sees(person_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Of a full member; see storage/sight.py."""
    is_in_channel = exists(
        select(literal(1)).where(
            channel_members.c.workspace_id == projects.c.workspace_id,
            channel_members.c.person_id == person_id,
            channel_members.c.channel_id == projects.c.seen_in,
        )
    )
    return or_(~projects.c.is_private, is_in_channel)


def has_left() -> ColumnElement[bool]:
    leaver = people.alias("leaver")
    return exists(
        select(literal(1)).where(
            leaver.c.workspace_id == outcomes.c.workspace_id,
            leaver.c.id == outcomes.c.owner_id,
            leaver.c.is_deleted,
        )
    )
