"""From rows to records: one place that knows which columns make up which record."""

from typing import Any

from sqlalchemy import Column, ColumnElement, Row, case, or_

from storage.records import Outcome, Project, UpdateSource
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
    projects.c.created_at,
    projects.c.revision,
    projects.c.is_restricted,
    projects.c.is_private,
    projects.c.seen_in,
    projects.c.own_status,
    projects.c.goal_confirmed_at,
    projects.c.due_after_days,
    projects.c.stale_after_days,
)

_NOBODYS = [source.value for source in UpdateSource if not source.vouches]

OUTCOME_COLUMNS: tuple[ColumnElement[Any], ...] = (
    outcomes.c.id,
    outcomes.c.project_id,
    outcomes.c.level,
    outcomes.c.text,
    outcomes.c.owner_id,
    outcomes.c.due_on,
    outcomes.c.metric_start,
    outcomes.c.metric_target,
    outcomes.c.metric_unit,
    # A newest update that vouches says it, too: an instant takes its time to be read.
    case((or_(*(status_updates.c.source == source for source in _NOBODYS)), outcomes.c.vouched_at)).label(
        "vouched_at"
    ),
    outcomes.c.due_days,
    outcomes.c.stale_days,
    outcomes.c.due_after_days,
    outcomes.c.stale_after_days,
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
_SAID_AT, _SOURCE = _UPDATE_FIELDS.index("said_at"), _UPDATE_FIELDS.index("source")


def project_from(row: Row[Any] | tuple[Any, ...]) -> Project:
    """The project in the first columns of a row that begins with PROJECT_COLUMNS."""
    values = dict(zip(_PROJECT_FIELDS, row, strict=False))
    values["thresholds"] = _thresholds(values.pop("due_after_days"), values.pop("stale_after_days"))
    return Project.model_validate(values)


def outcome_from(row: Row[Any] | tuple[Any, ...], number: int) -> Outcome:
    """The outcome, with its newest update, in a row of OUTCOME_COLUMNS and then UPDATE_COLUMNS."""
    id_, project_id, level, text, owner_id, due_on, start, target, unit, vouched_at, *days = row[
        : len(OUTCOME_COLUMNS)
    ]
    due_days, stale_days, due_after_days, stale_after_days = days
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
            "vouched_at": vouched_at if newest[_SOURCE] in _NOBODYS else newest[_SAID_AT],
            "due_days": due_days,
            "stale_days": stale_days,
            "thresholds": _thresholds(due_after_days, stale_after_days),
        }
    )


def _thresholds(due_after_days: int | None, stale_after_days: int | None) -> dict[str, int] | None:
    if due_after_days is None or stale_after_days is None:
        return None
    return {"due_after_days": due_after_days, "stale_after_days": stale_after_days}
