"""From rows to records: one place that knows which columns make up which record."""

from typing import Any

from sqlalchemy import Column, Row

from storage.records import Metric, Outcome, OutcomeStatus, Project, ProjectState, StatusUpdate, UpdateSource
from storage.tables import outcomes, projects, status_updates

PROJECT_COLUMNS: tuple[Column[Any], ...] = (
    projects.c.id,
    projects.c.workspace_id,
    projects.c.slug,
    projects.c.name,
    projects.c.summary,
    projects.c.goal,
    projects.c.state,
    projects.c.owner_id,
    projects.c.channel_id,
    projects.c.parent_id,
    projects.c.next_check_in_at,
    projects.c.created_at,
)

OUTCOME_COLUMNS: tuple[Column[Any], ...] = (
    outcomes.c.id,
    outcomes.c.project_id,
    outcomes.c.level,
    outcomes.c.text,
    outcomes.c.owner_id,
    outcomes.c.due_on,
    outcomes.c.metric_start,
    outcomes.c.metric_target,
    outcomes.c.metric_unit,
)

UPDATE_COLUMNS: tuple[Column[Any], ...] = (
    status_updates.c.id,
    status_updates.c.outcome_id,
    status_updates.c.status,
    status_updates.c.note,
    status_updates.c.value,
    status_updates.c.said_by,
    status_updates.c.source,
    status_updates.c.permalink,
    status_updates.c.said_at,
)


def project_from(row: Row[Any]) -> Project:
    """The project in the first columns of a row that begins with PROJECT_COLUMNS."""
    (
        id_,
        workspace_id,
        slug,
        name,
        summary,
        goal,
        state,
        owner_id,
        channel_id,
        parent_id,
        next_at,
        made_at,
    ) = row[: len(PROJECT_COLUMNS)]
    return Project(
        id=id_,
        workspace_id=workspace_id,
        slug=slug,
        name=name,
        summary=summary,
        goal=goal,
        state=ProjectState(state),
        owner_id=owner_id,
        channel_id=channel_id,
        parent_id=parent_id,
        next_check_in_at=next_at,
        created_at=made_at,
    )


def outcome_from(row: Row[Any], number: int) -> Outcome:
    """The outcome, with its newest update, in a row of OUTCOME_COLUMNS and then UPDATE_COLUMNS."""
    id_, project_id, level, text, owner_id, due_on, start, target, unit = row[: len(OUTCOME_COLUMNS)]
    metric = None if target is None else Metric(start=start or 0.0, target=target, unit=unit or "")
    return Outcome(
        id=id_,
        project_id=project_id,
        number=number,
        level=level,
        text=text,
        owner_id=owner_id,
        due_on=due_on,
        metric=metric,
        newest=update_from(row[len(OUTCOME_COLUMNS) :]) if row[len(OUTCOME_COLUMNS)] is not None else None,
    )


def update_from(values: Any) -> StatusUpdate:  # noqa: ANN401 - a row and a slice of one have no type in common
    """The status update in the values of UPDATE_COLUMNS."""
    id_, outcome_id, status, note, value, said_by, source, permalink, said_at = values
    return StatusUpdate(
        id=id_,
        outcome_id=outcome_id,
        status=None if status is None else OutcomeStatus(status),
        note=note,
        value=value,
        said_by=said_by,
        source=UpdateSource(source),
        permalink=permalink,
        said_at=said_at,
    )
