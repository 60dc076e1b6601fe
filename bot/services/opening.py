"""Opening rounds: what is due is claimed, and asked once.

What was missed while the bot was down is not made up for. A prompt that is late is sent while its round would
still be open; of several that were missed only the last can be. The others are written down as missed, so
there is never a burst.
"""

from collections.abc import Container
from datetime import date, datetime, timedelta

from bot.domain.cadence import Slot
from bot.domain.cadence_words import stored_cadence
from bot.domain.working_days import window_end
from bot.services.next_times import slot_after
from bot.services.quiet import days_off
from bot.services.windows import LATE, window_from
from storage.check_ins import (
    Opening,
    close_earlier,
    list_known_rounds,
    open_check_ins,
    record_missed,
)
from storage.database import Tx
from storage.records import ProjectState
from storage.schedules import DueProject, Next, claim_due_projects, move_on

BATCH = 100
_LONGEST_DOWN = timedelta(days=400)
"""Rounds from before that are not even counted as missed."""


def open_due(tx: Tx, now: datetime, limit: int = BATCH) -> int:
    """Take up at most `limit` projects that are due, of all workspaces; how many that were.

    Each gets its round with its prompt's delivery, and the time of its next one, in this transaction.
    """
    due = claim_due_projects(tx, now, limit)
    if not due:
        return 0
    days: dict[str, Container[date]] = {}
    for workspace_id in {each.workspace_id for each in due}:
        days[workspace_id] = days_off(tx, workspace_id, (now - _LONGEST_DOWN).date())
    # A clock that was set back must not ask for a round again.
    known = list_known_rounds(tx, [each.project_id for each in due], min(each.due_at for each in due))
    openings, following = [], []
    for each in due:
        slots = _due_slots(each, days[each.workspace_id], now)
        if _is_asked(each):
            fresh = [slot for slot in slots if (each.project_id, slot.at) not in known]
            openings += _open(tx, each, fresh, days[each.workspace_id], now)
        following.append(_after(each, slots[-1].at, days[each.workspace_id], now))
    close_earlier(tx, [each.project_id for each in openings], now)
    open_check_ins(tx, openings, now)
    move_on(tx, following)
    return len(due)


def _is_asked(due: DueProject) -> bool:
    # What is due of a paused project is due after its pause, which is ended by another job.
    is_resuming = due.state is ProjectState.PAUSED and due.paused_until is not None
    goes_on = due.state is ProjectState.ACTIVE or is_resuming
    return goes_on and not due.stopped_because and _place(due) is not None


def _place(due: DueProject) -> str | None:
    """The channel, or else the owner, if they agreed."""
    return due.channel_id or (due.owner_id if due.owner_id == due.agreed_by else None)


def _due_slots(due: DueProject, days: Container[date], now: datetime) -> list[Slot]:
    """The slot that is due, and those after it that are due by now, but for what is too long ago."""
    cadence = stored_cadence(due.cadence)
    slots = [Slot(due.due_at, due.moved_from)]
    while (
        following := slot_after(cadence, slots[-1].at, days, slots[-1].at)
    ) is not None and following.at <= now:
        slots.append(following)
    return [slot for slot in slots[:-1] if now - slot.at < _LONGEST_DOWN] + slots[-1:]


def _after(due: DueProject, last: datetime, days: Container[date], now: datetime) -> Next:
    slot = slot_after(stored_cadence(due.cadence), max(now, last), days, last)
    return Next(due.project_id, slot.at, slot.moved_from) if slot else Next(due.project_id, None, None)


def _open(tx: Tx, due: DueProject, slots: list[Slot], days: Container[date], now: datetime) -> list[Opening]:
    """The round of the last slot, if its window is not over. All others are written down as missed."""
    zone = stored_cadence(due.cadence).zone
    openings = []
    for slot in slots:
        closes_at = window_end(slot.at, zone, days)
        if slot is not slots[-1] or closes_at <= now:
            record_missed(tx, due.workspace_id, due.project_id, slot.at, closes_at=closes_at, now=now)
            continue
        window = window_from(now if now - slot.at > LATE else slot.at, zone, days)
        openings.append(
            Opening(
                workspace_id=due.workspace_id,
                project_id=due.project_id,
                due_at=slot.at,
                closes_at=window.closes_at,
                next_step_at=window.reminds_at,
                asks=_place(due) or "",
            )
        )
    return openings
