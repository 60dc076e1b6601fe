"""A workspace's own settings, its days off, and who of its people is away."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import and_, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from storage.check_in_tables import absences, days_off, settings
from storage.database import Tx
from storage.records import Record
from storage.revisions import touch_all
from storage.thresholds import keep_thresholds


class WorkspaceSettings(Record):
    """`zone` is IANA's name. `country`: whose public holidays are days off, as "DE" or "DE-BY".

    `due_after_days` and `stale_after_days`: see storage/thresholds.py.
    `remind_at`: when people are reminded on their own clock, as "09:00"; `reminder_budget`: how often a week.
    None: as usual.
    """

    zone: str | None = None
    digest_channel_id: str | None = None
    country: str | None = None
    due_after_days: int | None = None
    stale_after_days: int | None = None
    remind_at: str | None = None
    reminder_budget: int | None = None


class Absence(Record):
    """`until`: the day that somebody is back on. `by_status`: their status in Slack says so."""

    person_id: str
    until: date | None
    by_status: bool
    status_until: AwareDatetime | None


_SETTINGS = tuple(settings.c[name] for name in WorkspaceSettings.model_fields)
_SHOWN_BY_RECORDS = {"due_after_days", "stale_after_days", "zone"}
"""The weeks of a record's chart end where the workspace is."""
_ABSENCES = tuple(absences.c[name] for name in Absence.model_fields)


def get_settings(tx: Tx, workspace_id: str) -> WorkspaceSettings:
    """Empty ones for a workspace that has set nothing."""
    row = (
        tx.execute(select(*_SETTINGS).where(settings.c.workspace_id == workspace_id)).mappings().one_or_none()
    )
    return WorkspaceSettings() if row is None else WorkspaceSettings.model_validate(dict(row))


def change_settings(tx: Tx, workspace_id: str, **changes: Any) -> None:  # noqa: ANN401 - columns differ in type
    """Set the named columns, after `lock_workspace`."""
    mine = settings.c.workspace_id == workspace_id
    if tx.execute(update(settings).where(mine).values(**changes)).rowcount == 0:
        tx.execute(insert(settings).values(workspace_id=workspace_id, **changes))
    if changes.keys() & {"due_after_days", "stale_after_days"}:
        keep_thresholds(tx, workspace_id)
    if changes.keys() & _SHOWN_BY_RECORDS:
        touch_all(tx, workspace_id)


def list_days_off(tx: Tx, workspace_id: str, since: date) -> dict[date, str]:
    """Those of the workspace's own list from this day on, with their names, in order."""
    rows = tx.execute(
        select(days_off.c.day, days_off.c.name)
        .where(days_off.c.workspace_id == workspace_id, days_off.c.day >= since)
        .order_by(days_off.c.day)
    )
    return {row.day: row.name for row in rows}


def add_days_off(tx: Tx, workspace_id: str, days: Mapping[date, str]) -> int:
    """How many of them are new; those that were there get the new name. After `lock_workspace`."""
    were_there = remove_days_off(tx, workspace_id, days)
    rows = [{"workspace_id": workspace_id, "day": day, "name": name} for day, name in sorted(days.items())]
    if rows:
        tx.execute(insert(days_off), rows)
    return len(rows) - were_there


def remove_days_off(tx: Tx, workspace_id: str, days: Collection[date]) -> int:
    """How many of them there were."""
    result = tx.execute(
        delete(days_off).where(days_off.c.workspace_id == workspace_id, days_off.c.day.in_(sorted(days)))
    )
    return result.rowcount


def find_absence(tx: Tx, workspace_id: str, person_id: str) -> Absence | None:
    row = (
        tx.execute(
            select(*_ABSENCES).where(
                absences.c.workspace_id == workspace_id, absences.c.person_id == person_id
            )
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else Absence.model_validate(dict(row))


def list_away(
    tx: Tx, workspace_id: str, person_ids: Collection[str], today: date, now: datetime
) -> frozenset[str]:
    """Those of these people who are away. `today` is the day where they are asked."""
    by_word = absences.c.until > today
    by_status = and_(
        absences.c.by_status, or_(absences.c.status_until.is_(None), absences.c.status_until > now)
    )
    rows = tx.execute(
        select(absences.c.person_id).where(
            absences.c.workspace_id == workspace_id,
            absences.c.person_id.in_(sorted(person_ids)),
            or_(by_word, by_status),
        )
    )
    return frozenset(rows.scalars())


def change_absence(tx: Tx, workspace_id: str, person_id: str, **changes: Any) -> None:  # noqa: ANN401 - columns differ in type
    """Set the named columns: `until`, or `by_status` and `status_until`."""
    mine = (absences.c.workspace_id == workspace_id, absences.c.person_id == person_id)
    change = update(absences).where(*mine).values(**changes)
    if tx.execute(change).rowcount:
        return
    values = {"until": None, "by_status": False, "status_until": None, **changes}
    try:
        with tx.begin_nested():
            tx.execute(insert(absences).values(workspace_id=workspace_id, person_id=person_id, **values))
    except IntegrityError:
        # Their word and their status came at once: the other one's row is there now.
        tx.execute(change)
