"""Records for tests, made in one place. Every value that a test is about, it gives itself."""

from datetime import UTC, datetime, timedelta
from itertools import count

from storage import links, outcomes, projects
from storage.database import Tx
from storage.indexing import reindex
from storage.records import Outcome, OutcomeStatus, Project, UpdateSource
from storage.status_updates import record_status_update
from storage.workspaces import ensure_workspace

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
"""A Monday."""

_numbers = count(1)


def make_workspace(tx: Tx, workspace_id: str = "T0TEST", name: str = "Test") -> str:
    return ensure_workspace(tx, workspace_id, name, NOW).id


def make_project(tx: Tx, workspace_id: str = "T0TEST", **given: object) -> Project:
    """A project that can be found; whatever is not given has a value of its own."""
    number = next(_numbers)
    values: dict[str, object] = {"slug": f"project-{number}", "name": f"Project {number}", "now": NOW}
    outcome_texts = given.pop("outcomes", ())
    link_urls = given.pop("links", ())
    project_id = projects.add_project(tx, workspace_id, **{**values, **given})  # type: ignore[arg-type]  # each test gives what it is about
    for position, text in enumerate(outcome_texts):  # type: ignore[arg-type, var-annotated]  # as above
        outcomes.add_outcome(tx, workspace_id, project_id, position=position, text=text, now=NOW)
    for position, url in enumerate(link_urls):  # type: ignore[arg-type, var-annotated]  # as above
        links.add_link(tx, workspace_id, project_id, position=position, label=f"Link {position}", url=url)
    reindex(tx, workspace_id, project_id)
    return projects.get_project(tx, workspace_id, project_id)


def say(
    tx: Tx,
    outcome: Outcome,
    status: OutcomeStatus | None,
    *,
    workspace_id: str = "T0TEST",
    ago: timedelta = timedelta(),
    note: str = "",
    said_by: str | None = "U0SAID",
    source: UpdateSource = UpdateSource.COMMAND,
) -> int:
    """A status update, `ago` before NOW."""
    return record_status_update(
        tx,
        workspace_id,
        outcome,
        status=status,
        note=note,
        said_by=said_by,
        said_at=NOW - ago,
        source=source,
    )
