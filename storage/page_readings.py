"""Which pages are read by themselves, from where they are published, and when each is next looked at.

Whoever looks has a lease, so that of many processes one does. A look that is asked for while another is under
way comes after it.
"""

from datetime import datetime, timedelta
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import case, delete, insert, or_, select, update

from storage.database import Tx
from storage.page_tables import page_readings
from storage.records import Record
from storage.serving import is_served


class PageReading(Record):
    """`seen`: the digest of the bytes that stood there last. `failed_because`: why it cannot be read."""

    workspace_id: str
    page_id: int
    address: str
    due_at: AwareDatetime
    lease: str | None
    leased_until: AwareDatetime | None
    seen: str | None
    failed_because: str | None
    failed_detail: str | None
    failed_at: AwareDatetime | None


_COLUMNS = tuple(page_readings.c[name] for name in PageReading.model_fields)


def watch_page(tx: Tx, workspace_id: str, page_id: int, address: str, now: datetime) -> None:
    """It is read from there from now on. After `lock_workspace`; the same again is no matter."""
    mine = (page_readings.c.workspace_id == workspace_id, page_readings.c.page_id == page_id)
    found = tx.execute(select(page_readings.c.address).where(*mine)).scalar_one_or_none()
    if found == address:
        return
    values = {"address": address, "due_at": now, "seen": None, "failed_because": None, "failed_at": None}
    if found is None:
        tx.execute(insert(page_readings).values(workspace_id=workspace_id, page_id=page_id, **values))
    else:
        # Whoever is reading it from the other address finds that the lease is gone.
        tx.execute(update(page_readings).where(*mine).values(**values, lease=None, leased_until=None))


def leave_page(tx: Tx, workspace_id: str, page_id: int) -> None:
    """It is no longer read by itself."""
    tx.execute(
        delete(page_readings).where(
            page_readings.c.workspace_id == workspace_id, page_readings.c.page_id == page_id
        )
    )


def find_reading(tx: Tx, workspace_id: str, page_id: int) -> PageReading | None:
    row = (
        tx.execute(
            select(*_COLUMNS).where(
                page_readings.c.workspace_id == workspace_id, page_readings.c.page_id == page_id
            )
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else PageReading.model_validate(dict(row))


def request_reading(tx: Tx, workspace_id: str, page_id: int, now: datetime) -> bool:
    """Have it looked at at once; whether it is one that is."""
    result = tx.execute(
        update(page_readings)
        .where(page_readings.c.workspace_id == workspace_id, page_readings.c.page_id == page_id)
        .values(due_at=now)
    )
    return result.rowcount > 0


def list_watched(tx: Tx, beginning: str) -> tuple[PageReading, ...]:
    """Those whose addresses begin so, of all workspaces: what a webhook tells of is of no workspace."""
    is_there = page_readings.c.address.startswith(beginning, autoescape=True)
    rows = tx.execute(
        select(*_COLUMNS)
        .where(is_there, is_served(page_readings.c.workspace_id))
        .order_by(page_readings.c.page_id)
    )
    return tuple(PageReading.model_validate(dict(row)) for row in rows.mappings())


def claim_readings(
    tx: Tx, now: datetime, lease: str, lasting: timedelta, limit: int
) -> tuple[PageReading, ...]:
    """At most `limit` that are due, of all workspaces, kept from others for so long."""
    free = or_(page_readings.c.lease.is_(None), page_readings.c.leased_until <= now)
    due = (
        select(page_readings.c.page_id)
        .where(page_readings.c.due_at <= now, free, is_served(page_readings.c.workspace_id))
        .order_by(page_readings.c.due_at, page_readings.c.page_id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=page_readings)
    )
    ids = tx.execute(due).scalars().all()
    until = now + lasting
    claimed = (
        update(page_readings)
        .where(page_readings.c.page_id.in_(ids))
        .values(lease=lease, leased_until=until, due_at=until)
        .returning(*_COLUMNS)
    )
    rows = tx.execute(claimed).mappings().all() if ids else ()
    found = (PageReading.model_validate(dict(row)) for row in rows)
    return tuple(sorted(found, key=lambda each: each.page_id))


def holds_lease(tx: Tx, reading: PageReading) -> bool:
    """Whether the reading is still this process's; until the commit it stays so."""
    found = tx.execute(
        select(page_readings.c.lease)
        .where(
            page_readings.c.workspace_id == reading.workspace_id,
            page_readings.c.page_id == reading.page_id,
        )
        .with_for_update()
    ).scalar_one_or_none()
    return found is not None and found == reading.lease


def record_read(tx: Tx, reading: PageReading, next_at: datetime, **values: Any) -> None:  # noqa: ANN401 - columns differ in type
    """It was looked at; the named columns are set. What was asked for meanwhile is due as it was."""
    is_as_claimed = page_readings.c.due_at == reading.leased_until
    tx.execute(
        update(page_readings)
        .where(
            page_readings.c.workspace_id == reading.workspace_id,
            page_readings.c.page_id == reading.page_id,
            page_readings.c.lease == reading.lease,
        )
        .values(
            due_at=case((is_as_claimed, next_at), else_=page_readings.c.due_at),
            lease=None,
            leased_until=None,
            **values,
        )
    )


def forget_seen(tx: Tx, workspace_id: str, page_id: int, now: datetime) -> None:
    """Have it read at once, also if it is as it was."""
    tx.execute(
        update(page_readings)
        .where(page_readings.c.workspace_id == workspace_id, page_readings.c.page_id == page_id)
        .values(due_at=now, seen=None)
    )
