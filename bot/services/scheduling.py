"""When a project is asked, as people set it: each takes an act or typed input, and writes through the act."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.cadence import Cadence, Slot, cadence_in_words, format_cadence, upcoming
from bot.domain.cadence_words import UnreadCadenceError, parse_cadence, stored_cadence
from bot.domain.days import zone_of
from bot.domain.working_days import point_in_window, window_end
from bot.errors_check_ins import (
    NoPlaceToAskError,
    NotScheduledError,
    RoundOpenError,
    UnclearCadenceError,
)
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.next_times import asks_in, keep_next_time, next_of
from bot.services.quiet import days_off
from storage import check_ins, deliveries, schedules
from storage.check_ins import CheckIn, CheckInState, Opening
from storage.database import Tx
from storage.records import Project, ProjectState
from storage.schedules import Schedule
from storage.settings import get_settings

USUAL = "weekly mon 09:30"
SHOWN = 5
"""Prompts to come that are shown of a schedule."""
AHEAD = timedelta(days=14)
"""How far `preview` looks."""
MOST_AHEAD = 200
"""Projects at most, of all of a workspace."""
_MOST_IN_TIME = 3
"""Prompts that a cadence can have in that time."""
_WITHOUT_CADENCE = 2
"""Working days that a round is open; and that one is which was asked for out of turn."""


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


def zone_for(tx: Tx, asker: Asker, schedule: Schedule | None) -> str:
    """Where none is said: the project's, else the workspace's, else the person's own."""
    if schedule is not None and schedule.cadence is not None:
        return stored_cadence(schedule.cadence).zone
    return get_settings(tx, asker.workspace_id).zone or asker.zone


def read_cadence(tx: Tx, asker: Asker, project: Project, words: str, now: datetime) -> Cadence:
    """Raises UnclearCadenceError."""
    schedule = schedules.find_schedule(tx, asker.workspace_id, project.id)
    zone = zone_for(tx, asker, schedule)
    try:
        found = parse_cadence(words, zone, now.astimezone(zone_of(zone)).date())
    except UnreadCadenceError as error:
        raise UnclearCadenceError(project.slug, words, error.part, error.typed, error.nearest) from error
    return _in_step(found, schedule, words)


def _in_step(found: Cadence, schedule: Schedule, words: str) -> Cadence:
    """Of two weeks or more, with the weeks that the project is asked in already, unless others are said."""
    before = None if schedule.cadence is None else stored_cadence(schedule.cadence)
    is_same = before and (before.weeks, before.weekday) == (found.weeks, found.weekday)
    if before is None or not is_same or " from " in f" {words.lower()} ":
        return found
    return replace(found, since=before.since)


def set_cadence(act: Act, cadence: Cadence | None) -> None:
    """None: it is not asked any more. Whoever owns a project without a channel agrees by this to be asked.

    What stopped it counts no more: it is tried anew.
    """
    where = act.tx, act.asker.workspace_id, act.project.id
    if schedules.find_schedule(*where).stopped_because is not None:
        start_again(act)
    act.change_schedule("skipped_at", None)
    act.change_schedule("cadence", None if cadence is None else format_cadence(cadence))
    if cadence is not None and act.project.channel_id is None and act.project.owner_id == act.asker.person_id:
        agree(act)


def usual_cadence(tx: Tx, asker: Asker, project: Project, now: datetime) -> Cadence:
    """Every Monday morning, for those who do not want to think about it."""
    return read_cadence(tx, asker, project, USUAL, now)


def words_of(cadence: Cadence) -> str:
    return cadence_in_words(cadence)


def start_again(act: Act) -> None:
    """What stopped its prompts is mended, or so somebody says: they go on."""
    where = act.tx, act.asker.workspace_id, act.project.id
    schedules.change_schedule(*where, stopped_because=None)
    keep_next_time(*where, act.now)


def agree(act: Act) -> None:
    """The owner may be asked by direct message."""
    act.change_schedule("agreed_by", act.asker.person_id)


def skip_next(act: Act) -> Slot:
    """The next prompt is left out; which one that was. Raises NotScheduledError."""
    planned = read_plan(act.tx, act.asker, act.project, act.now, count=1)
    if not planned.slots:
        raise NotScheduledError(act.project.slug)
    act.change_schedule("skipped_at", planned.slots[0].at.isoformat())
    return planned.slots[0]


def pause_until(act: Act, day: date) -> None:
    """It goes on by itself on that day. The act reaches others."""
    act.change_schedule("paused_until", day.isoformat())
    act.change_project("state", ProjectState.PAUSED.value)


def read_plan(tx: Tx, asker: Asker, project: Project, now: datetime, *, count: int = SHOWN) -> Planned:
    """What is planned for a project: `count` prompts at most."""
    schedule = schedules.find_schedule(tx, asker.workspace_id, project.id)
    days = days_off(tx, asker.workspace_id, now.date() - timedelta(days=1))
    open_ = check_ins.find_open_check_in(tx, asker.workspace_id, project.id)
    return _plan(project, schedule, days, now=now, count=count, open_=open_)


