"""When a project is asked, as people set it: each takes an act or typed input, and writes through the act."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.cadence import Cadence, Slot, cadence_in_words, format_cadence
from bot.domain.cadence_words import UnreadCadenceError, parse_cadence, stored_cadence
from bot.domain.days import zone_of
from bot.errors_check_ins import (
    NoPlaceToAskError,
    NotScheduledError,
    RoundOpenError,
    UnclearCadenceError,
)
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.next_times import asks_in, days_around, keep_place
from bot.services.planning import read_plan
from bot.services.windows import window_from
from storage import check_ins, deliveries, schedules
from storage.database import Tx
from storage.openings import Opening, list_known_rounds, open_check_in
from storage.records import Project
from storage.schedules import Schedule
from storage.settings import get_settings

USUAL = "weekly mon 09:30"
CONSENT = "consent"
"""The kind of delivery that asks an owner whether they may be asked by direct message."""


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

    Another owner of one is asked whether they agree. What stopped it counts no more: it is tried anew.
    """
    where = act.tx, act.asker.workspace_id, act.project.id
    if schedules.find_schedule(*where).stopped_because is not None:
        start_again(act)
    act.change_schedule("skipped_at", None)
    act.change_schedule("cadence", None if cadence is None else format_cadence(cadence))
    if cadence is None or act.project.channel_id is not None:
        return
    if act.project.owner_id == act.asker.person_id:
        agree(act)
    elif asks_in(act.project, schedules.find_schedule(*where)) is None:
        _ask_owner(act)


def consent_key(project_id: int, owner_id: str) -> str:
    return f"{CONSENT}:{project_id}:{owner_id}"


def _ask_owner(act: Act) -> None:
    """Once, whoever sets the schedule how often."""
    owner_id = act.project.owner_id
    if owner_id is not None:
        key = consent_key(act.project.id, owner_id)
        deliveries.promise_delivery(
            act.tx,
            act.asker.workspace_id,
            key,
            CONSENT,
            channel_id=owner_id,
            now=act.now,
            project_id=act.project.id,
        )


def usual_cadence(tx: Tx, asker: Asker, project: Project, now: datetime) -> Cadence:
    """Every Monday morning, for those who do not want to think about it."""
    return read_cadence(tx, asker, project, USUAL, now)


def has_cadence(tx: Tx, asker: Asker, project_id: int) -> bool:
    return schedules.find_schedule(tx, asker.workspace_id, project_id).cadence is not None


def words_of(cadence: Cadence) -> str:
    return cadence_in_words(cadence)


def start_again(act: Act) -> None:
    """What stopped its prompts is mended, or so somebody says: they go on."""
    keep_place(act.tx, act.asker.workspace_id, act.project.id, act.now)


def agree(act: Act) -> None:
    """The owner may be asked by direct message."""
    act.change_schedule("agreed_by", act.asker.person_id)
    key = consent_key(act.project.id, act.asker.person_id)
    deliveries.renew_delivery(act.tx, act.asker.workspace_id, key, act.now)


def skip_next(act: Act) -> Slot:
    """The next prompt is left out; which one that was. Raises NotScheduledError."""
    planned = read_plan(act.tx, act.asker, act.project, act.now, count=1)
    due_at = planned.schedule.next_at
    # One that is due, and not asked yet, is the next.
    is_waiting = due_at is not None and due_at <= act.now
    slots = (Slot(due_at, planned.schedule.moved_from),) if due_at and is_waiting else planned.slots
    if not slots:
        raise NotScheduledError(act.project.slug)
    act.change_schedule("skipped_at", slots[0].at.isoformat())
    return slots[0]


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
    window = window_from(act.now, zone, days_around(*where, act.now))
    opening = Opening(
        workspace_id=act.asker.workspace_id,
        project_id=act.project.id,
        due_at=_free_instant(act),
        closes_at=window.closes_at,
        next_step_at=window.reminds_at,
        asks=place,
        begun_by=act.asker.person_id,
    )
    return open_check_in(act.tx, opening, act.now)


def _free_instant(act: Act) -> datetime:
    """Now, or just after: a project has one round for each instant, and one of now may be over already."""
    rounds = list_known_rounds(act.tx, [act.project.id], act.now)
    taken = {at for _, at in rounds}
    instant = act.now
    while instant in taken:
        instant += timedelta(microseconds=1)
    return instant
