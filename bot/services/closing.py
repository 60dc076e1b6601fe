"""What becomes of a round in time: its reminder, the end of a snooze, its end, and what follows from that."""

from datetime import datetime

from bot.services import rounds
from bot.services.prompting import ask_after_snooze
from bot.services.rights import may_be_told
from storage import check_in_people, check_ins, deliveries, schedules
from storage.check_ins import CheckIn, CheckInState
from storage.database import Tx
from storage.projects import get_project
from storage.records import ProjectState
from storage.settings import get_settings

BATCH = 50


def move_on_due(tx: Tx, now: datetime, limit: int = BATCH) -> int:
    """Take the next step with at most `limit` rounds of which it is due; how many that were."""
    due = check_ins.claim_steps(tx, now, limit)
    for check_in in due:
        rounds.hear_clicks(tx, check_in.workspace_id, [check_in.project_id], now)
        if check_in.state is not CheckInState.OPEN:
            check_ins.change_check_in(tx, check_in.workspace_id, check_in.id, next_step_at=None)
        elif check_in.closes_at <= now:
            _close(tx, check_in, now)
        elif check_in.snoozed_until is not None:
            ask_after_snooze(tx, check_in, now)
        else:
            _remind(tx, check_in, now)
    return len(due)


def _remind(tx: Tx, check_in: CheckIn, now: datetime) -> None:
    """Once, in the thread."""
    workspace_id = check_in.workspace_id
    is_going_on = get_project(tx, workspace_id, check_in.project_id).state is ProjectState.ACTIVE
    is_needed = is_going_on and check_in.message_ts is not None and rounds.list_unheard(tx, check_in, now)
    if is_needed:
        rounds.promise(tx, check_in, rounds.NUDGE, check_in.channel_id or "", now)
    check_ins.change_check_in(
        tx, workspace_id, check_in.id, has_reminded=bool(is_needed), next_step_at=check_in.closes_at
    )


def _close(tx: Tx, check_in: CheckIn, now: datetime) -> None:
    """One whose prompt Slack never had was not asked: it is missed, and nobody was silent."""
    workspace_id = check_in.workspace_id
    is_asked = check_in.message_ts is not None and check_in.channel_id is not None
    if is_asked:
        _count_silence(tx, check_in, now)
    check_ins.change_check_in(
        tx,
        workspace_id,
        check_in.id,
        state=(CheckInState.CLOSED if is_asked else CheckInState.MISSED).value,
        closed_at=now,
        next_step_at=None,
        has_reminded=False,
    )
    deliveries.renew_delivery(tx, workspace_id, check_in.prompt, now)
    deliveries.withdraw_delivery(tx, workspace_id, rounds.key_of(rounds.NUDGE, check_in.id), now)
    if is_asked:
        rounds.promise(tx, check_in, rounds.SUMMARY, check_in.channel_id or "", now)
        _promise_digest_line(tx, check_in, now)


def _promise_digest_line(tx: Tx, check_in: CheckIn, now: datetime) -> None:
    channel_id = get_settings(tx, check_in.workspace_id).digest_channel_id
    project = get_project(tx, check_in.workspace_id, check_in.project_id)
    if channel_id is not None and may_be_told(tx, project, channel_id):
        rounds.promise(tx, check_in, rounds.DIGEST_LINE, channel_id, now)


def _count_silence(tx: Tx, check_in: CheckIn, now: datetime) -> None:
    where = tx, check_in.workspace_id, check_in.project_id
    people = check_in_people.list_people(tx, check_in.workspace_id, check_in.id)
    is_answered = any(each.answered_at is not None for each in people)
    project = get_project(*where)
    is_going_on = project.state is ProjectState.ACTIVE
    if not is_answered and not (is_going_on and rounds.still_there(tx, check_in, people, now)):
        # Whoever is away is not silent, nor is a project that was paused meanwhile.
        return
    before = schedules.find_schedule(*where).silent_rounds
    silent = 0 if is_answered else before + 1
    if silent != before:
        schedules.count_silence(*where, silent)
    if silent == rounds.SILENT_ROUNDS and project.owner_id is not None:
        rounds.promise(tx, check_in, rounds.SILENCE, project.owner_id, now)
