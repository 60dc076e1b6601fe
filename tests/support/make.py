"""Records for tests, made in one place. Every value that a test is about, it gives itself."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from storage import projects
from storage.aliases import add_alias
from storage.channels import find_privacy, save_channel
from storage.database import Tx
from storage.history import By, record_change
from storage.history_records import ChangedItem
from storage.indexing import reindex
from storage.links import add_link
from storage.members import add_member
from storage.outcomes import add_outcome, list_outcomes
from storage.people import Person, save_person
from storage.records import Outcome, OutcomeStatus, Project, UpdateSource
from storage.sight import Sight
from storage.status_updates import record_status_update
from storage.workspaces import ensure_workspace

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
"""A Monday."""

_numbers = count(1)


FULL_MEMBERS = ("U0SEES", "U0ANA", "U0BO", "U0SAID", "U0NOBODY", "U0TEST")
SEES = Sight("U0SEES")
"""A full member of every workspace that is made here, who sees what all of them see."""


def make_workspace(tx: Tx, workspace_id: str = "T0TEST", name: str = "Test") -> str:
    made = ensure_workspace(tx, workspace_id, name, NOW).id
    for person_id in FULL_MEMBERS:
        make_person(tx, person_id, workspace_id)
    return made


def make_person(tx: Tx, person_id: str, workspace_id: str = "T0TEST", **given: object) -> Person:
    """A full member, if not given otherwise."""
    values = {"name": person_id.lower(), "zone": "UTC", "refreshed_at": NOW}
    is_so = dict.fromkeys(("is_admin", "is_guest", "is_deleted"), False)
    person = Person.model_validate({"id": person_id, **values, **is_so, **given})
    save_person(tx, workspace_id, person)
    return person


def make_channel(
    tx: Tx, channel_id: str, workspace_id: str = "T0TEST", *, private_to: Iterable[str] | None = None
) -> str:
    """A public channel, or one whose members alone see it."""
    is_private = private_to is not None
    save_channel(tx, workspace_id, channel_id, is_private=is_private, members=private_to or (), now=NOW)
    return channel_id


def make_project(
    tx: Tx,
    workspace_id: str = "T0TEST",
    *,
    outcomes: Any = (),
    links: Any = (),
    members: Any = (),
    aliases: Any = (),
    **given: object,
) -> Project:
    """A project that can be found; what is not given has a value of its own. Links are addresses.

    Its channel is a public one, unless it was made before.
    """
    number = next(_numbers)
    values: dict[str, object] = {"slug": f"project-{number}", "name": f"Project {number}", "now": NOW}
    channel_id = given.get("channel_id")
    if isinstance(channel_id, str) and find_privacy(tx, workspace_id, channel_id) is None:
        make_channel(tx, channel_id, workspace_id)
    project_id = projects.add_project(tx, workspace_id, **{**values, **given})  # type: ignore[arg-type]  # each test gives what it is about
    for alias in aliases:
        add_alias(tx, workspace_id, project_id, alias)
    for position, text in enumerate(outcomes):
        add_outcome(tx, workspace_id, project_id, position=position, text=text, now=NOW)
    for position, url in enumerate(links):
        add_link(tx, workspace_id, project_id, position=position, label=f"Link {position}", url=url)
    for position, name in enumerate(members):
        add_member(tx, workspace_id, project_id, position=position, name=name)
    reindex(tx, workspace_id, project_id)
    return projects.get_project(tx, workspace_id, project_id)


def make_outcome(tx: Tx, project: Project, text: str = "An outcome", position: int = 0) -> Outcome:
    """One more outcome of a project."""
    id_ = add_outcome(tx, project.workspace_id, project.id, position=position, text=text, now=NOW)
    return next(o for o in list_outcomes(tx, project.workspace_id, project.id) if o.id == id_)


def make_change(
    tx: Tx, project: Project, by: By | None = None, *, before: str = "", after: str = "A goal"
) -> None:
    """An entry of the history: of the goal, by somebody in an act of its own if it is not said by whom."""
    record_change(
        tx,
        project.workspace_id,
        project.id,
        by or By("U0SAID", UpdateSource.COMMAND, f"act-{next(_numbers)}", None, NOW),
        item=ChangedItem.PROJECT,
        item_id=None,
        field="goal",
        before=before,
        after=after,
    )


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
    value: float | None = None,
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
        value=value,
    )
