"""Decides who is reminded of what: each person, and each project's channel, when their turn comes.

What is decided is a message with its lines, and its delivery; it is drawn when it is sent. All that a batch
reads and writes takes the same number of statements for each workspace, however many projects there are.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter

from bot.domain.cadence_words import stored_cadence
from bot.domain.reminder_hours import Wish, may_write, next_look, turn_at
from bot.domain.reminder_ladder import Due, due_for_channel, due_for_person
from bot.domain.reminder_rules import RULES, Moment
from bot.services.quiet import days_off
from bot.services.reminder_facts import (
    budget_of,
    facts_of,
    hour_of,
    moment_at,
    period_at,
    told_of,
    zone_named,
)
from bot.services.reminder_people import list_away, who_can_be_told
from bot.services.reminder_writing import Writing, write
from storage import reminder_candidates, reminder_messages
from storage.database import Tx
from storage.reminder_candidates import Candidate
from storage.reminder_messages import RecentMessage
from storage.reminder_turns import DueTurn, add_missing_turns, claim_turns, move_turns_on, turn_of_project
from storage.settings import WorkspaceSettings, get_settings

BATCH = 200
_WEEK = timedelta(days=7)
_LOOKED_BACK = timedelta(days=9)
"""A week in any zone, for the days that somebody was written to."""
_EVERY_DAY = 7
_ORDER = {rule.key: number for number, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True)
class _Workspace:
    id: str
    settings: WorkspaceSettings
    days: Container[date]


def remind_due(tx: Tx, now: datetime, limit: int = BATCH) -> int:
    """Take up at most `limit` turns that have come, of all workspaces; how many that were."""
    due = claim_turns(tx, now, limit)
    following: list[tuple[int, datetime]] = []
    for workspace_id, turns in groupby(
        sorted(due, key=attrgetter("workspace_id")), attrgetter("workspace_id")
    ):
        mine = list(turns)
        settings = get_settings(tx, workspace_id)
        workspace = _Workspace(workspace_id, settings, days_off(tx, workspace_id, (now - _WEEK).date()))
        if budget_of(settings):
            _decide(tx, workspace, mine, now)
        at = hour_of(settings)
        following += [(turn.id, next_look(now, zone_named(_zone(turn, settings)), at)) for turn in mine]
    move_turns_on(tx, following)
    return len(due)


def take_turns(tx: Tx, now: datetime) -> int:
    """Whoever has no turn yet gets one; how many that were."""
    return add_missing_turns(tx, now)


def _zone(turn: DueTurn, settings: WorkspaceSettings) -> str | None:
    """The person's. The project's: where it is asked how things stand, else the workspace's, its owner's."""
    if turn.project_id is None:
        return turn.zone
    if turn.cadence is not None:
        return stored_cadence(turn.cadence).zone
    return settings.zone or turn.owner_zone


def _decide(tx: Tx, workspace: _Workspace, turns: Sequence[DueTurn], now: datetime) -> None:
    moments = _moments(workspace, turns, now)
    if not moments:
        return
    here = [turn for turn in turns if turn.place in moments]
    recent = reminder_messages.list_recent_messages(tx, workspace.id, moments, now - _LOOKED_BACK)
    open_ = [turn for turn in here if _may_write(turn, recent, moments[turn.place], workspace)]
    people = [turn for turn in open_ if turn.project_id is None]
    zones = {turn.place: moments[turn.place].zone.key for turn in people}
    away = list_away(tx, workspace.id, zones, now)
    told = _to_people(tx, workspace.id, [each for each in people if each.place not in away], moments, now)
    write(tx, workspace.id, told, recent, now)
    # Asked for only then: what somebody has just been told of is not said in a channel, too.
    channels = [turn for turn in open_ if turn.project_id is not None]
    write(tx, workspace.id, _to_channels(tx, workspace.id, channels, moments, now), recent, now)


def _moments(workspace: _Workspace, turns: Iterable[DueTurn], now: datetime) -> dict[str, Moment]:
    """Of those whose hour it really is: zones, working days and the hour may have changed meanwhile."""
    at = hour_of(workspace.settings)
    found = {}
    for turn in turns:
        zone = zone_named(_zone(turn, workspace.settings))
        if turn.is_open and turn_at(now, zone, at, workspace.days) is not None:
            found[turn.place] = moment_at(now, zone, workspace.days)
    return found


def _may_write(turn: DueTurn, recent: Iterable[RecentMessage], moment: Moment, workspace: _Workspace) -> bool:
    """A message that Slack does not have yet takes up what is due meanwhile, and is none too many."""
    mine = [each for each in recent if each.place == turn.place]
    if any(each.is_waiting for each in mine):
        return True
    # What Slack took late was had on the day when it did. One that was never needed has its day all the same:
    # a day has one message.
    had_on = [each.sent_at.astimezone(moment.zone).date() for each in mine if each.sent_at is not None]
    had_on += [each.day for each in mine if each.sent_at is None and each.day == moment.today]
    budget = budget_of(workspace.settings) if turn.project_id is None else _EVERY_DAY
    return may_write(had_on, moment.today, Wish(turn.wish), budget)


def _to_people(
    tx: Tx, workspace_id: str, turns: Sequence[DueTurn], moments: Mapping[str, Moment], now: datetime
) -> list[Writing]:
    if not turns:
        return []
    places = [turn.place for turn in turns]
    by_person: dict[str, list[Candidate]] = {}
    period = period_at(now)
    found = reminder_candidates.list_for_people(tx, workspace_id, places, period)
    for each in (*found, *reminder_candidates.list_goals_for_people(tx, workspace_id, places, period)):
        by_person.setdefault(each.person_id or "", []).append(each)
    writings = []
    for place in places:
        lines = []
        for candidate in by_person.get(place, ()):
            rules = due_for_person(facts_of(candidate), told_of(candidate), moments[place])
            if asked := tuple(due for due in rules if _asks(due, candidate)):
                lines.append((candidate, asked))
        if lines:
            writings.append(Writing(place, place, None, moments[place].today, _in_order(lines)))
    return writings


def _asks(due: Due, candidate: Candidate) -> bool:
    return not due.rule.asks_project or candidate.person_id != candidate.owner_id


def _to_channels(
    tx: Tx, workspace_id: str, turns: Sequence[DueTurn], moments: Mapping[str, Moment], now: datetime
) -> list[Writing]:
    if not turns:
        return []
    projects = {turn.project_id or 0: turn for turn in turns}
    lines: dict[int, list[tuple[Candidate, tuple[Due, ...]]]] = {}
    candidates = reminder_candidates.list_for_channels(tx, workspace_id, sorted(projects), period_at(now))
    asked = {each.person_id for each in candidates if each.person_id}
    can_be_told = who_can_be_told(tx, workspace_id, asked, now)
    for each in candidates:
        moment = moments[projects[each.project_id].place]
        has_person = each.person_id in can_be_told
        if found := due_for_channel(facts_of(each), told_of(each), moment, has_person=has_person):
            lines.setdefault(each.project_id, []).append((each, found))
    return [
        Writing(
            turn_of_project(id_),
            projects[id_].channel_id or "",
            id_,
            moments[projects[id_].place].today,
            _in_order(lines[id_]),
        )
        for id_ in sorted(lines)
    ]


def _in_order(
    lines: Iterable[tuple[Candidate, tuple[Due, ...]]],
) -> tuple[tuple[Candidate, tuple[Due, ...]], ...]:
    """By the rules, as they stand in their table; of one rule, what nobody has looked at for longest."""
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                _ORDER[line[1][0].rule.key],
                line[0].stale_at or line[0].vouched_at,
                line[0].project_id,
                line[0].outcome_id,
            ),
        )
    )
