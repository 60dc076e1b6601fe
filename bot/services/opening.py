"""Opening rounds: what is due is claimed, and asked once.

What was missed while the bot was down is not made up for. A prompt that is late is sent while its round would
still be open; of several that were missed only the last can be. The others are written down as missed, so
there is never a burst.
"""

from collections.abc import Container, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.domain.cadence import Slot
from bot.domain.cadence_words import stored_cadence
from bot.domain.working_days import window_end
from bot.services.next_times import place_of, slot_after
from bot.services.quiet import days_off
from bot.services.windows import LATE, window_from
from storage.database import Tx
from storage.openings import Opening, close_earlier, list_known_rounds, open_check_ins, record_missed
from storage.records import ProjectState
from storage.schedules import DueProject, Next, claim_due_projects, move_on

BATCH = 500
"""In one transaction: on SQLite nobody else writes meanwhile, for some fifty milliseconds."""
_LONGEST_DOWN = timedelta(days=400)
"""Rounds from before that are not even counted as missed."""


class _Window(NamedTuple):
    """A round: until `closes_at` it may be begun late, and is then open for as long as any."""

    at: datetime
    closes_at: datetime
    stays_open_until: datetime
    reminds_at: datetime


class _Times(NamedTuple):
    """The rounds that are due by now, the last of which may still be open, and when the next one is."""

    due: tuple[_Window, ...]
    after: Slot | None


def open_due(tx: Tx, now: datetime, limit: int = BATCH) -> int:
    """Take up at most `limit` projects that are due, of all workspaces; how many that were.

    Each gets its round with its prompt's delivery, and the time of its next one, in this transaction.
    """
    due = claim_due_projects(tx, now, limit)
    if not due:
        return 0
    times = _times_of_all(tx, due, now)
    # A clock that was set back must not ask for a round again.
    known = list_known_rounds(tx, [each.project_id for each in due], min(each.due_at for each in due))
    openings = []
    for each, its in zip(due, times, strict=True):
        if _is_asked(each):
            fresh = [window for window in its.due if (each.project_id, window.at) not in known]
            openings += _open(tx, each, fresh, now)
    close_earlier(tx, [each.project_id for each in openings], now)
    open_check_ins(tx, openings, now)
    move_on(tx, [_next(each, its.after) for each, its in zip(due, times, strict=True)])
    return len(due)


def _times_of_all(tx: Tx, due: Sequence[DueProject], now: datetime) -> list[_Times]:
    """Those of each; worked out once for all that share a cadence, as most that are due at once do."""
    days = {
        workspace_id: days_off(tx, workspace_id, (now - _LONGEST_DOWN).date())
        for workspace_id in {each.workspace_id for each in due}
    }
    found: dict[tuple[object, ...], _Times] = {}
    times = []
    for each in due:
        shared = each.workspace_id, each.cadence, each.due_at, each.moved_from
        if shared not in found:
            found[shared] = _times(each, days[each.workspace_id], now)
        times.append(found[shared])
    return times


def _times(due: DueProject, days: Container[date], now: datetime) -> _Times:
    cadence = stored_cadence(due.cadence)
    windows = []
    for slot in _due_slots(due, days, now):
        closes_at = window_end(slot.at, cadence.zone, days)
        window = window_from(now if now - slot.at > LATE else slot.at, cadence.zone, days)
        windows.append(_Window(slot.at, closes_at, window.closes_at, window.reminds_at))
    last = windows[-1].at
    return _Times(tuple(windows), slot_after(cadence, max(now, last), days, last))


def _is_asked(due: DueProject) -> bool:
    # What is due of a paused project is due after its pause, which is ended by another job.
    is_resuming = due.state is ProjectState.PAUSED and due.paused_until is not None
    goes_on = due.state is ProjectState.ACTIVE or is_resuming
    return goes_on and not due.stopped_because and _place(due) is not None


def _place(due: DueProject) -> str | None:
    return place_of(due.channel_id, due.owner_id, due.agreed_by)


def _due_slots(due: DueProject, days: Container[date], now: datetime) -> list[Slot]:
    """The slot that is due, and those after it that are due by now, but for what is too long ago."""
    cadence = stored_cadence(due.cadence)
    slots = [Slot(due.due_at, due.moved_from)]
    while (
        following := slot_after(cadence, slots[-1].at, days, slots[-1].at)
    ) is not None and following.at <= now:
        slots.append(following)
    return [slot for slot in slots[:-1] if now - slot.at < _LONGEST_DOWN] + slots[-1:]


def _next(due: DueProject, slot: Slot | None) -> Next:
    return Next(due.project_id, slot.at, slot.moved_from) if slot else Next(due.project_id, None, None)


def _open(tx: Tx, due: DueProject, windows: Sequence[_Window], now: datetime) -> list[Opening]:
    """The round of the last window, if it is not over. All others are written down as missed."""
    openings = []
    for window in windows:
        if window is not windows[-1] or window.closes_at <= now:
            record_missed(
                tx, due.workspace_id, due.project_id, window.at, closes_at=window.closes_at, now=now
            )
            continue
        openings.append(
            Opening(
                workspace_id=due.workspace_id,
                project_id=due.project_id,
                due_at=window.at,
                closes_at=window.stays_open_until,
                next_step_at=window.reminds_at,
                asks=_place(due) or "",
            )
        )
    return openings
