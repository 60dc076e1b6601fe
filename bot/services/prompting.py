"""Another prompt of a round that is open: at the end of a snooze, or where its project has moved to."""

from datetime import datetime, timedelta

from bot.services import rounds
from bot.services.next_times import asks_in, days_around
from bot.services.rights import may_be_told
from bot.services.windows import reminder_in, window_from
from storage import check_ins, deliveries, schedules
from storage.check_ins import CheckIn, prompt_key
from storage.database import Tx
from storage.projects import get_project

_INSTANT = timedelta(microseconds=1)


def ask_after_snooze(tx: Tx, check_in: CheckIn, now: datetime) -> None:
    """At the end of the channel. Replies to the prompt before still count."""
    at = check_in.snoozed_until or now
    _ask(tx, check_in, _place(tx, check_in), at=at, closes_at=check_in.closes_at, now=now)


def follow_project(tx: Tx, workspace_id: str, project_id: int, now: datetime) -> None:
    """After a change of who sees a project: where a round is open, it may perhaps not be told of any more.

    The prompt stays there as it was, and replies to it count; the round is asked where the project is asked
    now, with its whole window, and reminded of and summed up there. One that was put off is asked there then.
    """
    check_in = check_ins.find_open_check_in(tx, workspace_id, project_id)
    if check_in is None or check_in.snoozed_until is not None:
        return
    place = _place(tx, check_in)
    if place == _asked_in(tx, check_in):
        return
    zone, days = rounds.zone_of_project(tx, workspace_id, project_id), days_around(tx, workspace_id, now)
    closes_at = max(check_in.closes_at, window_from(now, zone, days).closes_at)
    _ask(tx, check_in, place, at=now, closes_at=closes_at, now=now)


def _asked_in(tx: Tx, check_in: CheckIn) -> str:
    return deliveries.channel_of(tx, check_in.workspace_id, check_in.prompt) or check_in.channel_id or ""


def _place(tx: Tx, check_in: CheckIn) -> str:
    """Where it was asked before, if that may still be told of the project; else where that is asked now."""
    before = _asked_in(tx, check_in)
    project = get_project(tx, check_in.workspace_id, check_in.project_id)
    if may_be_told(tx, project, before):
        return before
    schedule = schedules.find_schedule(tx, check_in.workspace_id, check_in.project_id)
    return asks_in(project, schedule) or before


def _ask(tx: Tx, check_in: CheckIn, place: str, *, at: datetime, closes_at: datetime, now: datetime) -> None:
    workspace_id = check_in.workspace_id
    key = _promised(tx, check_in, place, at, now)
    deliveries.renew_delivery(tx, workspace_id, check_in.prompt, now)
    zone = rounds.zone_of_project(tx, workspace_id, check_in.project_id)
    reminds_at = reminder_in(now, closes_at, zone, days_around(tx, workspace_id, now))
    changes = {"closes_at": closes_at, "next_step_at": reminds_at}
    check_ins.change_check_in(tx, workspace_id, check_in.id, prompt=key, snoozed_until=None, **changes)


def _promised(tx: Tx, check_in: CheckIn, place: str, at: datetime, now: datetime) -> str:
    """The new prompt's key. It is named after an instant, of which there may be a prompt already."""
    while not deliveries.promise_delivery(
        tx,
        check_in.workspace_id,
        key := prompt_key(check_in.project_id, at),
        check_ins.PROMPT,
        channel_id=place,
        now=now,
        project_id=check_in.project_id,
        check_in_id=check_in.id,
    ):
        at += _INSTANT
    return key
