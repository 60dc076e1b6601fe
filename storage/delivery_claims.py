"""Which deliveries are tried next, and by whom.

Of one channel a single delivery is on its way at a time, in the order in which they were due, and the
next one a second later: Slack takes about one message a second (docs.slack.dev, "Rate limits").
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CompoundSelect, exists, func, or_, select, text, update

from storage.check_in_tables import deliveries
from storage.database import Tx
from storage.deliveries import CHANGE, COLUMNS, POST, TAKE_AWAY, Delivery
from storage.pauses import list_paused
from storage.serving import is_served
from storage.slack_tables import slack_installations

LEASE = timedelta(seconds=60)
"""As long as one try may take: after that, whoever had it is taken for dead."""
PACE = timedelta(seconds=1)
OPEN = "conversations.open"
LOOK_UP = ("conversations.history", "conversations.replies")
_WINDOW = 64
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
    ids = _choose(tx, workspace_id, now, limit, pace)
    if not ids:
        return ()
    rows = tx.execute(select(*COLUMNS).where(deliveries.c.id.in_(ids))).mappings()
    found = {row["id"]: Delivery.model_validate({**row, "lease": lease}) for row in rows}
    taken = _take(tx, ids, now, lease, lasts)
    return tuple(found[id_] for id_ in ids if id_ in taken)


def _choose(tx: Tx, workspace_id: str, now: datetime, limit: int, pace: timedelta) -> list[int]:
    """The first of each channel that is free, those that have waited longest first.

    Goes along the index of what is due and past all that has to wait: with 100,000 waiting that takes some
    milliseconds, where asking of each row whether it has to wait took up to a second.
    """
    mine = deliveries.c.workspace_id == workspace_id
    is_mine = (mine, is_served(deliveries.c.workspace_id))
    due = (*is_mine, deliveries.c.due_at <= now, *_not_paused(list_paused(tx, workspace_id, now)))
    channels = set(tx.execute(_channels_at_work(mine, now, pace)).scalars())
    chosen: list[int] = []
    while len(chosen) < limit:
        rows = tx.execute(
            select(deliveries.c.id, deliveries.c.channel_id)
            .where(*due, deliveries.c.channel_id.not_in(sorted(channels)))
            .order_by(deliveries.c.due_at, deliveries.c.id)
            .limit(_WINDOW)
        ).all()
        for id_, channel_id in rows:
            if channel_id not in channels and len(chosen) < limit:
                channels.add(channel_id)
                chosen.append(id_)
        if len(rows) < _WINDOW:
            break
    return chosen


def _channels_at_work(mine: ColumnElement[bool], now: datetime, pace: timedelta) -> CompoundSelect[str]:
    """Those that have one on its way, or got one just now. A clock that was set back must hold up none."""
    on_its_way = select(deliveries.c.channel_id).where(
        mine, deliveries.c.lease.is_not(None), deliveries.c.due_at > now
    )
    just_sent = select(deliveries.c.channel_id).where(
        mine, deliveries.c.sent_at > now - pace, deliveries.c.sent_at <= now
    )
    return on_its_way.union(just_sent)


def has_due(tx: Tx, workspace_id: str, now: datetime) -> bool:
    """Whether anything is to be done by now, but for what needs a method that Slack wants left alone."""
    due = exists().where(
        deliveries.c.workspace_id == workspace_id,
        is_served(deliveries.c.workspace_id),
        deliveries.c.due_at <= now,
        *_not_paused(list_paused(tx, workspace_id, now)),
    )
    return bool(tx.execute(select(due)).scalar_one())


def list_workspaces_due(tx: Tx, now: datetime) -> tuple[str, ...]:
    """Those that the bot has a token of, and something to do for by now, perhaps only what has to wait."""
    here = slack_installations.c.workspace_id
    due = exists().where(deliveries.c.workspace_id == here, deliveries.c.due_at <= now)
    # Sorted here: each database has an order of its own.
    return tuple(sorted(tx.execute(select(here).where(due, is_served(here))).scalars()))


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
        # Not LIKE, which on SQLite does not tell "u" from "U".
        yield or_(is_posted, func.substr(deliveries.c.channel_id, 1, 1).not_in(("U", "W")))
