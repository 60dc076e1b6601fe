"""What stops a project's check-ins by itself, and what brings them back by itself."""

from datetime import datetime, timedelta

from bot.domain.days import zone_of
from bot.services import rounds
from bot.services.asking import Asker
from bot.services.changing import Act
from storage import check_ins, history, projects, schedules
from storage.check_ins import CheckInState
from storage.database import Tx
from storage.projects import get_project
from storage.records import ChangedItem, ProjectState, UpdateSource
from storage.workspaces import lock_workspace

BATCH = 50
_OF_WORKSPACE = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}
)
"""What says that the bot as a whole is shut out: nothing of the project's is to be mended."""


def stop(
    tx: Tx, workspace_id: str, project_id: int, check_in_id: int, *, because: str, now: datetime
) -> None:
    """Slack will never take the prompt: no others are sent, and the owner is told once how to mend it."""
    project = get_project(tx, workspace_id, project_id)
    schedules.change_schedule(
        tx, workspace_id, project_id, stopped_because=because, next_at=None, moved_from=None
    )
    check_ins.change_check_in(
        tx,
        workspace_id,
        check_in_id,
        state=CheckInState.MISSED.value,
        closed_at=now,
        next_step_at=None,
    )
    if project.owner_id is not None and because not in _OF_WORKSPACE:
        check_in = check_ins.find_check_in(tx, workspace_id, check_in_id)
        if check_in is not None:
            rounds.promise(tx, check_in, rounds.TROUBLE, project.owner_id, now)


def resume_due(tx: Tx, now: datetime, limit: int = BATCH) -> int:
    """At most `limit` projects that were paused until a day that has come go on; how many that were.

    In the name of whoever said so.
    """
    resumed = 0
    for workspace_id, project_id in schedules.list_paused_until(tx, now.date() + timedelta(days=1), limit):
        lock_workspace(tx, workspace_id)
        project = projects.lock_project(tx, workspace_id, project_id)
        schedule = schedules.find_schedule(tx, workspace_id, project_id)
        zone = rounds.zone_of_project(tx, workspace_id, project_id)
        until = schedule.paused_until
        if until is None or until > now.astimezone(zone_of(zone)).date():
            continue
        said = history.find_newest_change(tx, workspace_id, project_id, ChangedItem.SCHEDULE, "paused_until")
        asker = Asker(workspace_id, (said and said.person_id) or project.owner_id or "", None, zone)
        act = Act(tx, asker, project, UpdateSource.COMMAND, now, reaches_others=True)
        act.change_schedule("paused_until", None)
        if project.state is ProjectState.PAUSED:
            act.change_project("state", ProjectState.ACTIVE.value)
        resumed += 1
    return resumed
