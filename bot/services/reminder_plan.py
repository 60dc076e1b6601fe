"""The ladder of a project: where each of its outcomes stands on it, and what comes next when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.reminder_hours import Wish, next_turn
from bot.domain.reminder_ladder import Step, standing_of
from bot.services.asking import Asker
from bot.services.quiet import days_off
from bot.services.reminder_facts import budget_of, facts_of, hour_of, moment_at, told_of, zone_named
from bot.services.reminder_people import who_can_be_told
from bot.services.reminder_reading import zone_of_channel
from storage import reminder_candidates
from storage.database import Tx
from storage.outcomes import list_outcomes
from storage.people import list_zones
from storage.records import Outcome, Project, ProjectState
from storage.reminder_turns import find_turn, turn_of_project
from storage.settings import WorkspaceSettings, get_settings

_INSTANT = timedelta(microseconds=1)
_LOOKED_BACK = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next about an outcome. `at`: the first turn for it; None where nothing is sent any more."""

    outcome: Outcome
    step: Step | None
    person_id: str | None = None
    at: datetime | None = None
    snoozed_until: date | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """`is_off`: the workspace wants no reminders. `wish`: how often the project's channel has a line."""

    project: Project
    rows: tuple[Next, ...]
    is_off: bool
    wish: Wish
    stopped_because: str | None


def read_ladder(tx: Tx, asker: Asker, project: Project, now: datetime) -> Ladder:
    """The open outcomes, in their order."""
    workspace_id = asker.workspace_id
    settings = get_settings(tx, workspace_id)
    turn = find_turn(tx, workspace_id, turn_of_project(project.id))
    rows: tuple[Next, ...] = ()
    if project.state is ProjectState.ACTIVE:
        rows = tuple(_rows(tx, workspace_id, project, settings, now))
    return Ladder(project, rows, budget_of(settings) == 0, Wish(turn.wish), turn.stopped_because)


def _rows(
    tx: Tx, workspace_id: str, project: Project, settings: WorkspaceSettings, now: datetime
) -> Iterable[Next]:
    candidates = reminder_candidates.list_of_project(tx, workspace_id, project.id)
    found = {each.outcome_id: each for each in candidates}
    days = days_off(tx, workspace_id, (now - _LOOKED_BACK).date())
    people = {each.person_id for each in candidates if each.person_id}
    zones = list_zones(tx, workspace_id, people)
    can_be_told = who_can_be_told(tx, workspace_id, people, now)
    of_channel = zone_named(zone_of_channel(tx, workspace_id, project, settings))
    for outcome in list_outcomes(tx, workspace_id, project.id):
        candidate = found.get(outcome.id)
        if candidate is None:
            continue
        zone = zone_named(zones[candidate.person_id]) if candidate.person_id else of_channel
        has_person = candidate.person_id in can_be_told
        moment = moment_at(now, zone, days)
        standing = standing_of(
            facts_of(candidate),
            told_of(candidate),
            moment,
            has_person=has_person,
            has_channel=project.channel_id is not None,
        )
        if standing is None:
            yield Next(outcome, None)
            continue
        is_over = candidate.snoozed_until is not None and candidate.snoozed_until <= moment.today
        snoozed_until = None if is_over else candidate.snoozed_until
        where = of_channel if standing.step is Step.CHANNEL else zone
        person_id = project.owner_id if standing.rule.asks_project else candidate.person_id
        at = next_turn(max(now, standing.not_before) - _INSTANT, where, hour_of(settings), days)
        yield Next(
            outcome,
            standing.step,
            person_id,
            None if standing.step is Step.DIGEST else at,
            snoozed_until,
        )
