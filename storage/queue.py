"""How long what was promised has been waiting, in all workspaces that a process serves: for who watches it.

Each question is answered from the index of what waits; what was sent is not looked at.
"""

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import Column, ColumnElement, and_, case, exists, func, or_, select

from storage.check_in_tables import deliveries, pauses
from storage.database import Tx
from storage.deliveries import CHANGE, POST, TAKE_AWAY
from storage.delivery_claims import LOOK_UP, OPEN
from storage.records import Record
from storage.serving import is_installed, is_served
from storage.tables import workspaces
from storage.types import UtcDateTime


class Queue(Record):
    """Deliveries that are not where they should be: how many.

    `due`: should have been sent by now; `sending`: are tried just now; `waiting`: for a time to come. `due`
    has also those for which Slack wants a method left alone; `oldest_due_at` is that of the first that
    nothing keeps from being sent, None when there is none.
    """

    due: int
    sending: int
    waiting: int
    oldest_due_at: AwareDatetime | None


def find_oldest_due(
    tx: Tx, now: datetime, *, of_many: bool = False, only: str | None = None
) -> datetime | None:
    """Since when the first delivery is due that nothing keeps from being sent.

    `of_many`: workspaces install the bot by themselves, and those that have not yet do not count. `only`: the
    one workspace that counts, where there is a token of no other.
    """
    first = (
        select(deliveries.c.due_at)
        .where(
            deliveries.c.workspace_id == workspaces.c.id,
            deliveries.c.due_at <= now,
            ~exists().where(
                pauses.c.workspace_id == deliveries.c.workspace_id, pauses.c.until > now, _needs_paused()
            ),
        )
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .limit(1)
        .scalar_subquery()
    )
    # A look into the index for each workspace, and not at all that waits.
    found: datetime | None = tx.execute(
        select(func.min(first, type_=UtcDateTime()))
        .select_from(workspaces)
        .where(*_counts(workspaces.c.id, of_many, only))
    ).scalar_one()
    return found


def read_queue(tx: Tx, now: datetime, *, of_many: bool = False, only: str | None = None) -> Queue:
    """`of_many`, `only`: see `find_oldest_due`."""
    state = case(
        (deliveries.c.due_at <= now, "due"), (deliveries.c.lease.is_not(None), "sending"), else_="waiting"
    )
    rows = tx.execute(
        select(state.label("state"), func.count().label("many"))
        .where(deliveries.c.due_at.is_not(None), *_counts(deliveries.c.workspace_id, of_many, only))
        .group_by("state")
    )
    many = {row.state: row.many for row in rows}
    counts = {name: many.get(name, 0) for name in ("due", "sending", "waiting")}
    return Queue(**counts, oldest_due_at=find_oldest_due(tx, now, of_many=of_many, only=only))


def _counts(column: Column[Any], of_many: bool, only: str | None) -> list[ColumnElement[bool]]:  # noqa: FBT001 - as given
    is_counted = is_installed(column) if of_many else is_served(column)
    return [is_counted] if only is None else [is_counted, column == only]


def _needs_paused() -> ColumnElement[bool]:
    """Whether the delivery needs the method that is paused; as storage.delivery_claims passes over it."""
    method, is_posted = pauses.c.method, deliveries.c.message_ts.is_not(None)
    # Not LIKE, which on SQLite does not tell "u" from "U".
    is_direct = func.substr(deliveries.c.channel_id, 1, 1).in_(("U", "W"))
    return or_(
        and_(~is_posted, method == POST),
        and_(~is_posted, method == OPEN, is_direct),
        and_(~is_posted, method.in_(LOOK_UP), deliveries.c.is_unsure),
        and_(is_posted, method == CHANGE, deliveries.c.is_wanted),
        and_(is_posted, method == TAKE_AWAY, ~deliveries.c.is_wanted),
    )
