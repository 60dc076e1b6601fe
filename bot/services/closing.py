"""What becomes of a round in time: its reminder, the end of a snooze, its end, and what follows from that."""

from datetime import datetime

from bot.services import rounds
from storage import check_ins, deliveries, schedules
from storage.check_ins import CheckIn, CheckInState, prompt_key
from storage.database import Tx
from storage.projects import get_project
from storage.settings import get_settings

BATCH = 50
SILENT_ROUNDS = 3
"""After so many in a row that nobody has answered, the owner is asked, once, whether to go on."""


def move_on_due(tx: Tx, now: datetime, limit: int = BATCH) -> int:
    """Take the next step with at most `limit` rounds of which it is due; how many that were."""
    due = check_ins.claim_steps(tx, now, limit)
    for check_in in due:
        if check_in.state is not CheckInState.OPEN:
            check_ins.change_check_in(tx, check_in.workspace_id, check_in.id, next_step_at=None)
        elif check_in.closes_at <= now:
            _close(tx, check_in, now)
        elif check_in.snoozed_until is not None:
            _ask_again(tx, check_in, now)
        else:
            _remind(tx, check_in, now)
    return len(due)


def _remind(tx: Tx, check_in: CheckIn, now: datetime) -> None:
    """Once, in the thread."""
    workspace_id = check_in.workspace_id
    is_needed = check_in.message_ts is not None and rounds.list_unheard(tx, check_in, now)
    if is_needed:
        rounds.promise(tx, check_in, rounds.NUDGE, check_in.channel_id or "", now)
    check_ins.change_check_in(
        tx, workspace_id, check_in.id, has_reminded=bool(is_needed), next_step_at=check_in.closes_at
    )


def _ask_again(tx: Tx, check_in: CheckIn, now: datetime) -> None:
    """A snooze is over: another prompt at the end of the channel. Replies to the one before still count."""
    workspace_id, at = check_in.workspace_id, check_in.snoozed_until or now
    key = prompt_key(check_in.project_id, at)
    deliveries.promise_delivery(
        tx,
        workspace_id,
        key,
        check_ins.PROMPT,
        channel_id=deliveries.channel_of(tx, workspace_id, check_in.prompt) or check_in.channel_id or "",
        now=now,
        project_id=check_in.project_id,
        check_in_id=check_in.id,
    )
    deliveries.renew_delivery(tx, workspace_id, check_in.prompt, now)
    reminds_at = max(now, check_in.closes_at - (check_in.closes_at - at) / 5)
    check_ins.change_check_in(
        tx, workspace_id, check_in.id, prompt=key, snoozed_until=None, next_step_at=reminds_at
    )


def _close(tx: Tx, check_in: CheckIn, now: datetime) -> None:
    workspace_id = check_in.workspace_id
    asked = check_ins.list_people(tx, workspace_id, check_in.id)
    is_silent = all(each.answered_at is None for each in asked)
    deliveries.renew_delivery(tx, workspace_id, check_in.prompt, now)
    deliveries.withdraw_delivery(tx, workspace_id, rounds.key_of(rounds.NUDGE, check_in.id), now)
    if check_in.message_ts is not None and check_in.channel_id is not None:
        rounds.promise(tx, check_in, rounds.SUMMARY, check_in.channel_id, now)
        _promise_digest_line(tx, check_in, now)
        _count_silence(tx, check_in, now, is_silent=is_silent)
    check_ins.change_check_in(
        tx,
        workspace_id,
        check_in.id,
        state=CheckInState.CLOSED.value,
        closed_at=now,
        next_step_at=None,
        has_reminded=False,
    )


def _promise_digest_line(tx: Tx, check_in: CheckIn, now: datetime) -> None:
    channel_id = get_settings(tx, check_in.workspace_id).digest_channel_id
    project = get_project(tx, check_in.workspace_id, check_in.project_id)
    # What a private channel knows is said aloud in that channel only.
    if channel_id is not None and (not project.is_private or project.seen_in == channel_id):
        rounds.promise(tx, check_in, rounds.DIGEST_LINE, channel_id, now)


def _count_silence(tx: Tx, check_in: CheckIn, now: datetime, *, is_silent: bool) -> None:
    where = tx, check_in.workspace_id, check_in.project_id
    before = schedules.find_schedule(*where).silent_rounds
    silent = before + 1 if is_silent else 0
    if silent != before:
        schedules.count_silence(*where, silent)
    owner_id = get_project(*where).owner_id
    if silent == SILENT_ROUNDS and owner_id is not None:
        rounds.promise(tx, check_in, rounds.SILENCE, owner_id, now)
