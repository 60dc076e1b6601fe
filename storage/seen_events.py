"""Which of Slack's events were handled already: it sends one again when it has heard no answer in time."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from storage.database import Tx
from storage.slack_tables import seen_events

KEPT = timedelta(days=2)
"""Slack's last try is a day after the first ("Delayed Events" in docs.slack.dev, "Events API")."""


def record_event(tx: Tx, workspace_id: str, event_id: str, now: datetime) -> bool:
    """Whether it is the first time. The row is that of the transaction: what is rolled back comes again."""
    key = {"workspace_id": workspace_id, "event_id": event_id}
    try:
        with tx.begin_nested():
            tx.execute(insert(seen_events).values(**key, seen_at=now))
    except IntegrityError:
        return False
    _forget_some(tx, workspace_id, now - KEPT)
    return True


def forget_event(tx: Tx, workspace_id: str, event_id: str) -> None:
    """It led to nothing, and counts as new when it comes again."""
    tx.execute(
        delete(seen_events).where(
            seen_events.c.workspace_id == workspace_id, seen_events.c.event_id == event_id
        )
    )


def _forget_some(tx: Tx, workspace_id: str, before: datetime) -> None:
    old = (
        select(seen_events.c.event_id)
        .where(seen_events.c.workspace_id == workspace_id, seen_events.c.seen_at < before)
        .limit(2)
    )
    # Two for each that comes, so that no request has to clear up after many.
    tx.execute(
        delete(seen_events).where(seen_events.c.workspace_id == workspace_id, seen_events.c.event_id.in_(old))
    )
