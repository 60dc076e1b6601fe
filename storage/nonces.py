"""Which requests have changed something already: one that is sent again, bit for bit, must not act twice.

Only requests that act are remembered, in the transaction in which they do.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Tx
from storage.slack_tables import nonces

KEPT = timedelta(minutes=15)
"""A signature holds for five minutes to either side of its time (bot/web/signature.py): ten at the most."""
_AT_ONCE = 1000


def record_nonce(tx: Tx, workspace_id: str, nonce: str, now: datetime) -> bool:
    """Whether it is the first time. The row is that of the transaction: what is rolled back may come again.

    Of two that come at the same time, the second waits for what becomes of the first.
    """
    insert = (postgresql if tx.dialect.name == "postgresql" else sqlite).insert
    # Not a savepoint, which would cost two more statements.
    statement = (
        insert(nonces)
        .values(workspace_id=workspace_id, nonce=nonce, seen_at=now)
        .on_conflict_do_nothing()
        .returning(nonces.c.nonce)
    )
    return tx.execute(statement).one_or_none() is not None


def forget_nonces(tx: Tx, now: datetime) -> int:
    """Some of those, of all workspaces, that nobody can send again; how many that were."""
    old = select(nonces.c.nonce).where(nonces.c.seen_at < now - KEPT).limit(_AT_ONCE)
    return tx.execute(delete(nonces).where(nonces.c.nonce.in_(old), nonces.c.seen_at < now - KEPT)).rowcount
