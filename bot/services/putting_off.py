"""An open round that is left out, or asked later; and back."""

from datetime import datetime, timedelta
from typing import Any

from bot.domain.working_days import window_end
from bot.errors_check_ins import RoundOpenError, RoundOverError
from bot.services import rounds
from bot.services.changing import Act
from bot.services.quiet import days_off
from bot.services.scheduling import zone_for
from bot.services.windows import reminder_in
from storage import check_ins, deliveries, schedules
from storage.check_ins import CheckIn, CheckInState


def skip_round(act: Act, check_in_id: int) -> None:
    """It is left out. Raises RoundOverError."""
    check_in = _lock_open(act, check_in_id)
    _change(act, check_in, state=CheckInState.SKIPPED.value, snoozed_until=None)


def snooze_round(act: Act, check_in_id: int, working_days: int) -> datetime:
    """It is asked for anew, that many working days later; when. Raises RoundOverError.

    It is open for as much longer, once for each time that it is asked. A snooze renews no freshness.
    """
    check_in = _lock_open(act, check_in_id)
    zone = zone_for(act.tx, act.asker, _schedule_of(act))
    days = days_off(act.tx, act.asker.workspace_id, act.now.date() - timedelta(days=1))
    until = window_end(act.now, zone, days, working_days)
    closes_at = max(until, check_in.closes_at)
    if check_in.snoozed_until is None or check_in.closes_at <= until:
        closes_at = window_end(closes_at, zone, days, working_days)
    _change(act, check_in, snoozed_until=until, next_step_at=until, closes_at=closes_at)
    return until


def ask_again(act: Act, check_in_id: int) -> None:
    """It was left out, or put off, and is asked for all the same. Raises RoundOverError, RoundOpenError."""
    check_in = check_ins.lock_check_in(act.tx, act.asker.workspace_id, check_in_id)
    is_out = check_in.state is CheckInState.SKIPPED
    if not (is_out or check_in.state is CheckInState.OPEN) or check_in.closes_at <= act.now:
        raise RoundOverError(act.project.slug)
    other = check_ins.find_open_check_in(act.tx, act.asker.workspace_id, act.project.id)
    if other is not None and other.id != check_in.id:
        raise RoundOpenError(act.project.slug, other.channel_id, other.message_ts)
    if not is_out and check_in.snoozed_until is None:
        return
    zone = zone_for(act.tx, act.asker, _schedule_of(act))
    days = days_off(act.tx, act.asker.workspace_id, act.now.date() - timedelta(days=1))
    next_step_at = reminder_in(act.now, check_in.closes_at, zone, days)
    _change(
        act,
        check_in,
        state=CheckInState.OPEN.value,
        snoozed_until=None,
        next_step_at=check_in.closes_at if check_in.has_reminded else next_step_at,
    )


def _lock_open(act: Act, check_in_id: int) -> CheckIn:
    check_in = check_ins.lock_check_in(act.tx, act.asker.workspace_id, check_in_id)
    if check_in.state is not CheckInState.OPEN:
        raise RoundOverError(act.project.slug)
    return check_in


def _schedule_of(act: Act) -> schedules.Schedule:
    return schedules.find_schedule(act.tx, act.asker.workspace_id, act.project.id)


def _change(act: Act, check_in: CheckIn, **changes: Any) -> None:  # noqa: ANN401 - columns differ in type
    """What the messages show of it follows; nobody is reminded of what is not asked."""
    where = act.tx, act.asker.workspace_id
    check_ins.change_check_in(*where, check_in.id, moved_by=act.asker.person_id, **changes)
    deliveries.renew_delivery(*where, check_in.prompt, act.now)
    if check_in.has_reminded:
        deliveries.withdraw_delivery(*where, rounds.key_of(rounds.NUDGE, check_in.id), act.now)
