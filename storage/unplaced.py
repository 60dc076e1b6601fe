"""Deliveries that Slack may have already, though nobody has written down where.

A message is on its way, or whoever sent it has died since, or Slack's answer was lost.
"""

from collections.abc import Collection

from sqlalchemy import select

from storage.check_in_tables import deliveries
from storage.database import Tx
from storage.deliveries import COLUMNS, Delivery


def list_unplaced(tx: Tx, workspace_id: str, kind: str, places: Collection[str]) -> tuple[Delivery, ...]:
    """Those of this kind that go to one of these channels, or people."""
    rows = tx.execute(
        select(*COLUMNS)
        .where(
            deliveries.c.workspace_id == workspace_id,
            deliveries.c.channel_id.in_(places),
            deliveries.c.is_unsure,
            deliveries.c.message_ts.is_(None),
            deliveries.c.kind == kind,
        )
        .order_by(deliveries.c.id)
    ).mappings()
    return tuple(Delivery.model_validate(dict(row)) for row in rows)


def find_unplaced(tx: Tx, workspace_id: str, key: str) -> Delivery | None:
    """The one of this key; None as soon as it is known where it stands, or that it does not."""
    row = (
        tx.execute(
            select(*COLUMNS).where(
                deliveries.c.workspace_id == workspace_id,
                deliveries.c.key == key,
                deliveries.c.is_unsure,
                deliveries.c.message_ts.is_(None),
            )
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else Delivery.model_validate(dict(row))
