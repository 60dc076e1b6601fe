"""What a publish tells of: who changed what in projects that everybody may see, by name."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select

from storage.database import Tx
from storage.history import CHANGE_COLUMNS, change_from
from storage.records import Change, ChangedItem, UpdateSource
from storage.slack_tables import people
from storage.tables import changes, is_of, outcomes, projects

_NOT_SHOWN = (ChangedItem.CHILD.value, ChangedItem.SCHEDULE.value, ChangedItem.ALIAS.value)
"""Follows from a change of another project, or stands on no page."""


class PublicChange(NamedTuple):
    """`slug` is the project's; `number` the outcome's, where it is on the record."""

    change: Change
    slug: str
    number: int | None
    by: str | None


def list_public_changes(tx: Tx, workspace_id: str, since: datetime, limit: int) -> tuple[PublicChange, ...]:
    """Those after `since`, the newest of them, in the order in which they were made; not what a page said.

    Three statements at most.
    """
    rows = (
        tx.execute(
            select(*CHANGE_COLUMNS, projects.c.slug)
            .join_from(changes, projects, projects.c.id == changes.c.project_id)
            .where(*_told(workspace_id, since))
            .order_by(changes.c.id.desc())
            .limit(limit)
        )
        .mappings()
        .all()
    )
    found = [
        (change_from({name: row[name] for name in Change.model_fields}), row["slug"]) for row in rows[::-1]
    ]
    names = _names(tx, workspace_id, {change.person_id for change, _ in found if change.person_id})
    of_outcomes = {change.project_id for change, _ in found if change.item is ChangedItem.OUTCOME}
    numbers = _numbers(tx, workspace_id, of_outcomes)
    return tuple(
        PublicChange(
            change,
            slug,
            numbers.get(change.item_id or 0) if change.item is ChangedItem.OUTCOME else None,
            names.get(change.person_id or ""),
        )
        for change, slug in found
    )


def count_public_changes(tx: Tx, workspace_id: str, since: datetime) -> int:
    """How many there are after `since`."""
    found = (
        select(func.count(changes.c.id))
        .join_from(changes, projects, projects.c.id == changes.c.project_id)
        .where(*_told(workspace_id, since))
    )
    return int(tx.execute(found).scalar_one())


def _told(workspace_id: str, since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        changes.c.workspace_id == workspace_id,
        changes.c.changed_at > since,
        ~projects.c.is_private,
        changes.c.item.not_in(_NOT_SHOWN),
        changes.c.source != UpdateSource.PAGE.value,
    )


def _names(tx: Tx, workspace_id: str, person_ids: Collection[str]) -> dict[str, str]:
    if not person_ids:
        return {}
    found = select(people.c.id, people.c.name).where(
        people.c.workspace_id == workspace_id, people.c.id.in_(sorted(person_ids))
    )
    return {row.id: row.name for row in tx.execute(found)}


def _numbers(tx: Tx, workspace_id: str, project_ids: Collection[int]) -> dict[int, int]:
    """By outcome, counted from 1 in each project."""
    if not project_ids:
        return {}
    number: Any = func.row_number().over(
        partition_by=outcomes.c.project_id, order_by=(outcomes.c.position, outcomes.c.id)
    )
    found = select(outcomes.c.id, number.label("number")).where(
        is_of(outcomes.c.workspace_id, workspace_id),
        outcomes.c.project_id.in_(sorted(project_ids)),
        outcomes.c.removed_at.is_(None),
    )
    return {row.id: row.number for row in tx.execute(found)}
