"""Public projects, as everybody sees them: one predicate, in every statement of this module.

Public is what every full member of the workspace sees, and what is not archived. The number of statements
does not grow with projects.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, literal, or_, select

from storage.charting import is_said
from storage.database import Tx
from storage.outcomes import with_newest
from storage.records import (
    Outcome,
    OutcomeStatus,
    Project,
    ProjectState,
)
from storage.rows import OUTCOME_COLUMNS, PROJECT_COLUMNS, UPDATE_COLUMNS, outcome_from, project_from
from storage.said import OnRecord, StatusSaid, ValueSaid
from storage.tables import is_of, outcomes, project_aliases, projects, status_updates
from storage.types import UtcDateTime


class Placed(NamedTuple):
    """As much of a project as finding its place needs; in the order of names."""

    id: int
    parent_id: int | None
    slug: str
    name: str
    state: ProjectState


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
        .where(*of_projects(outcomes.c.workspace_id, outcomes.c.project_id, workspace_id, project_ids))
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
            *of_projects(outcomes.c.workspace_id, outcomes.c.project_id, workspace_id, project_ids)
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
            *of_projects(outcomes.c.workspace_id, outcomes.c.project_id, workspace_id, project_ids),
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
            *of_projects(outcomes.c.workspace_id, outcomes.c.project_id, workspace_id, project_ids),
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
            *of_projects(outcomes.c.workspace_id, outcomes.c.project_id, workspace_id, [project_id]),
            said.value.is_not(None),
            said.taken_back_at.is_(None),
        )
        .order_by(said.said_at, said.id)
    )
    found: dict[int, list[ValueSaid]] = {}
    for outcome_id, at, value in rows:
        found.setdefault(outcome_id, []).append(ValueSaid(at, value))
    return {id_: tuple(mine) for id_, mine in found.items()}


def of_projects(
    column: Any,  # noqa: ANN401 - a column
    project_column: Any,  # noqa: ANN401 - as above
    workspace_id: str,
    project_ids: Collection[int],
) -> tuple[ColumnElement[bool], ...]:
    """Found by their projects; see `is_of`."""
    return is_of(column, workspace_id), project_column.in_(sorted(project_ids))
