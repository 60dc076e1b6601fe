"""Deliveries: messages that the bot has promised to have in Slack, as their kind is drawn from the records.

A delivery is promised in the transaction that decided it; `key` makes sure of one. It is leased, tried, and
what came of it is written down. `renew_delivery` has it brought up to date in its place, and
`withdraw_delivery` has it taken away. A message that may or may not be there (`is_unsure`) is looked for
before it is posted again. Which ones are tried next: see storage/delivery_claims.py.
"""

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, case, select, update

from storage.check_in_tables import deliveries
from storage.database import Tx
from storage.new_rows import new_rows
from storage.records import Record


class Delivery(Record):
    """One that was claimed. `is_unsure`: an earlier try was not answered, so the message may be there.

    `attempts`: so many tries before this one came to nothing. `created_at`: it was not sent before then.
    `refused_since`: when Slack refused it the first time since it last took it.
    `channel_id` is a channel or, for a direct message, a person; `posted_in` and `message_ts` say where Slack
    has it. `version` is what is being sent. `is_wanted`: False for one that is to be taken away.
    """

    id: int
    workspace_id: str
    key: str
    kind: str
    project_id: int | None
    check_in_id: int | None
    channel_id: str
    is_wanted: bool
    lease: str | None
    attempts: int
    version: int
    is_unsure: bool
    posted_in: str | None
    message_ts: str | None
    refused_since: AwareDatetime | None
    created_at: AwareDatetime


POST, CHANGE, TAKE_AWAY = "chat.postMessage", "chat.update", "chat.delete"

COLUMNS = tuple(deliveries.c[name] for name in Delivery.model_fields)


def promise_delivery(
    tx: Tx,
    workspace_id: str,
    key: str,
    kind: str,
    *,
    channel_id: str,
    now: datetime,
    project_id: int | None = None,
    check_in_id: int | None = None,
    due_at: datetime | None = None,
) -> bool:
    """Whether it is new: what was promised under this key stays as it is. `due_at`: not before then."""
    mine = (deliveries.c.workspace_id == workspace_id, deliveries.c.key == key)
    if tx.execute(select(deliveries.c.id).where(*mine)).one_or_none() is not None:
        return False
    values = delivery_values(workspace_id, key, kind, channel_id, now) | {
        "project_id": project_id,
        "check_in_id": check_in_id,
        "due_at": due_at or now,
    }
    # Somebody else may be promising the same at the same time.
    return tx.execute(new_rows(tx, deliveries).values(values)).rowcount > 0


def delivery_values(workspace_id: str, key: str, kind: str, channel_id: str, now: datetime) -> dict[str, Any]:
    """A row for a delivery that is due now."""
    return {
        "workspace_id": workspace_id,
        "key": key,
        "kind": kind,
        "channel_id": channel_id,
        "is_wanted": True,
        "due_at": now,
        "attempts": 0,
        "version": 1,
        "is_unsure": False,
        "created_at": now,
    }


def renew_delivery(tx: Tx, workspace_id: str, key: str, now: datetime) -> bool:
    """What it shows has changed: have it brought up to date; whether there is one that can be.

    One that was withdrawn, or that Slack will never have, stays so.
    """
    return _again(tx, workspace_id, key, now, version=deliveries.c.version + 1)


def withdraw_delivery(tx: Tx, workspace_id: str, key: str, now: datetime) -> bool:
    """Have it taken away, or not sent at all; whether there was one."""
    changed = {"version": deliveries.c.version + 1, "is_wanted": False}
    return _again(tx, workspace_id, key, now, **changed)


def _again(
    tx: Tx,
    workspace_id: str,
    key: str,
    now: datetime,
    **changed: Any,  # noqa: ANN401 - columns differ in type
) -> bool:
    # While it is on its way, the lease stands: whoever has it finds the newer version when it is done.
    due_at = case((deliveries.c.lease.is_(None), now), else_=deliveries.c.due_at)
    result = tx.execute(
        update(deliveries)
        .where(
            deliveries.c.workspace_id == workspace_id,
            deliveries.c.key == key,
            deliveries.c.failed_because.is_(None),
            deliveries.c.is_wanted,
        )
        .values(**changed, due_at=due_at)
    )
    return result.rowcount > 0


