"""What a record's past is read from: changes since an instant, and rows that are off the record by now."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select

from storage.database import Tx
from storage.history import CHANGE_COLUMNS, change_from
from storage.history_records import Change, ChangedItem
from storage.records import Project, StatusUpdate
from storage.rows import PROJECT_COLUMNS, UPDATE_COLUMNS, project_from
from storage.sight import Sight, is_seen, values_of
from storage.tables import changes, is_of, outcomes, project_aliases, projects, status_updates


class PastOutcome(NamedTuple):
    """An outcome as it was when it was last changed, on the record or not."""

    id: int
    level: int
    text: str
    owner_id: str | None
    due_on: date | None
    metric_start: float | None
    metric_target: float | None
    metric_unit: str | None
    due_days: int
    stale_days: int
    created_at: datetime


class PastUpdate(NamedTuple):
    """A status update, and whether it counts as not said by now."""

    update: StatusUpdate
    is_taken_back: bool


def list_changes_since(tx: Tx, workspace_id: str, project_id: int, at: datetime) -> tuple[Change, ...]:
    """All of a project's after the last one that was made by then, newest first."""
    # By id, in which they followed each other; the clocks of two processes may differ a little.
    last = select(func.coalesce(func.max(changes.c.id), 0)).where(
        changes.c.project_id == project_id, changes.c.changed_at <= at
    )
    rows = tx.execute(
        select(*CHANGE_COLUMNS)
        .where(
            is_of(changes.c.workspace_id, workspace_id),
            changes.c.project_id == project_id,
            changes.c.id > last.scalar_subquery(),
        )
        .order_by(changes.c.id.desc())
    )
    return tuple(change_from(row) for row in rows.mappings())


def list_column_changes_since(
    tx: Tx, workspace_id: str, project_ids: Collection[int], at: datetime
) -> tuple[Change, ...]:
    """Those of the projects' own columns, of several projects, newest first."""
    rows = tx.execute(
        select(*CHANGE_COLUMNS)
        .where(
            is_of(changes.c.workspace_id, workspace_id),
            changes.c.project_id.in_(project_ids),
            changes.c.item == ChangedItem.PROJECT.value,
            changes.c.changed_at > at,
        )
        .order_by(changes.c.id.desc())
    )
    return tuple(change_from(row) for row in rows.mappings())


def list_all_outcomes(tx: Tx, workspace_id: str, project_id: int) -> tuple[PastOutcome, ...]:
    """Those that are off the record, too."""
    rows = tx.execute(
        select(*(outcomes.c[name] for name in PastOutcome._fields)).where(
            is_of(outcomes.c.workspace_id, workspace_id), outcomes.c.project_id == project_id
        )
    )
    return tuple(PastOutcome(*row) for row in rows)


def list_updates_until(tx: Tx, workspace_id: str, project_id: int, at: datetime) -> tuple[PastUpdate, ...]:
    """What was said of a project's outcomes by then, oldest first; also what was taken back."""
    rows = tx.execute(
        select(*UPDATE_COLUMNS, status_updates.c.taken_back_at)
        .join_from(outcomes, status_updates, status_updates.c.outcome_id == outcomes.c.id)
        .where(
            is_of(outcomes.c.workspace_id, workspace_id),
            outcomes.c.project_id == project_id,
            status_updates.c.said_at <= at,
        )
        .order_by(status_updates.c.said_at, status_updates.c.id)
    )
    found = []
    for row in rows.mappings():
        values = dict(row)
        is_taken_back = values.pop("taken_back_at") is not None
        found.append(PastUpdate(StatusUpdate.model_validate(values), is_taken_back))
    return tuple(found)


def list_aliases(tx: Tx, workspace_id: str, project_id: int) -> dict[int, str]:
    """Those that a project has, by id."""
    rows = tx.execute(
        select(project_aliases.c.id, project_aliases.c.alias).where(
            is_of(project_aliases.c.workspace_id, workspace_id),
            project_aliases.c.project_id == project_id,
            project_aliases.c.removed_at.is_(None),
        )
    )
    return {row.id: row.alias for row in rows}


def list_relatives(
    tx: Tx, workspace_id: str, sight: Sight, parent_id: int, others: Collection[int]
) -> tuple[Project, ...]:
    """The sub-projects of one, archived ones too, and others by id: as far as the person sees them."""
    rows = tx.execute(
        select(*PROJECT_COLUMNS).where(
            is_of(projects.c.workspace_id, workspace_id),
            or_(projects.c.parent_id == parent_id, projects.c.id.in_(others)),
            is_seen(),
        ),
        values_of(workspace_id, sight),
    )
    return tuple(project_from(row) for row in rows)
