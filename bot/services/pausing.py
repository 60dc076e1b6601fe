"""Projects that rest, and go on by themselves on a day."""

from datetime import date, datetime, timedelta

from bot.domain.days import zone_of
from bot.services import rounds
from bot.services.asking import Asker
from bot.services.changing import Act
from storage import history, projects, schedules
from storage.database import Tx
from storage.history_records import ChangedItem
from storage.records import ProjectState, UpdateSource
from storage.workspaces import lock_workspace

BATCH = 50


def set_state(act: Act, state: ProjectState) -> None:
    """From now on: a day that was set for it to go on counts no more. The act reaches others."""
    act.change_project("state", state.value)
    act.change_schedule("paused_until", None)


def pause_until(act: Act, day: date) -> None:
    """It goes on by itself on that day. The act reaches others."""
    act.change_schedule("paused_until", day.isoformat())
    act.change_project("state", ProjectState.PAUSED.value)


def resume_due(tx: Tx, now: datetime, limit: int = BATCH) -> int:
    """At most `limit` projects that were paused until a day that has come go on; how many that were.

    In the name of whoever said so.
    """
    resumed = 0
    for workspace_id, project_id in schedules.list_paused_until(tx, now.date() + timedelta(days=1)):
        if resumed == limit:
            break
        # Looked at before anything is locked: for a day in some zones these wait for their midnight.
        zone = rounds.zone_of_project(tx, workspace_id, project_id)
        if not _is_over(tx, workspace_id, project_id, now.astimezone(zone_of(zone)).date()):
            continue
        lock_workspace(tx, workspace_id)
        project = projects.lock_project(tx, workspace_id, project_id)
        if not _is_over(tx, workspace_id, project_id, now.astimezone(zone_of(zone)).date()):
            continue
        said = history.find_newest_change(tx, workspace_id, project_id, ChangedItem.SCHEDULE, "paused_until")
        asker = Asker(workspace_id, (said and said.person_id) or project.owner_id or "", None, zone)
        act = Act(tx, asker, project, UpdateSource.COMMAND, now, reaches_others=True)
        act.change_schedule("paused_until", None)
        if project.state is ProjectState.PAUSED:
            act.change_project("state", ProjectState.ACTIVE.value)
        resumed += 1
    return resumed


def _is_over(tx: Tx, workspace_id: str, project_id: int, today: date) -> bool:
    until = schedules.find_schedule(tx, workspace_id, project_id).paused_until
    return until is not None and until <= today
