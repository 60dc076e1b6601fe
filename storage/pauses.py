"""Pauses: methods of Slack's Web API that it asked to leave alone for a while, each in one workspace."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.check_in_tables import pauses
from storage.database import Tx


def record_pause(tx: Tx, workspace_id: str, method: str, until: datetime) -> None:
    """Slack asked to leave this method alone until then. A longer pause stays."""
    if not _prolong(tx, workspace_id, method, until):
        try:
            with tx.begin_nested():
                tx.execute(insert(pauses).values(workspace_id=workspace_id, method=method, until=until))
        except IntegrityError:
            # Another process was told the same at the same time.
            _prolong(tx, workspace_id, method, until)


def list_paused(tx: Tx, workspace_id: str, now: datetime) -> frozenset[str]:
    """The methods that are to be left alone now."""
    statement = select(pauses.c.method).where(pauses.c.workspace_id == workspace_id, pauses.c.until > now)
    return frozenset(tx.execute(statement).scalars())


def _prolong(tx: Tx, workspace_id: str, method: str, until: datetime) -> bool:
    """Whether there is one."""
    mine = (pauses.c.workspace_id == workspace_id, pauses.c.method == method)
    if tx.execute(update(pauses).where(*mine, pauses.c.until < until).values(until=until)).rowcount > 0:
        return True
    return tx.execute(select(pauses.c.method).where(*mine)).one_or_none() is not None
