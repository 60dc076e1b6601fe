"""What a publish tells of: who changed what in projects that everybody may see, by name."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, func, or_, select

from storage.database import Tx
from storage.history import CHANGE_COLUMNS, change_from
from storage.history_records import Change, ChangedItem
from storage.publication_tables import publications
from storage.publications import COLUMNS, Publication
from storage.records import UpdateSource
from storage.slack_tables import people
from storage.tables import changes, is_of, outcomes, pages, places, projects

_NOT_SHOWN = (ChangedItem.CHILD.value, ChangedItem.SCHEDULE.value, ChangedItem.ALIAS.value)
"""Follows from a change of another project, or stands on no page."""


class PublicChange(NamedTuple):
    """`slug` is the project's; `number` the outcome's, where it is on the record."""

    change: Change
    slug: str
    number: int | None
    by: str | None


def list_public_changes(
    tx: Tx, workspace_id: str, page_id: int | None, since: datetime, limit: int
) -> tuple[PublicChange, ...]:
    """Those after `since`, the newest of them, in the order in which they were made; not what a page said.

    `page_id`: without the projects that stand on another page and not on this one. Three statements at most.
    """
    rows = (
        tx.execute(
            select(*CHANGE_COLUMNS, projects.c.slug)
            .join_from(changes, projects, projects.c.id == changes.c.project_id)
            .where(*_told(workspace_id, since, page_id))
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


class Placed(NamedTuple):
    """A publication with the name of its page, and how many changes wait to be published there."""

    publication: Publication
    page: str | None
    waiting: int


def list_placed(tx: Tx, workspace_id: str, limit: int) -> tuple[Placed, ...]:
    """The oldest first. One statement."""
    waiting = (
        select(func.count(changes.c.id))
        .join_from(changes, projects, projects.c.id == changes.c.project_id)
        .where(*_told(workspace_id, publications.c.told_until, publications.c.page_id))
        .correlate(publications)
        .scalar_subquery()
    )
    rows = tx.execute(
        select(*COLUMNS, pages.c.name.label("page"), waiting.label("waiting"))
        .join_from(publications, pages, pages.c.id == publications.c.page_id, isouter=True)
        .where(publications.c.workspace_id == workspace_id)
        .order_by(publications.c.id)
        .limit(limit)
    ).mappings()
    return tuple(
        Placed(
            Publication.model_validate({name: row[name] for name in Publication.model_fields}),
            row["page"],
            int(row["waiting"]),
        )
        for row in rows
    )


def _told(
    workspace_id: str, since: datetime | ColumnElement[datetime], page_id: int | ColumnElement[int] | None
) -> tuple[ColumnElement[bool], ...]:
    placed = exists().where(
        places.c.workspace_id == workspace_id, places.c.project_id == projects.c.id, places.c.line > 0
    )
    return (
        # What stands nowhere yet may be new on this page.
        or_(placed.where(places.c.page_id == page_id), ~placed),
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
