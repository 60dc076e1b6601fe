"""A reminder as it stands now: what it is about, what of that is dealt with, and why it came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.cadence_words import stored_cadence
from bot.domain.reminder_hours import Wish
from bot.domain.reminder_lines import Dealt, GoalNow, Line, Now, how_dealt, how_goal_dealt
from bot.services.quiet import days_off
from bot.services.reminder_facts import budget_of, hour_of, zone_named
from bot.services.rights import may_be_told
from storage import reminder_line_outcomes, reminder_messages
from storage.database import Tx
from storage.people import find_person
from storage.projects import find_project, list_seen_projects
from storage.records import OwnOutcome, Project
from storage.reminder_line_outcomes import LineOutcome
from storage.reminder_messages import ReminderLine, ReminderMessage
from storage.reminder_turns import find_turn
from storage.reminder_words import list_snoozed_goals
from storage.reminders import GOAL
from storage.schedules import find_schedule
from storage.settings import WorkspaceSettings, get_settings
from storage.sight import Sight

_LOOKED_BACK = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Thing:
    """What a message is about: an outcome (`own`), or the goal of a project (`goal_of`).

    `rules`: those by which it still waits; `dealt`: how it was dealt with. Both are None for what is off the
    record. `is_of_project_owner`: whoever reads it owns the project.
    """

    own: OwnOutcome | None
    goal_of: Project | None
    rules: tuple[str, ...]
    dealt: Dealt | None
    is_of_project_owner: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever the message is for: their clock, and how often they want one. `may_be_written_to`: at all."""

    zone: ZoneInfo
    at: time
    budget: int
    wish: Wish
    days_off: Mapping[date, str]
    may_be_written_to: bool


@dataclass(frozen=True, slots=True)
class ReminderRecord:
    """`project`: of a line in a channel; None for a message to a person."""

    message: ReminderMessage
    things: tuple[Thing, ...]
    reader: Reader
    project: Project | None

    @property
    def open(self) -> tuple[Thing, ...]:
        return tuple(each for each in self.things if each.dealt is None)


def read_reminder(tx: Tx, workspace_id: str, key: str, goes_to: str, now: datetime) -> ReminderRecord | None:
    """None where it may not be told of any more; what the person does not see any more is not on it."""
    message = reminder_messages.find_message(tx, workspace_id, key)
    if message is None:
        return None
    project = None if message.project_id is None else find_project(tx, workspace_id, message.project_id)
    if message.project_id is not None and (project is None or not may_be_told(tx, project, goes_to)):
        return None
    lines = reminder_messages.list_lines(tx, workspace_id, message.id)
    reader = _reader(tx, workspace_id, message, project, now)
    if project is not None:
        found = reminder_line_outcomes.list_line_outcomes(tx, workspace_id, message.id)
        return ReminderRecord(message, _things(message, lines, found, None), reader, project)
    seen = list_seen_projects(
        tx, workspace_id, Sight(message.place), sorted({each.project_id for each in lines})
    )
    lines = tuple(line for line in lines if line.project_id in seen)
    things = _goals(tx, workspace_id, message, [each for each in lines if each.outcome_id == GOAL], seen)
    found = reminder_line_outcomes.list_line_outcomes(tx, workspace_id, message.id)
    of_outcomes = [each for each in lines if each.outcome_id != GOAL]
    return ReminderRecord(
        message, (*_things(message, of_outcomes, found, message.place), *things), reader, None
    )


def _things(
    message: ReminderMessage,
    lines: Iterable[ReminderLine],
    found: Mapping[int, LineOutcome],
    person_id: str | None,
) -> tuple[Thing, ...]:
    """The outcomes, in their order, each with all of its lines."""
    by_outcome: dict[int, list[ReminderLine]] = {}
    for line in lines:
        by_outcome.setdefault(line.outcome_id, []).append(line)
    return tuple(_thing(message, mine, found.get(id_), person_id) for id_, mine in by_outcome.items())


def _thing(
    message: ReminderMessage, lines: list[ReminderLine], found: LineOutcome | None, person_id: str | None
) -> Thing:
    now = Now(None) if found is None else Now(*found)
    dealt = {
        line.rule: how_dealt(Line(line.rule, line.about, person_id, message.decided_at), now)
        for line in lines
    }
    rules = tuple(rule for rule, how in dealt.items() if how is None)
    is_of_project_owner = person_id is not None and person_id == now.project_owner_id
    return Thing(now.own, None, rules, None if rules else next(iter(dealt.values())), is_of_project_owner)


def _goals(
    tx: Tx,
    workspace_id: str,
    message: ReminderMessage,
    lines: Sequence[ReminderLine],
    seen: Mapping[int, Project],
) -> tuple[Thing, ...]:
    if not lines:
        return ()
    snoozed = list_snoozed_goals(tx, workspace_id, [line.project_id for line in lines])
    things = []
    for line in {each.project_id: each for each in lines}.values():
        project = seen[line.project_id]
        now = GoalNow(
            project.goal,
            project.owner_id,
            project.state,
            project.goal_confirmed_at,
            snoozed.get(project.id),
        )
        dealt = how_goal_dealt(Line(line.rule, line.about, message.place, message.decided_at), now)
        things.append(Thing(None, project, () if dealt else (line.rule,), dealt, is_of_project_owner=True))
    return tuple(things)


def _reader(
    tx: Tx, workspace_id: str, message: ReminderMessage, project: Project | None, now: datetime
) -> Reader:
    settings = get_settings(tx, workspace_id)
    turn = find_turn(tx, workspace_id, message.place)
    is_there = True
    if project is None:
        person = find_person(tx, workspace_id, message.place)
        zone = person.zone if person else None
        is_there = person is not None and not person.is_guest and not person.is_deleted
    else:
        zone = zone_of_channel(tx, workspace_id, project, settings)
    wish = Wish(turn.wish)
    return Reader(
        zone_named(zone),
        hour_of(settings),
        budget_of(settings),
        wish,
        days_off(tx, workspace_id, (now - _LOOKED_BACK).date()),
        is_there
        and wish in {Wish.USUAL, Wish.LESS}
        and turn.stopped_because is None
        and budget_of(settings) > 0,
    )


def zone_of_channel(tx: Tx, workspace_id: str, project: Project, settings: WorkspaceSettings) -> str | None:
    """Where it is asked how things stand; else the workspace's, else its owner's."""
    cadence = find_schedule(tx, workspace_id, project.id).cadence
    if cadence is not None:
        return stored_cadence(cadence).zone
    owner = None if project.owner_id is None else find_person(tx, workspace_id, project.owner_id)
    return settings.zone or (owner.zone if owner else None)
