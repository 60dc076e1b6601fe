"""When a project is asked the next time: made of its schedule and its record, and kept in the schedule."""

from collections.abc import Container, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.cadence import Cadence, Slot, next_slot
from bot.domain.cadence_words import stored_cadence
from bot.domain.working_days import instant
from bot.services.quiet import days_off
from storage.check_ins import list_last_due
from storage.database import Tx
from storage.projects import get_project, lock_project
from storage.records import Project, ProjectState
from storage.reminder_turns import resume_turn, turn_of_project
from storage.schedules import Schedule, change_schedule, find_schedule, list_all_schedules

_INSTANT = timedelta(microseconds=1)
_LOOKED_BACK = timedelta(days=60)
"""Longer than a prompt is moved, which is never to the next regular one."""


def asks_in(project: Project, schedule: Schedule) -> str | None:
    """Where a project is asked: its channel, or else its owner, if they agreed. None: nowhere."""
    return place_of(project.channel_id, project.owner_id, schedule.agreed_by)


def place_of(channel_id: str | None, owner_id: str | None, agreed_by: str | None) -> str | None:
    """The same of the values that it hangs on."""
    return channel_id or (owner_id if owner_id == agreed_by else None)


def slot_after(
    cadence: Cadence, after: datetime, days: Container[date], asked_at: datetime | None
) -> Slot | None:
    """The first prompt after an instant. `asked_at`: when the last one was due that went out, or is left out.

    A day that is marked off after its prompt went out is not asked for again on the next working day.
    """
    slot = next_slot(cadence, after, days)
    if asked_at is None:
        return slot
    asked_on = asked_at.astimezone(ZoneInfo(cadence.zone)).date()
    while slot is not None and slot.moved_from is not None and slot.moved_from <= asked_on:
        slot = next_slot(cadence, slot.at, days)
    return slot


def next_of(
    project: Project,
    schedule: Schedule,
    now: datetime,
    days: Container[date] = frozenset(),
    last_due_at: datetime | None = None,
) -> Slot | None:
    """The first prompt after now, as all stands; None when there is none to come.

    `last_due_at`: when its last round was due that nobody asked for out of turn.
    """
    if schedule.cadence is None or schedule.stopped_because or asks_in(project, schedule) is None:
        return None
    after = max(now, schedule.skipped_at) if schedule.skipped_at else now
    asked = [at for at in (last_due_at, schedule.skipped_at) if at is not None]
    cadence = stored_cadence(schedule.cadence)
    if project.state is ProjectState.PAUSED and schedule.paused_until is not None:
        # From the first moment of that day on.
        begins = instant(schedule.paused_until, time(), ZoneInfo(cadence.zone))
        after = max(after, begins - _INSTANT)
    elif project.state is not ProjectState.ACTIVE:
        return None
    return slot_after(cadence, after, days, max(asked, default=None))


def days_around(tx: Tx, workspace_id: str, now: datetime) -> Mapping[date, str]:
    """Days off, with their names: those behind too, since a prompt may be on its way from one of them."""
    return days_off(tx, workspace_id, (now - _LOOKED_BACK).date())


def last_dues(tx: Tx, workspace_id: str, now: datetime, project_id: int | None = None) -> dict[int, datetime]:
    """When each project's last round was due, for `next_of`; of one of them, or of all."""
    return list_last_due(tx, workspace_id, now - _LOOKED_BACK, project_id)


def keep_next_time(tx: Tx, workspace_id: str, project_id: int, now: datetime) -> None:
    """Made true again after a change of the schedule, or of the project's state, channel or owner.

    A prompt that is due, and not yet taken up, stays due.
    """
    schedule = find_schedule(tx, workspace_id, project_id)
    if schedule.cadence is None and schedule.next_at is None:
        return
    project = get_project(tx, workspace_id, project_id)
    days = days_around(tx, workspace_id, now)
    last_due_at = last_dues(tx, workspace_id, now, project_id).get(project_id)
    slot = next_of(project, schedule, now, days, last_due_at)
    is_waiting = schedule.next_at is not None and schedule.next_at <= now
    if slot is not None and is_waiting and schedule.skipped_at is None:
        return
    next_at, moved_from = (slot.at, slot.moved_from) if slot else (None, None)
    if (next_at, moved_from) != (schedule.next_at, schedule.moved_from):
        change_schedule(tx, workspace_id, project_id, next_at=next_at, moved_from=moved_from)


def keep_place(tx: Tx, workspace_id: str, project_id: int, now: datetime) -> None:
    """The same after a change of where it is asked: what had stopped it there stops it no longer."""
    resume_turn(tx, workspace_id, turn_of_project(project_id))
    if find_schedule(tx, workspace_id, project_id).stopped_because is not None:
        change_schedule(tx, workspace_id, project_id, stopped_because=None)
    keep_next_time(tx, workspace_id, project_id, now)


def keep_next_times(tx: Tx, workspace_id: str, now: datetime) -> None:
    """The same for all of a workspace's projects, after a change of its days off."""
    days = days_around(tx, workspace_id, now)
    last_due_at = last_dues(tx, workspace_id, now)
    for project, schedule in list_all_schedules(tx, workspace_id):
        slot = next_of(project, schedule, now, days, last_due_at.get(project.id))
        if (schedule.next_at, schedule.moved_from) != ((slot.at, slot.moved_from) if slot else (None, None)):
            lock_project(tx, workspace_id, project.id)
            keep_next_time(tx, workspace_id, project.id, now)
