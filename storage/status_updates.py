"""Status updates: what people said about outcomes. They are kept for ever, also those taken back."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, insert, or_, select, update

from storage.database import Tx
from storage.errors import NotFoundError
from storage.records import Outcome, OutcomeStatus, StatusUpdate, UpdateSource
from storage.revisions import touch_project
from storage.rows import UPDATE_COLUMNS
from storage.tables import status_updates
from storage.vouching import keep_vouching, lock_outcome


def record_status_update(
    tx: Tx,
    workspace_id: str,
    outcome: Outcome,
    *,
    status: OutcomeStatus | None,
    said_at: datetime,
    source: UpdateSource,
    said_by: str | None = None,
    note: str = "",
    value: float | None = None,
    permalink: str | None = None,
) -> int:
    """The new update's id. Raises NotFoundError when the workspace has no such outcome."""
    touch_project(tx, workspace_id, outcome.project_id)
    lock_outcome(tx, workspace_id, outcome.id)
    values = {
        "workspace_id": workspace_id,
        "project_id": outcome.project_id,
        "outcome_id": outcome.id,
        "status": None if status is None else status.value,
        "note": note,
        "value": value,
        "said_by": said_by,
        "source": source.value,
        "permalink": permalink,
        "said_at": said_at,
    }
    added = tx.execute(insert(status_updates).values(values).returning(status_updates.c.id)).scalar_one()
    keep_vouching(tx, workspace_id, outcome.id)
    return int(added)


def find_update(tx: Tx, workspace_id: str, update_id: int) -> StatusUpdate | None:
    """None for one that was taken back."""
    mine = status_updates.c.workspace_id == workspace_id, status_updates.c.id == update_id
    return _one(tx, *mine)


def find_update_before(tx: Tx, workspace_id: str, update: StatusUpdate) -> StatusUpdate | None:
    """What was said of the same outcome before this update, and was not taken back."""
    at = status_updates.c.said_at
    return _one(
        tx,
        status_updates.c.workspace_id == workspace_id,
        status_updates.c.outcome_id == update.outcome_id,
        or_(at < update.said_at, and_(at == update.said_at, status_updates.c.id < update.id)),
    )


def has_said(
    tx: Tx,
    workspace_id: str,
    project_id: int,
    person_id: str,
    *,
    since: datetime,
    until: datetime | None = None,
) -> bool:
    """Whether this person said something of the project's outcomes then, and it was not taken back."""
    found = select(status_updates.c.id).where(
        status_updates.c.workspace_id == workspace_id,
        status_updates.c.project_id == project_id,
        status_updates.c.said_by == person_id,
        status_updates.c.taken_back_at.is_(None),
        status_updates.c.said_at >= since,
        *([] if until is None else [status_updates.c.said_at < until]),
    )
    return tx.execute(found.limit(1)).first() is not None


def _one(tx: Tx, *where: ColumnElement[bool]) -> StatusUpdate | None:
    """The newest of these that was not taken back."""
    found = (
        select(*UPDATE_COLUMNS)
        .where(*where, status_updates.c.taken_back_at.is_(None))
        .order_by(status_updates.c.said_at.desc(), status_updates.c.id.desc())
        .limit(1)
    )
    row = tx.execute(found).mappings().one_or_none()
    return None if row is None else StatusUpdate.model_validate(dict(row))


def list_said_since(tx: Tx, workspace_id: str, project_id: int, since: datetime) -> dict[int, StatusUpdate]:
    """By outcome, the newest that was said of it since then in words, and not taken back.

    Not that it is still true: whoever vouches repeats what somebody else has said.
    """
    rows = tx.execute(
        select(*UPDATE_COLUMNS)
        .where(
            status_updates.c.workspace_id == workspace_id,
            status_updates.c.project_id == project_id,
            status_updates.c.said_at >= since,
            status_updates.c.source != UpdateSource.BUTTON.value,
            status_updates.c.taken_back_at.is_(None),
        )
        .order_by(status_updates.c.said_at, status_updates.c.id)
    ).mappings()
    found = (StatusUpdate.model_validate(dict(row)) for row in rows)
    return {update.outcome_id: update for update in found}


def take_back_update(tx: Tx, workspace_id: str, update_id: int, at: datetime | None) -> None:
    """From now on it counts as not said; with None for `at`, as said again. Raises NotFoundError."""
    mine = (status_updates.c.workspace_id == workspace_id, status_updates.c.id == update_id)
    row = tx.execute(
        select(status_updates.c.project_id, status_updates.c.outcome_id).where(*mine)
    ).one_or_none()
    if row is None:
        raise NotFoundError("status update", update_id)
    project_id, outcome_id = row
    touch_project(tx, workspace_id, project_id)
    lock_outcome(tx, workspace_id, outcome_id)
    tx.execute(update(status_updates).where(*mine).values(taken_back_at=at))
    keep_vouching(tx, workspace_id, outcome_id)
