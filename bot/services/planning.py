"""What is planned: the prompts to come, of a project's schedule and of all of a workspace's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.cadence import Cadence, Slot, upcoming
from bot.domain.cadence_words import stored_cadence
from bot.services.asking import Asker
from bot.services.next_times import asks_in, days_around, last_dues, next_of
from storage import check_ins, schedules
from storage.check_ins import CheckIn
from storage.database import Tx
from storage.records import Project
from storage.schedules import Schedule
from storage.snoozed import list_snoozed

SHOWN = 5
"""Prompts to come that are shown of a schedule."""
AHEAD = timedelta(days=14)
"""How far `preview` looks."""
MOST_AHEAD = 200
"""Projects at most, of all of a workspace."""
_MOST_IN_TIME = 3
"""Prompts that a cadence can have in that time."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A project's schedule, its next prompts, and where they go (None: nowhere).

    `days`: the days off that were looked at, with their names.
    """

    project: Project
    schedule: Schedule
    cadence: Cadence | None
    slots: tuple[Slot, ...]
    place: str | None
    days: Mapping[date, str]
    open: CheckIn | None = None
    """The round that is open now."""
    snoozed: CheckIn | None = None
    """The round that was put off, if it is asked anew in time."""


def read_plan(tx: Tx, asker: Asker, project: Project, now: datetime, *, count: int = SHOWN) -> Planned:
    """What is planned for a project: `count` prompts at most."""
    where = tx, asker.workspace_id
    schedule = schedules.find_schedule(*where, project.id)
    last_due_at = last_dues(*where, now, project.id).get(project.id)
    planned = _Planning(now, count, days_around(*where, now)).plan(project, schedule, last_due_at)
    return replace(planned, open=check_ins.find_open_check_in(*where, project.id))


def plan_of(tx: Tx, asker: Asker, cadence: Cadence, now: datetime, count: int = SHOWN) -> list[Slot]:
    """The prompts of a cadence that is not yet anybody's."""
    return upcoming(cadence, now, count, days_around(tx, asker.workspace_id, now))


@dataclass(frozen=True, slots=True)
class _Planning:
    now: datetime
    count: int
    days: Mapping[date, str]

    def plan(self, project: Project, schedule: Schedule, last_due_at: datetime | None) -> Planned:
        cadence = None if schedule.cadence is None else stored_cadence(schedule.cadence)
        first = next_of(project, schedule, self.now, self.days, last_due_at)
        slots = [first] if first and cadence else []
        if first and cadence and self.count > 1:
            slots += upcoming(cadence, first.at, self.count - 1, self.days)
        return Planned(project, schedule, cadence, tuple(slots), asks_in(project, schedule), self.days)


def list_ahead(tx: Tx, asker: Asker, project: Project | None, now: datetime) -> tuple[Planned, ...]:
    """What will be asked within AHEAD: of one project, or of all that the person sees."""
    where = tx, asker.workspace_id
    until, of_one = now + AHEAD, None if project is None else project.id
    snoozed = {
        each.id: (each, round_)
        for each, round_ in list_snoozed(*where, asker.sight, until, MOST_AHEAD, project_id=of_one)
    }
    if project is not None:
        chosen = [project]
    else:
        chosen = list(schedules.list_scheduled_projects(*where, asker.sight, until, MOST_AHEAD))
        known = {each.id for each in chosen}
        chosen += [each for id_, (each, _) in snoozed.items() if id_ not in known]
    found = {each.project_id: each for each in schedules.list_schedules(*where, [p.id for p in chosen])}
    last_due_at = last_dues(*where, now, of_one)
    planning = _Planning(now, _MOST_IN_TIME, days_around(*where, now))
    planned = (
        planning.plan(each, found.get(each.id, Schedule(project_id=each.id)), last_due_at.get(each.id))
        for each in chosen
    )
    return tuple(replace(each, snoozed=snoozed.get(each.project.id, (None, None))[1]) for each in planned)
