"""The messages that remind, and what each is about: drawn from the records when they are sent.

Each has a delivery with the same key.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from pydantic import AwareDatetime
from sqlalchemy import Select, and_, case, select, update

from storage.bulk_rows import insert_rows
from storage.check_in_tables import deliveries
from storage.database import Tx
from storage.deliveries import delivery_values
from storage.records import Record
from storage.reminder_tables import reminder_lines, reminder_messages
from storage.tables import is_of


class ReminderMessage(Record):
    """`place`: whose turn it was, see storage/reminder_turns.py. `day`: in the calendar of who reads it."""

    id: int
    key: str
    place: str
    project_id: int | None
    day: date
    decided_at: AwareDatetime


class ReminderLine(NamedTuple):
    """What one line of a message is about, and by which rule."""

    project_id: int
    outcome_id: int
    rule: str
    about: str


class NewMessage(NamedTuple):
    """`kind`: of its delivery. `goes_to`: the person, or the channel."""

    key: str
    kind: str
    place: str
    goes_to: str
    project_id: int | None
    day: date


class RecentMessage(NamedTuple):
    """`is_waiting`: Slack does not have it yet, and will. `sent_at`: since when it has."""

    id: int
    key: str
    place: str
    day: date
    is_waiting: bool
    sent_at: datetime | None


_COLUMNS = tuple(reminder_messages.c[name] for name in ReminderMessage.model_fields)


def list_recent_messages(
    tx: Tx, workspace_id: str, places: Collection[str], since: datetime
) -> tuple[RecentMessage, ...]:
    """Those to these people or about these projects since then, the oldest first."""
    waits = and_(
        deliveries.c.message_ts.is_(None),
        deliveries.c.failed_because.is_(None),
        deliveries.c.due_at.is_not(None),
    )
    rows = tx.execute(
        select(
            reminder_messages.c.id,
            reminder_messages.c.key,
            reminder_messages.c.place,
            reminder_messages.c.day,
            case((waits, 1), else_=0),
            case((deliveries.c.message_ts.is_not(None), deliveries.c.sent_at)).label("sent_at"),
        )
        .join_from(
            reminder_messages,
            deliveries,
            and_(
                deliveries.c.workspace_id == reminder_messages.c.workspace_id,
                deliveries.c.key == reminder_messages.c.key,
            ),
        )
        .where(
            reminder_messages.c.workspace_id == workspace_id,
            reminder_messages.c.place.in_(sorted(places)),
            reminder_messages.c.decided_at >= since,
        )
        .order_by(reminder_messages.c.decided_at, reminder_messages.c.id)
    )
    return tuple(RecentMessage(*row[:4], bool(row[4]), row[5]) for row in rows)


def add_messages(tx: Tx, workspace_id: str, messages: Sequence[NewMessage], now: datetime) -> dict[str, int]:
    """With their deliveries, which are due now; their ids, by key."""
    if not messages:
        return {}
    names, of = ("key", "place", "project_id", "day"), {"workspace_id": workspace_id, "decided_at": now}
    rows = [{name: getattr(each, name) for name in names} | of for each in messages]
    insert_rows(tx, reminder_messages, rows)
    promised = [
        delivery_values(workspace_id, each.key, each.kind, each.goes_to, now)
        | {"project_id": each.project_id, "check_in_id": None}
        for each in messages
    ]
    insert_rows(tx, deliveries, promised)
    found = tx.execute(
        select(reminder_messages.c.key, reminder_messages.c.id).where(
            reminder_messages.c.workspace_id == workspace_id,
            reminder_messages.c.key.in_([each.key for each in messages]),
        )
    )
    return {row.key: row.id for row in found}


def add_lines(tx: Tx, workspace_id: str, lines: Iterable[tuple[int, ReminderLine]]) -> None:
    """Each with the id of its message."""
    rows = [{"workspace_id": workspace_id, "message_id": id_, **line._asdict()} for id_, line in lines]
    insert_rows(tx, reminder_lines, rows)


def find_message(tx: Tx, workspace_id: str, key: str) -> ReminderMessage | None:
    row = (
        tx.execute(
            select(*_COLUMNS).where(
                reminder_messages.c.workspace_id == workspace_id, reminder_messages.c.key == key
            )
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else ReminderMessage.model_validate(dict(row))


def list_lines(tx: Tx, workspace_id: str, message_id: int) -> tuple[ReminderLine, ...]:
    """In their order; of one thing there may be several, each by a rule of its own."""
    rows = tx.execute(
        select(
            reminder_lines.c.project_id,
            reminder_lines.c.outcome_id,
            reminder_lines.c.rule,
            reminder_lines.c.about,
        )
        .where(reminder_lines.c.workspace_id == workspace_id, reminder_lines.c.message_id == message_id)
        .order_by(reminder_lines.c.id)
    )
    return tuple(ReminderLine(*row) for row in rows)


def renew_messages_about(
    tx: Tx, workspace_id: str, project_ids: Collection[int], since: datetime, now: datetime
) -> int:
    """Those that Slack has, were decided on since then and are about these projects: brought up to date."""
    return _renew(tx, workspace_id, _keys_about(workspace_id, project_ids, since), now)


def _renew(tx: Tx, workspace_id: str, keys: Select[Any], now: datetime) -> int:
    due_at = case((deliveries.c.lease.is_(None), now), else_=deliveries.c.due_at)
    result = tx.execute(
        update(deliveries)
        .where(
            deliveries.c.workspace_id == workspace_id,
            deliveries.c.key.in_(keys),
            deliveries.c.failed_because.is_(None),
            deliveries.c.message_ts.is_not(None),
        )
        .values(version=deliveries.c.version + 1, due_at=due_at)
    )
    return result.rowcount


def renew_messages_of(tx: Tx, workspace_id: str, place: str, since: datetime, now: datetime) -> int:
    """Those that Slack has, were decided on since then and are this person's, or the project's channel's."""
    mine = select(reminder_messages.c.key).where(
        reminder_messages.c.workspace_id == workspace_id,
        reminder_messages.c.place == place,
        reminder_messages.c.decided_at >= since,
    )
    return _renew(tx, workspace_id, mine, now)


def has_messages_about(tx: Tx, workspace_id: str, project_ids: Collection[int], since: datetime) -> bool:
    """Whether there is something for `renew_messages_about`."""
    found = _keys_about(workspace_id, project_ids, since).limit(1)
    return tx.execute(found).first() is not None


def _keys_about(workspace_id: str, project_ids: Iterable[int], since: datetime) -> Select[Any]:
    return (
        select(reminder_messages.c.key)
        .join_from(reminder_lines, reminder_messages, reminder_messages.c.id == reminder_lines.c.message_id)
        .where(
            is_of(reminder_messages.c.workspace_id, workspace_id),
            reminder_lines.c.project_id.in_(sorted(project_ids)),
            reminder_messages.c.decided_at >= since,
        )
    )
