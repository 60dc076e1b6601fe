"""What stops a project's check-ins by itself, and what brings them, and digests, back by itself."""

from datetime import datetime

from bot.services import rounds
from bot.services.digests import start_again_in
from bot.services.next_times import asks_in, keep_place
from storage import check_ins, projects, reminder_turns, schedules
from storage.check_ins import CheckInState
from storage.database import Tx

OF_WORKSPACE = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "missing_scope",
        "not_allowed_token_type",
        "org_login_required",
        "team_access_not_granted",
    }
)
"""What says that the bot as a whole is shut out: nothing of a project's is to be mended."""
_OF_CHANNEL = frozenset({"not_in_channel", "channel_not_found", "is_archived", "is_inactive"})
"""What is over when somebody comes into the channel before the bot's eyes."""


def stop(
    tx: Tx,
    workspace_id: str,
    project_id: int,
    check_in_id: int,
    *,
    place: str,
    because: str,
    now: datetime,
) -> None:
    """Slack will never take the prompt in that place: no others are sent, and the owner is told once.

    Not when the bot as a whole is shut out. And not when the project is asked somewhere else by now.
    """
    check_in = check_ins.find_check_in(tx, workspace_id, check_in_id)
    if check_in is None or because in OF_WORKSPACE:
        return
    project = projects.lock_project(tx, workspace_id, project_id)
    if check_in.state is CheckInState.OPEN and check_in.message_ts is None:
        missed = {"state": CheckInState.MISSED.value, "closed_at": now, "next_step_at": None}
        check_ins.change_check_in(tx, workspace_id, check_in_id, **missed)
    schedule = schedules.find_schedule(tx, workspace_id, project_id)
    if schedule.stopped_because is not None or asks_in(project, schedule) != place:
        return
    schedules.change_schedule(
        tx, workspace_id, project_id, stopped_because=because, next_at=None, moved_from=None
    )
    if project.owner_id is not None:
        rounds.promise(tx, check_in, rounds.TROUBLE, project.owner_id, now)


def bot_is_in(tx: Tx, workspace_id: str, channel_id: str, now: datetime) -> None:
    """The bot is in this channel: what had stopped for want of that goes on."""
    reminder_turns.resume_turns_in(tx, workspace_id, channel_id)
    start_again_in(tx, workspace_id, channel_id, _OF_CHANNEL, now)
    for project_id, because in schedules.list_stopped_in(tx, workspace_id, channel_id):
        if because in _OF_CHANNEL:
            projects.lock_project(tx, workspace_id, project_id)
            keep_place(tx, workspace_id, project_id, now)
