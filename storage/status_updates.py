"""Status updates: what people said about outcomes. They are kept for ever, also those taken back."""

from datetime import datetime

from sqlalchemy import insert, select, update

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


def is_said(tx: Tx, workspace_id: str, update_id: int) -> bool:
    """Whether there is such an update, and it was not taken back."""
    found = select(status_updates.c.id).where(
        status_updates.c.workspace_id == workspace_id,
        status_updates.c.id == update_id,
        status_updates.c.taken_back_at.is_(None),
    )
    return tx.execute(found).one_or_none() is not None


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
