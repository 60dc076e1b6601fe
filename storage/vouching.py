"""What an outcome keeps of its status updates, for lists: whether it is open, and who vouched for it when."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, update

from storage.database import Tx
from storage.errors import NotFoundError
from storage.records import OutcomeStatus, UpdateSource
from storage.revisions import change_parts
from storage.tables import outcomes, status_updates
from storage.thresholds import later

_OPEN = [status.value for status in OutcomeStatus if status.is_open]
_VOUCHING = [source.value for source in UpdateSource if source.vouches]


def lock_outcome(tx: Tx, workspace_id: str, outcome_id: int) -> int:
    """Before a status update is written or taken back; the id of its project. Raises NotFoundError.

    Of two at the same time, the second has to see the first when it looks back.
    """
    row = tx.execute(
        select(outcomes.c.project_id)
        .where(outcomes.c.workspace_id == workspace_id, outcomes.c.id == outcome_id)
        .with_for_update(key_share=True)
    ).one_or_none()
    if row is None:
        raise NotFoundError("outcome", outcome_id)
    return int(row[0])


def keep_vouching(tx: Tx, workspace_id: str, outcome_id: int) -> None:
    """Made true again from all of its updates: the last one stored need not be the newest.

    An outcome that was removed from its record is not open, so that no list has to ask for that, too.
    """
    is_open = or_(status_updates.c.status.is_(None), status_updates.c.status.in_(_OPEN))
    newest_is_open = _newest_first(is_open, outcome_id).scalar_subquery()
    newest_vouching = _newest_first(status_updates.c.said_at, outcome_id)
    vouched_at = newest_vouching.where(status_updates.c.source.in_(_VOUCHING)).scalar_subquery()
    kept = (
        update(outcomes)
        .where(outcomes.c.workspace_id == workspace_id, outcomes.c.id == outcome_id)
        .values(
            is_open=and_(outcomes.c.removed_at.is_(None), func.coalesce(newest_is_open, true())),
            vouched_at=vouched_at,
            turns_stale_at=later(vouched_at, outcomes.c.stale_days),
        )
    )
    change_parts(tx, workspace_id, outcomes, kept)


def _newest_first(value: ColumnElement[Any], outcome_id: int) -> Select[Any]:
    """The value of the newest of an outcome's updates that were not taken back."""
    return (
        select(value)
        .where(status_updates.c.outcome_id == outcome_id, status_updates.c.taken_back_at.is_(None))
        .order_by(status_updates.c.said_at.desc(), status_updates.c.id.desc())
        .limit(1)
    )
