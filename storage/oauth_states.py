"""Installations that somebody has begun: what Slack gives back at their end is good once, and not for long.

Not slack_sdk's SQLAlchemyOAuthStateStore, after which the table is named: it reads a state and deletes it
afterwards, so that two requests at once may both use it; it reads the clock by itself; it never deletes what
nobody came back with; and whoever reads its table could use what stands there.
"""

import hashlib
from datetime import datetime

from sqlalchemy import delete, insert, select

from storage.database import Tx
from storage.slack_tables import slack_oauth_states as table

MOST = 10_000
"""So many may be begun at once: a megabyte, whoever asks how often."""


def record_state(tx: Tx, state: str, *, expire_at: datetime, now: datetime, most: int = MOST) -> None:
    """Those that nobody came back with in time are deleted on the way, and the oldest of more than `most`.

    The newest always counts: whoever begins very many could else keep others from beginning for as long as
    those last.
    """
    tx.execute(delete(table).where(table.c.expire_at <= now))
    newest = select(table.c.expire_at).order_by(table.c.expire_at.desc()).offset(most - 1).limit(1)
    tx.execute(delete(table).where(table.c.expire_at <= newest.scalar_subquery()))
    tx.execute(insert(table).values(state=_hash(state), expire_at=expire_at))


def take_state(tx: Tx, state: str, now: datetime) -> bool:
    """Whether it was given out, has not ended, and was not taken before."""
    taken = delete(table).where(table.c.state == _hash(state), table.c.expire_at > now)
    return tx.execute(taken).rowcount > 0


def _hash(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
