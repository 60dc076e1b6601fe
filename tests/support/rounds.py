"""Projects that are due to be asked, as many as a test needs, written in a few statements."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert

from storage.check_in_tables import schedules
from storage.database import Database
from storage.projects import sort_name
from storage.tables import projects
from tests.support.make import make_workspace

CADENCE = "weekly mon 09:30 Europe/Berlin"


def add_due_projects(
    database: Database, workspace_id: str, channels: Sequence[str], due_at: Sequence[datetime]
) -> None:
    """An active project for each instant, whose prompt is due then; shared out among the channels."""
    with database.write() as tx:
        make_workspace(tx, workspace_id)
        made = tx.execute(
            insert(projects).returning(projects.c.id),
            [
                project_values(workspace_id, n, channels[n % len(channels)], due_at[n])
                for n in range(len(due_at))
            ],
        ).scalars()
        rows = [
            {
                "workspace_id": workspace_id,
                "project_id": id_,
                "cadence": CADENCE,
                "next_at": at,
            }
            for id_, at in zip(made, due_at, strict=True)
        ]
        tx.execute(insert(schedules), rows)


def project_values(workspace_id: str, number: int, channel_id: str, now: datetime) -> dict[str, object]:
    """A row of an active project."""
    name = f"Project {number}"
    return {
        "workspace_id": workspace_id,
        "slug": f"project-{number}",
        "name": name,
        "sort_name": sort_name(name),
        "summary": "",
        "goal": "",
        "state": "active",
        "channel_id": channel_id,
        "created_at": now,
        "updated_at": now,
    }