def plan_of(tx: Tx, asker: Asker, cadence: Cadence, now: datetime, count: int = SHOWN) -> list[Slot]:
    """The prompts of a cadence that is not yet anybody's."""
    return upcoming(cadence, now, count, days_off(tx, asker.workspace_id, now.date() - timedelta(days=1)))


def _plan(
    project: Project,
    schedule: Schedule,
    days: Mapping[date, str],
    *,
    now: datetime,
    count: int,
    open_: CheckIn | None = None,
) -> Planned:
    cadence = None if schedule.cadence is None else stored_cadence(schedule.cadence)
    first = next_of(project, schedule, now, days)
    slots = [first] if first and cadence else []
    if first and cadence and count > 1:
        slots += upcoming(cadence, first.at, count - 1, days)
    return Planned(project, schedule, cadence, tuple(slots), asks_in(project, schedule), days, open_)


def check_in_now(act: Act) -> int:
    """A round out of turn; its id. Raises RoundOpenError, NoPlaceToAskError."""
    where = act.tx, act.asker.workspace_id
    open_ = check_ins.find_open_check_in(*where, act.project.id)
    if open_ is not None:
        raise RoundOpenError(act.project.slug, open_.channel_id, open_.message_ts)
    schedule = schedules.find_schedule(*where, act.project.id)
    place = asks_in(act.project, schedule)
    if place is None and act.project.owner_id == act.asker.person_id:
        # Whoever asks for it agrees to be asked.
        place = act.asker.person_id
    if place is None:
        raise NoPlaceToAskError(act.project.slug, act.project.owner_id)
    zone = zone_for(act.tx, act.asker, schedule)
    days = days_off(*where, act.now.date() - timedelta(days=1))
    closes_at = window_end(act.now, zone, days, _WITHOUT_CADENCE)
    opening = Opening(
        workspace_id=act.asker.workspace_id,
        project_id=act.project.id,
        due_at=act.now,
        closes_at=closes_at,
        next_step_at=point_in_window(act.now, closes_at, zone, days),
        asks=place,
        begun_by=act.asker.person_id,
    )
    return check_ins.open_check_ins(act.tx, [opening], act.now)[0]


def skip_round(act: Act, check_in_id: int) -> None:
    """An open round is left out, or, when it was, asked for again."""
    check_in = check_ins.lock_check_in(act.tx, act.asker.workspace_id, check_in_id)
    if check_in.state is CheckInState.OPEN:
        changes: dict[str, object] = {"state": CheckInState.SKIPPED.value, "moved_by": act.asker.person_id}
    elif check_in.state is CheckInState.SKIPPED and check_in.closes_at > act.now:
        changes = {"state": CheckInState.OPEN.value, "next_step_at": check_in.closes_at, "moved_by": None}
    else:
        return
    check_ins.change_check_in(act.tx, act.asker.workspace_id, check_in_id, **changes)
    deliveries.renew_delivery(act.tx, act.asker.workspace_id, check_in.prompt, act.now)


def snooze_round(act: Act, check_in_id: int, working_days: int) -> datetime | None:
    """An open round is asked for anew, that many working days later; when. None: it is over already.

    It is open for as much longer. A snooze renews no freshness.
    """
    where = act.tx, act.asker.workspace_id
    check_in = check_ins.lock_check_in(*where, check_in_id)
    if check_in.state is not CheckInState.OPEN:
        return None
    zone = zone_for(act.tx, act.asker, schedules.find_schedule(*where, act.project.id))
    days = days_off(*where, act.now.date() - timedelta(days=1))
    until = window_end(act.now, zone, days, working_days)
    check_ins.change_check_in(
        *where,
        check_in_id,
        snoozed_until=until,
        next_step_at=until,
        closes_at=window_end(max(until, check_in.closes_at), zone, days, working_days),
        moved_by=act.asker.person_id,
    )
    deliveries.renew_delivery(*where, check_in.prompt, act.now)
    return until


def list_ahead(tx: Tx, asker: Asker, project: Project | None, now: datetime) -> tuple[Planned, ...]:
    """What will be asked within AHEAD: of one project, or of all that the person sees."""
    where = tx, asker.workspace_id
    days = days_off(*where, now.date() - timedelta(days=1))
    until = now + AHEAD
    if project is not None:
        chosen = [project]
    else:
        chosen = list(schedules.list_scheduled_projects(*where, asker.sight, until, MOST_AHEAD))
    found = {each.project_id: each for each in schedules.list_schedules(*where, [p.id for p in chosen])}
    planned = []
    for each in chosen:
        schedule = found.get(each.id, Schedule(project_id=each.id))
        planned.append(_plan(each, schedule, days, now=now, count=_MOST_IN_TIME))
    return tuple(planned)
