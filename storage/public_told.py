"""What is told of public projects beside how they stand: links, people, updates, and what is to come.

Of public projects alone, as `storage.public_projects` says which are. Statements do not grow with projects.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from storage.check_in_tables import schedules
from storage.database import Tx
from storage.public_projects import Placed, is_public, of_projects
from storage.records import Link, Member, ProjectState, StatusUpdate, UpdateSource
from storage.rows import UPDATE_COLUMNS
from storage.schedules import Schedule
from storage.slack_tables import people
from storage.tables import links, members, outcomes, projects, status_updates


class Told(NamedTuple):
    """A status update, with the outcome and the project that it is about."""

    update: StatusUpdate
    outcome_text: str
    unit: str
    project_slug: str
    project_name: str


class DueOutcome(NamedTuple):
    """An open outcome with a day by which it is to be reached."""

    id: int
    text: str
    due_on: date
    project_slug: str
    project_name: str


def list_links_of(tx: Tx, workspace_id: str, project_id: int) -> tuple[Link, ...]:
    """A project's, in their order."""
    rows = tx.execute(
        select(links.c.id, links.c.label, links.c.url, links.c.lead)
        .where(
            *of_projects(links.c.workspace_id, links.c.project_id, workspace_id, [project_id]),
            links.c.removed_at.is_(None),
        )
        .order_by(links.c.position, links.c.id)
    )
    return tuple(Link(id=row[0], label=row[1], url=row[2], lead=row[3]) for row in rows)


def list_members_of(tx: Tx, workspace_id: str, project_id: int) -> tuple[Member, ...]:
    """A project's, in their order."""
    rows = tx.execute(
        select(members.c.id, members.c.user_id, members.c.name, members.c.role)
        .where(
            *of_projects(members.c.workspace_id, members.c.project_id, workspace_id, [project_id]),
            members.c.removed_at.is_(None),
        )
        .order_by(members.c.position, members.c.id)
    )
    return tuple(Member(id=row[0], user_id=row[1], name=row[2], role=row[3]) for row in rows)


def list_names_of(tx: Tx, workspace_id: str, person_ids: Collection[str]) -> dict[str, str]:
    """What those of these people who are there are called."""
    rows = tx.execute(
        select(people.c.id, people.c.name).where(
            people.c.workspace_id == workspace_id,
            people.c.id.in_(sorted(person_ids)),
            ~people.c.is_deleted,
            ~people.c.is_bot,
        )
    )
    return {row[0]: row[1] for row in rows}


def list_updates_told(
    tx: Tx, workspace_id: str, limit: int, project_id: int | None = None
) -> tuple[Told, ...]:
    """The newest status updates of public projects, or of one, of what is still on their records.

    Without what was taken back, and what only says that something is still true.
    """
    of_one = () if project_id is None else (projects.c.id == project_id,)
    rows = tx.execute(
        select(*UPDATE_COLUMNS, outcomes.c.text, outcomes.c.metric_unit, projects.c.slug, projects.c.name)
        .join_from(status_updates, outcomes, outcomes.c.id == status_updates.c.outcome_id)
        .join(projects, projects.c.id == status_updates.c.project_id)
        .where(
            status_updates.c.workspace_id == workspace_id,
            status_updates.c.taken_back_at.is_(None),
            status_updates.c.source != UpdateSource.BUTTON.value,
            outcomes.c.removed_at.is_(None),
            is_public(),
            *of_one,
        )
        .order_by(status_updates.c.said_at.desc(), status_updates.c.id.desc())
        .limit(limit)
    )
    count = len(UPDATE_COLUMNS)
    names = [column.name for column in UPDATE_COLUMNS]
    return tuple(
        Told(
            StatusUpdate.model_validate(dict(zip(names, row[:count], strict=True))),
            row[count],
            row[count + 1] or "",
            *row[count + 2 :],
        )
        for row in rows
    )


def list_due(tx: Tx, workspace_id: str, since: date, limit: int) -> tuple[DueOutcome, ...]:
    """Open outcomes of public projects that are to be reached on that day or later, the nearest first."""
    rows = tx.execute(
        select(outcomes.c.id, outcomes.c.text, outcomes.c.due_on, projects.c.slug, projects.c.name)
        .join_from(outcomes, projects, projects.c.id == outcomes.c.project_id)
        .where(
            projects.c.workspace_id == workspace_id,
            is_public(),
            outcomes.c.removed_at.is_(None),
            outcomes.c.is_open,
            outcomes.c.due_on >= since,
        )
        .order_by(outcomes.c.due_on, outcomes.c.id)
        .limit(limit)
    )
    return tuple(DueOutcome(*row) for row in rows)


def list_public_schedules(
    tx: Tx, workspace_id: str, limit: int, project_ids: Sequence[int] | None = None
) -> tuple[tuple[Placed, Schedule], ...]:
    """When active public projects (of these, if some are given) are asked, the next ones first."""
    of_some = () if project_ids is None else (projects.c.id.in_(project_ids),)
    columns: tuple[Any, ...] = tuple(schedules.c[name] for name in Schedule.model_fields)
    rows = tx.execute(
        select(
            projects.c.id, projects.c.parent_id, projects.c.slug, projects.c.name, projects.c.state, *columns
        )
        .join_from(schedules, projects, projects.c.id == schedules.c.project_id)
        .where(
            projects.c.workspace_id == workspace_id,
            is_public(),
            projects.c.state == ProjectState.ACTIVE.value,
            schedules.c.cadence.is_not(None),
            schedules.c.next_at.is_not(None),
            schedules.c.stopped_because.is_(None),
            *of_some,
        )
        .order_by(schedules.c.next_at, schedules.c.project_id)
        .limit(limit)
    )
    return tuple(
        (
            Placed(row[0], row[1], row[2], row[3], ProjectState(row[4])),
            Schedule.model_validate(dict(zip(Schedule.model_fields, row[5:], strict=True))),
        )
        for row in rows
    )
