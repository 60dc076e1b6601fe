"""Which deliveries are tried next, and by whom.

Of one channel a single delivery is on its way at a time, in the order in which they were promised, and the
next one a second later: Slack takes about one message a second (docs.slack.dev, "Rate limits").
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select, text, update

from storage.check_in_tables import deliveries
from storage.database import Tx
from storage.deliveries import CHANGE, COLUMNS, POST, TAKE_AWAY, Delivery
from storage.pauses import list_paused

LEASE = timedelta(seconds=60)
"""As long as one try may take: after that, whoever had it is taken for dead."""
PACE = timedelta(seconds=1)
OPEN = "conversations.open"
LOOK_UP = ("conversations.history", "conversations.replies")
_CLAIMS = 7_293_001
"""The advisory lock by which PostgreSQL lets one process at a time choose what to send."""


def claim_deliveries(
    tx: Tx,
    workspace_id: str,
    now: datetime,
    limit: int,
    lease: str,
    *,
    lasts: timedelta = LEASE,
    pace: timedelta = PACE,
) -> tuple[Delivery, ...]:
    """What is due and may be sent now, at most `limit`, for the one who has this lease, until that is over.

    Never two of one channel, never one whose channel had another less than `pace` ago, none that needs a
    method that Slack wants left alone.
    """
    if tx.dialect.name == "postgresql":
        # Two that choose at once would both take the next one of the same channel.
        tx.execute(text(f"SELECT pg_advisory_xact_lock({_CLAIMS})"))
    paused = list_paused(tx, workspace_id, now)
    rows = tx.execute(
        select(*COLUMNS)
        .where(
            deliveries.c.workspace_id == workspace_id,
            deliveries.c.due_at <= now,
            *_not_paused(paused),
            ~_is_behind_another(now, pace),
        )
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .limit(limit)
    ).mappings()
    found = [Delivery.model_validate({**row, "lease": lease}) for row in rows]
    taken = _take(tx, [each.id for each in found], now, lease, lasts) if found else frozenset()
    return tuple(each for each in found if each.id in taken)


def has_due(tx: Tx, workspace_id: str, now: datetime) -> bool:
    """Whether anything is to be done by now, but for what needs a method that Slack wants left alone."""
    due = exists().where(
        deliveries.c.workspace_id == workspace_id,
        deliveries.c.due_at <= now,
        *_not_paused(list_paused(tx, workspace_id, now)),
    )
    return bool(tx.execute(select(due)).scalar_one())


def _take(tx: Tx, ids: list[int], now: datetime, lease: str, lasts: timedelta) -> frozenset[int]:
    """Those that were still there to be taken: meanwhile somebody may have written down what came of one."""
    result = tx.execute(
        update(deliveries)
        .where(deliveries.c.id.in_(ids), deliveries.c.due_at <= now)
        .values(
            lease=lease,
            due_at=now + lasts,
            attempts=deliveries.c.attempts + 1,
            # Until the answer is written down.
            is_unsure=or_(deliveries.c.is_unsure, deliveries.c.message_ts.is_(None)),
        )
        .returning(deliveries.c.id)
    )
    return frozenset(result.scalars())


def _not_paused(paused: frozenset[str]) -> Iterator[ColumnElement[bool]]:
    is_posted = deliveries.c.message_ts.is_not(None)
    if POST in paused:
        yield is_posted
    if CHANGE in paused:
        yield or_(~is_posted, ~deliveries.c.is_wanted)
    if TAKE_AWAY in paused:
        yield or_(~is_posted, deliveries.c.is_wanted)
    if paused.intersection(LOOK_UP):
        yield or_(is_posted, ~deliveries.c.is_unsure)
    if OPEN in paused:
        yield or_(is_posted, deliveries.c.channel_id.not_like("U%") & deliveries.c.channel_id.not_like("W%"))


def _is_behind_another(now: datetime, pace: timedelta) -> ColumnElement[bool]:
    """Another one of its channel is on its way, was sent just now, or was promised before it."""
    other = deliveries.alias("other")
    same = (other.c.workspace_id == deliveries.c.workspace_id, other.c.channel_id == deliveries.c.channel_id)
    on_its_way = and_(other.c.due_at > now, other.c.lease.is_not(None), other.c.id != deliveries.c.id)
    before = and_(other.c.due_at <= now, other.c.id < deliveries.c.id)
    # A clock that was set back must not hold up a channel.
    just_sent = and_(other.c.sent_at > now - pace, other.c.sent_at <= now)
    return or_(*(exists(select(other.c.id).where(*same, each)) for each in (on_its_way, before, just_sent)))
