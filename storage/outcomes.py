"""Outcomes, each with its newest status update."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, insert, or_, select, update

from storage.database import Tx
from storage.errors import NotFoundError
from storage.positions import next_position, set_positions
from storage.prepared import Prepared
from storage.records import Outcome, OutcomeStatus, Standing
from storage.revisions import change_parts, touch_project
from storage.rows import OUTCOME_COLUMNS, UPDATE_COLUMNS, outcome_from
from storage.tables import is_of, outcomes, projects, status_updates
from storage.thresholds import keep_thresholds, thresholds_of
from storage.vouching import keep_vouching


def with_newest(*columns: ColumnElement[Any]) -> Select[Any]:
    """Outcomes, each with its newest status update."""
    newest = status_updates.alias("newest")
    newest_id = (
        select(newest.c.id)
        .where(newest.c.outcome_id == outcomes.c.id, newest.c.taken_back_at.is_(None))
        .order_by(newest.c.said_at.desc(), newest.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    joined = outcomes.outerjoin(
        status_updates, and_(status_updates.c.outcome_id == outcomes.c.id, status_updates.c.id == newest_id)
    )
    present = outcomes.c.removed_at.is_(None)
    return select(*columns).select_from(joined).where(present)


def number_on_record() -> ColumnElement[int]:
    """The number of an outcome of the statement around, as `list_outcomes` counts them."""
    before = outcomes.alias("before")
    is_before = or_(
        before.c.position < outcomes.c.position,
        and_(before.c.position == outcomes.c.position, before.c.id <= outcomes.c.id),
    )
    return (
        select(func.count())
        .where(before.c.project_id == outcomes.c.project_id, before.c.removed_at.is_(None), is_before)
        .scalar_subquery()
        .label("number")
    )


_IN_ORDER = (outcomes.c.project_id, outcomes.c.position, outcomes.c.id)
_OF_ONE = Prepared(
    with_newest(*OUTCOME_COLUMNS, *UPDATE_COLUMNS)
    .where(
        is_of(outcomes.c.workspace_id, bindparam("workspace_id")),
        outcomes.c.project_id == bindparam("project_id"),
    )
    .order_by(*_IN_ORDER)
)
_STANDINGS_OF_MANY = (
    with_newest(
        outcomes.c.project_id,
        status_updates.c.status,
        outcomes.c.vouched_at,
        outcomes.c.due_days,
        outcomes.c.stale_days,
    )
    .where(
        is_of(outcomes.c.workspace_id, bindparam("workspace_id")),
        outcomes.c.project_id.in_(bindparam("project_ids", expanding=True)),
    )
    .order_by(*_IN_ORDER)
)
_STATUSES: dict[str | None, OutcomeStatus | None] = {None: None, **{s.value: s for s in OutcomeStatus}}


def list_outcomes(tx: Tx, workspace_id: str, project_id: int) -> tuple[Outcome, ...]:
    """All of a project's that were not removed, in order, numbered from 1."""
    rows = _OF_ONE.rows(tx, workspace_id=workspace_id, project_id=project_id)
    return tuple(outcome_from(row, number) for number, row in enumerate(rows, 1))


def list_standings_of(
    tx: Tx, workspace_id: str, project_ids: Sequence[int]
) -> dict[int, tuple[Standing, ...]]:
    """How the outcomes of several projects stand, by project; one without outcomes has an empty tuple."""
    found: dict[int, list[Standing]] = {project_id: [] for project_id in project_ids}
    if project_ids:
        rows = tx.execute(
            _STANDINGS_OF_MANY, {"workspace_id": workspace_id, "project_ids": list(project_ids)}
        )
        for project_id, status, *vouched in rows.all():
            found[project_id].append(Standing(_STATUSES[status], *vouched))
    return {project_id: tuple(mine) for project_id, mine in found.items()}


def list_removed(tx: Tx, workspace_id: str, project_id: int) -> dict[int, str]:
    """The texts of the outcomes that were taken off the record, by id."""
    rows = tx.execute(
        select(outcomes.c.id, outcomes.c.text).where(
            is_of(outcomes.c.workspace_id, workspace_id),
            outcomes.c.project_id == project_id,
            outcomes.c.removed_at.is_not(None),
        )
    )
    return {row.id: row.text for row in rows}


def add_outcome(
    tx: Tx,
    workspace_id: str,
    project_id: int,
    *,
    text: str,
    now: datetime,
    position: int | None = None,
    level: int = 0,
) -> int:
    """The new outcome's id. Without a position it stands behind the others. Raises NotFoundError."""
    touch_project(tx, workspace_id, project_id)
    if position is None:
        position = next_position(tx, outcomes, workspace_id, project_id)
    values = {
        "workspace_id": workspace_id,
        "project_id": project_id,
        "position": position,
        "level": level,
        "text": text,
        "is_open": True,
        # Locked until the end, so that no change of the state passes by.
        "project_state": select(projects.c.state)
        .where(projects.c.id == project_id)
        .with_for_update(read=True)
        .scalar_subquery(),
        **thresholds_of(workspace_id, project_id, own=False),
        "created_at": now,
        "updated_at": now,
    }
    return int(tx.execute(insert(outcomes).values(values).returning(outcomes.c.id)).scalar_one())


def change_outcome(tx: Tx, workspace_id: str, outcome_id: int, now: datetime, **changes: Any) -> None:  # noqa: ANN401 - columns differ in type
    """Set the named columns. Raises NotFoundError when the workspace has no such outcome."""
    change = (
        update(outcomes)
        .where(outcomes.c.workspace_id == workspace_id, outcomes.c.id == outcome_id)
        .values(**changes, updated_at=now)
    )
    if change_parts(tx, workspace_id, outcomes, change) == 0:
        raise NotFoundError("outcome", outcome_id)
    if "removed_at" in changes:
        keep_vouching(tx, workspace_id, outcome_id)
    if changes.keys() & {"due_after_days", "stale_after_days"}:
        keep_thresholds(tx, workspace_id, outcome_id=outcome_id)


def order_outcomes(tx: Tx, workspace_id: str, ids: Sequence[int]) -> None:
    """Put them in this order: all that a project has."""
    set_positions(tx, outcomes, workspace_id, ids)
