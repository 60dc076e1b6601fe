"""Replies: what people said in a round, in their own words, as their messages stand in Slack now."""

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import insert, select, update

from storage.check_in_tables import replies
from storage.database import Tx
from storage.errors import NotFoundError
from storage.records import Record


class Reply(Record):
    """One message. `act_id`: the act in the history that it led to; None when it changed nothing.

    `edited_ts`: Slack's timestamp of the edit that made it so; "" for words that were never edited.
    """

    id: int
    project_id: int
    check_in_id: int
    person_id: str
    channel_id: str
    message_ts: str
    text: str
    edited_ts: str
    act_id: str | None
    said_at: AwareDatetime
    removed_at: AwareDatetime | None


_COLUMNS = tuple(replies.c[name] for name in Reply.model_fields)


def add_reply(
    tx: Tx,
    workspace_id: str,
    project_id: int,
    check_in_id: int,
    *,
    person_id: str,
    channel_id: str,
    message_ts: str,
    text: str,
    now: datetime,
    edited_ts: str = "",
) -> int:
    """The new reply's id."""
    values = {
        "workspace_id": workspace_id,
        "project_id": project_id,
        "check_in_id": check_in_id,
        "person_id": person_id,
        "channel_id": channel_id,
        "message_ts": message_ts,
        "text": text,
        "edited_ts": edited_ts,
        "said_at": now,
    }
    return int(tx.execute(insert(replies).values(values).returning(replies.c.id)).scalar_one())


def find_reply(tx: Tx, workspace_id: str, reply_id: int) -> Reply | None:
    row = (
        tx.execute(select(*_COLUMNS).where(replies.c.workspace_id == workspace_id, replies.c.id == reply_id))
        .mappings()
        .one_or_none()
    )
    return None if row is None else Reply.model_validate(dict(row))


def get_reply(tx: Tx, workspace_id: str, reply_id: int) -> Reply:
    """Raises NotFoundError."""
    reply = find_reply(tx, workspace_id, reply_id)
    if reply is None:
        raise NotFoundError("reply", reply_id)
    return reply


def find_reply_at(tx: Tx, workspace_id: str, channel_id: str, message_ts: str) -> Reply | None:
    """The reply that this message is."""
    row = (
        tx.execute(
            select(*_COLUMNS).where(
                replies.c.workspace_id == workspace_id,
                replies.c.channel_id == channel_id,
                replies.c.message_ts == message_ts,
            )
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else Reply.model_validate(dict(row))


def change_reply(tx: Tx, workspace_id: str, reply_id: int, **changes: Any) -> None:  # noqa: ANN401 - columns differ in type
    """Set the named columns. Raises NotFoundError."""
    mine = (replies.c.workspace_id == workspace_id, replies.c.id == reply_id)
    if tx.execute(update(replies).where(*mine).values(**changes)).rowcount == 0:
        raise NotFoundError("reply", reply_id)


def list_replies(tx: Tx, workspace_id: str, check_in_id: int) -> tuple[Reply, ...]:
    """Those that stand, in the order in which they were said; one that was edited to nothing has no words."""
    rows = tx.execute(
        select(*_COLUMNS)
        .where(
            replies.c.workspace_id == workspace_id,
            replies.c.check_in_id == check_in_id,
            replies.c.removed_at.is_(None),
        )
        .order_by(replies.c.said_at, replies.c.id)
    ).mappings()
    return tuple(Reply.model_validate(dict(row)) for row in rows)
