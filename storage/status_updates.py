"""Status updates: what people said about outcomes. They are kept for ever, also those taken back."""

from datetime import datetime

from sqlalchemy import insert, update

from storage.database import Tx
from storage.records import Outcome, OutcomeStatus, UpdateSource
from storage.tables import status_updates


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
    """The new update's id."""
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
    return int(tx.execute(insert(status_updates).values(values).returning(status_updates.c.id)).scalar_one())


def take_back_update(tx: Tx, workspace_id: str, update_id: int, at: datetime | None) -> None:
    """From now on it counts as not said; with None for `at`, as said again."""
    tx.execute(
        update(status_updates)
        .where(status_updates.c.workspace_id == workspace_id, status_updates.c.id == update_id)
        .values(taken_back_at=at)
    )
