"""Status updates: what people said about outcomes. They are kept for ever."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, or_, select, update

from storage.database import Tx
from storage.errors import NotFoundError
from storage.records import Outcome, OutcomeStatus, UpdateSource
from storage.tables import outcomes, status_updates

_OPEN = [status.value for status in OutcomeStatus if status.is_open]
_VOUCHING = [source.value for source in UpdateSource if source.vouches]


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
    mine = (outcomes.c.workspace_id == workspace_id, outcomes.c.id == outcome.id)
    # Locked first: of two updates at the same time, the second has to see the first when it looks back.
    if tx.execute(select(outcomes.c.id).where(*mine).with_for_update(key_share=True)).scalar() is None:
        raise NotFoundError("outcome", outcome.id)
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
    tx.execute(update(outcomes).where(*mine).values(**_kept(outcome.id)))
    return int(added)


def _kept(outcome_id: int) -> dict[str, ColumnElement[Any]]:
    """What an outcome keeps of its updates, from all of them: the last one stored need not be the newest."""
    is_open = or_(status_updates.c.status.is_(None), status_updates.c.status.in_(_OPEN))
    vouched_at = _newest_first(status_updates.c.said_at, outcome_id)
    return {
        "is_open": _newest_first(is_open, outcome_id).scalar_subquery(),
        "vouched_at": vouched_at.where(status_updates.c.source.in_(_VOUCHING)).scalar_subquery(),
    }


def _newest_first(value: ColumnElement[Any], outcome_id: int) -> Select[Any]:
    """The value of the newest of an outcome's updates."""
    return (
        select(value)
        .where(status_updates.c.outcome_id == outcome_id)
        .order_by(status_updates.c.said_at.desc(), status_updates.c.id.desc())
        .limit(1)
    )
