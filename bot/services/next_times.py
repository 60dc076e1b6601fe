"""When a project is asked the next time: made of its schedule and its record, and kept in the schedule."""

from collections.abc import Container
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.cadence import Slot, next_slot
from bot.domain.cadence_words import stored_cadence
from bot.domain.working_days import instant
from bot.services.quiet import days_off
from storage.database import Tx
from storage.projects import get_project, lock_project
from storage.records import Project, ProjectState
from storage.schedules import Schedule, change_schedule, find_schedule, list_all_schedules

_INSTANT = timedelta(microseconds=1)


def asks_in(project: Project, schedule: Schedule) -> str | None:
    """Where a project is asked: its channel, or else its owner, if they agreed. None: nowhere."""
    if project.channel_id is not None:
        return project.channel_id
    return project.owner_id if project.owner_id == schedule.agreed_by else None


def next_of(
    project: Project, schedule: Schedule, now: datetime, days: Container[date] = frozenset()
) -> Slot | None:
    """The first prompt after now, as all stands; None when there is none to come."""
    if schedule.cadence is None or schedule.stopped_because or asks_in(project, schedule) is None:
        return None
    after = max(now, schedule.skipped_at) if schedule.skipped_at else now
    cadence = stored_cadence(schedule.cadence)
    if project.state is ProjectState.PAUSED and schedule.paused_until is not None:
        # From the first moment of that day on.
        begins = instant(schedule.paused_until, time(), ZoneInfo(cadence.zone))
        after = max(after, begins - _INSTANT)
    elif project.state is not ProjectState.ACTIVE:
        return None
    return next_slot(cadence, after, days)


def keep_next_time(tx: Tx, workspace_id: str, project_id: int, now: datetime) -> None:
    """Made true again after a change of the schedule, or of the project's state, channel or owner.

    A prompt that is due, and not yet taken up, stays due.
    """
    schedule = find_schedule(tx, workspace_id, project_id)
    if schedule.cadence is None and schedule.next_at is None:
        return
    project = get_project(tx, workspace_id, project_id)
    slot = next_of(project, schedule, now, days_off(tx, workspace_id, now.date() - timedelta(days=1)))
    is_waiting = schedule.next_at is not None and schedule.next_at <= now
    if slot is not None and is_waiting and schedule.skipped_at is None:
        return
    next_at, moved_from = (slot.at, slot.moved_from) if slot else (None, None)
    if (next_at, moved_from) != (schedule.next_at, schedule.moved_from):
        change_schedule(tx, workspace_id, project_id, next_at=next_at, moved_from=moved_from)


def keep_next_times(tx: Tx, workspace_id: str, now: datetime) -> None:
    """The same for all of a workspace's projects, after a change of its days off."""
    days = days_off(tx, workspace_id, now.date() - timedelta(days=1))
    for project, schedule in list_all_schedules(tx, workspace_id):
        slot = next_of(project, schedule, now, days)
        if (schedule.next_at, schedule.moved_from) != ((slot.at, slot.moved_from) if slot else (None, None)):
            lock_project(tx, workspace_id, project.id)
            keep_next_time(tx, workspace_id, project.id, now)
