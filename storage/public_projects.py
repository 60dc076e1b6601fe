"""Public projects, as everybody sees them: one predicate, in every statement of this module.

Public is what every full member of the workspace sees, and what is not archived. The number of statements
does not grow with projects.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, literal, or_, select

from storage.charting import is_said
from storage.check_in_tables import schedules
from storage.database import Tx
from storage.outcomes import with_newest
from storage.records import (
    Link,
    Member,
    Outcome,
    OutcomeStatus,
    Project,
    ProjectState,
    StatusUpdate,
    UpdateSource,
)
from storage.rows import OUTCOME_COLUMNS, PROJECT_COLUMNS, UPDATE_COLUMNS, outcome_from, project_from
from storage.said import OnRecord, StatusSaid, ValueSaid
from storage.schedules import Schedule
from storage.slack_tables import people
from storage.tables import is_of, links, members, outcomes, project_aliases, projects, status_updates
from storage.types import UtcDateTime


class Placed(NamedTuple):
    """As much of a project as finding its place needs; in the order of names."""

    id: int
    parent_id: int | None
    slug: str
    name: str
    state: ProjectState


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


def is_public() -> ColumnElement[bool]:
    """Whether a project of the statement around is."""
    return and_(~projects.c.is_private, projects.c.state != ProjectState.ARCHIVED.value)


def list_placed(tx: Tx, workspace_id: str) -> tuple[Placed, ...]:
    """All of them, by name."""
    rows = tx.execute(
        select(projects.c.id, projects.c.parent_id, projects.c.slug, projects.c.name, projects.c.state)
        .where(projects.c.workspace_id == workspace_id, is_public())
        .order_by(projects.c.sort_name, projects.c.id)
    )
    return tuple(Placed(*row[:4], ProjectState(row[4])) for row in rows)


def list_public(tx: Tx, workspace_id: str, project_ids: Collection[int]) -> dict[int, Project]:
    """Those of these that are public, by id."""
    rows = tx.execute(
        select(*PROJECT_COLUMNS).where(
            is_of(projects.c.workspace_id, workspace_id), projects.c.id.in_(sorted(project_ids)), is_public()
        )
    )
    return {row.id: project_from(row) for row in rows}


def find_public(tx: Tx, workspace_id: str, name: str) -> Project | None:
    """The one of this slug, or else of this alias."""
    aliased = select(project_aliases.c.project_id).where(
        project_aliases.c.workspace_id == workspace_id,
        project_aliases.c.alias == name,
        project_aliases.c.removed_at.is_(None),
    )
    rows = tx.execute(
        select(*PROJECT_COLUMNS)
        .where(
            projects.c.workspace_id == workspace_id,
            or_(projects.c.slug == name, projects.c.id.in_(aliased)),
            is_public(),
        )
        .limit(2)
    )
    found = [project_from(row) for row in rows]
    return next((each for each in found if each.slug == name), found[0] if found else None)


def list_public_outcomes(
    tx: Tx, workspace_id: str, project_ids: Collection[int]
) -> dict[int, tuple[Outcome, ...]]:
    """Of each of these projects those on the record, numbered from 1. The projects are public ones."""
    rows = tx.execute(
        with_newest(*OUTCOME_COLUMNS, *UPDATE_COLUMNS)
        .where(*_of_projects(outcomes.c.workspace_id, outcomes.c.project_id, workspace_id, project_ids))
        .order_by(outcomes.c.project_id, outcomes.c.position, outcomes.c.id)
    )
    found: dict[int, list[Outcome]] = {id_: [] for id_ in project_ids}
    for row in rows:
        mine = found[row.project_id]
        mine.append(outcome_from(row, len(mine) + 1))
    return {id_: tuple(mine) for id_, mine in found.items()}


def list_on_record_of(
    tx: Tx, workspace_id: str, project_ids: Collection[int]
) -> dict[int, tuple[OnRecord, ...]]:
    """All outcomes that each of these projects has or had."""
    columns = (outcomes.c.project_id, outcomes.c.id, outcomes.c.created_at, outcomes.c.removed_at)
    rows = tx.execute(
        select(*columns).where(
            *_of_projects(outcomes.c.workspace_id, outcomes.c.project_id, workspace_id, project_ids)
        )
    )
    found: dict[int, list[OnRecord]] = {id_: [] for id_ in project_ids}
    for project_id, *values in rows:
        found[project_id].append(OnRecord(*values))
    return {id_: tuple(mine) for id_, mine in found.items()}


def list_statuses_of(
    tx: Tx, workspace_id: str, project_ids: Collection[int], since: datetime
) -> dict[int, tuple[StatusSaid, ...]]:
    """Of each of these projects, what was said since then and the last word before, in that order."""
    said = status_updates.c
    rows = tx.execute(
        select(outcomes.c.project_id, said.outcome_id, said.said_at, said.status)
        .join_from(outcomes, status_updates, said.outcome_id == outcomes.c.id)
        .where(
            *_of_projects(outcomes.c.workspace_id, outcomes.c.project_id, workspace_id, project_ids),
            *is_said(literal(since, UtcDateTime)),
        )
        .order_by(said.said_at, said.id)
    )
    found: dict[int, list[StatusSaid]] = {id_: [] for id_ in project_ids}
    for project_id, outcome_id, at, status in rows:
        found[project_id].append(StatusSaid(outcome_id, at, status and OutcomeStatus(status)))
    return {id_: tuple(mine) for id_, mine in found.items()}


def list_newest_values(tx: Tx, workspace_id: str, project_ids: Collection[int]) -> dict[int, float]:
    """What the metric of each measured outcome of these projects was last said to be."""
    newest = status_updates.alias("newest")
    newest_id = (
        select(newest.c.id)
        .where(
            newest.c.outcome_id == outcomes.c.id,
            newest.c.value.is_not(None),
            newest.c.taken_back_at.is_(None),
        )
        .order_by(newest.c.said_at.desc(), newest.c.id.desc())
        .limit(1)
        .correlate(outcomes)
        .scalar_subquery()
    )
    rows = tx.execute(
        select(outcomes.c.id, status_updates.c.value)
        .join_from(outcomes, status_updates, status_updates.c.id == newest_id)
        .where(
            *_of_projects(outcomes.c.workspace_id, outcomes.c.project_id, workspace_id, project_ids),
            outcomes.c.metric_target.is_not(None),
            outcomes.c.removed_at.is_(None),
        )
    )
    return {row[0]: row[1] for row in rows}


def list_values_of(tx: Tx, workspace_id: str, project_id: int) -> dict[int, tuple[ValueSaid, ...]]:
    """What the metrics of a project's outcomes were said to be, oldest first."""
    said = status_updates.c
    rows = tx.execute(
        select(said.outcome_id, said.said_at, said.value)
        .join_from(outcomes, status_updates, said.outcome_id == outcomes.c.id)
        .where(
            *_of_projects(outcomes.c.workspace_id, outcomes.c.project_id, workspace_id, [project_id]),
            said.value.is_not(None),
            said.taken_back_at.is_(None),
        )
        .order_by(said.said_at, said.id)
    )
    found: dict[int, list[ValueSaid]] = {}
    for outcome_id, at, value in rows:
        found.setdefault(outcome_id, []).append(ValueSaid(at, value))
    return {id_: tuple(mine) for id_, mine in found.items()}


def list_links_of(tx: Tx, workspace_id: str, project_id: int) -> tuple[Link, ...]:
    """A project's, in their order."""
    rows = tx.execute(
        select(links.c.id, links.c.label, links.c.url, links.c.lead)
        .where(
            *_of_projects(links.c.workspace_id, links.c.project_id, workspace_id, [project_id]),
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
            *_of_projects(members.c.workspace_id, members.c.project_id, workspace_id, [project_id]),
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


def _of_projects(
    column: Any,  # noqa: ANN401 - a column
    project_column: Any,  # noqa: ANN401 - as above
    workspace_id: str,
    project_ids: Collection[int],
) -> tuple[ColumnElement[bool], ...]:
    """Found by their projects; see `is_of`."""
    return is_of(column, workspace_id), project_column.in_(sorted(project_ids))