def record_sent(tx: Tx, delivery: Delivery, posted_in: str, message_ts: str, now: datetime) -> bool:
    """Slack has it. Whether the lease still held: if not, somebody else has it by now, and looks for it."""
    return _record(tx, delivery, now, posted_in=posted_in, message_ts=message_ts, sent_at=now)


def record_found(tx: Tx, delivery: Delivery, posted_in: str, message_ts: str, now: datetime) -> bool:
    """It was there already, perhaps as an earlier version showed it: so it is due again."""
    values = {"posted_in": posted_in, "message_ts": message_ts, "sent_at": now}
    return _end_lease(tx, delivery, due_at=now, is_unsure=False, refused_since=None, **values)


def record_settled(tx: Tx, delivery: Delivery, now: datetime) -> bool:
    """Nothing is left to be done: it is taken away, or was never needed."""
    return _record(tx, delivery, now)


def record_postponed(
    tx: Tx,
    delivery: Delivery,
    until: datetime,
    *,
    is_unsure: bool,
    counts: bool = True,
    refused_since: datetime | None = None,
) -> bool:
    """To be tried again then. `is_unsure`: Slack may have it all the same.

    `counts`: this was a try. False for one that had to wait for something else. `refused_since`: Slack has
    refused it, now or before.
    """
    changed: dict[str, Any] = {} if counts else {"attempts": delivery.attempts}
    if refused_since is not None:
        changed["refused_since"] = refused_since
    return _end_lease(tx, delivery, due_at=until, is_unsure=is_unsure, **changed)


def record_failed(tx: Tx, delivery: Delivery, because: str, now: datetime) -> bool:
    """Slack will never have it; its word for why. False for one that goes elsewhere by now: it is due there.

    A channel may be given another id while a message is on its way to the old one.
    """
    has_place = deliveries.c.channel_id == delivery.channel_id
    if _end_lease(tx, delivery, has_place, due_at=None, is_unsure=False, failed_because=because):
        return True
    _end_lease(tx, delivery, due_at=now)
    return False


def _record(tx: Tx, delivery: Delivery, now: datetime, **values: Any) -> bool:  # noqa: ANN401 - columns differ in type
    is_newer = deliveries.c.version != delivery.version
    # A null of its own type: PostgreSQL takes one without for text.
    due_at = case((is_newer, now), else_=None)
    settled = {"is_unsure": False, "attempts": 0, "refused_since": None}
    return _end_lease(tx, delivery, due_at=due_at, **settled, **values)


def _end_lease(
    tx: Tx,
    delivery: Delivery,
    *conditions: ColumnElement[bool],
    **values: Any,  # noqa: ANN401 - columns differ in type
) -> bool:
    result = tx.execute(
        update(deliveries)
        .where(
            deliveries.c.workspace_id == delivery.workspace_id,
            deliveries.c.id == delivery.id,
            deliveries.c.lease == delivery.lease,
            *conditions,
        )
        .values(lease=None, **values)
    )
    return result.rowcount > 0


def list_keys(tx: Tx, workspace_id: str, begun: str) -> tuple[str, ...]:
    """The keys that begin so, of whatever became of their deliveries."""
    found = select(deliveries.c.key).where(
        deliveries.c.workspace_id == workspace_id, deliveries.c.key.startswith(begun, autoescape=True)
    )
    return tuple(tx.execute(found.order_by(deliveries.c.id)).scalars())


def channel_of(tx: Tx, workspace_id: str, key: str) -> str | None:
    """Where the delivery of this key goes: a channel, or a person."""
    found: str | None = tx.execute(
        select(deliveries.c.channel_id).where(
            deliveries.c.workspace_id == workspace_id, deliveries.c.key == key
        )
    ).scalar_one_or_none()
    return found
