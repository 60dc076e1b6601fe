"""The history: every change of a record, who made it, when, and what was there before and after."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import JsonValue
from sqlalchemy import ColumnElement, func, insert, or_, select

from storage.database import Tx
from storage.history_records import ORDER, Change, ChangedItem
from storage.records import UpdateSource
from storage.sight import Sight, is_seen, values_of
from storage.tables import changes, is_of, projects

CHANGE_COLUMNS = tuple(column for column in changes.c if column.name != "workspace_id")
_LAST_ACTS = 500
"""Changes of a person that are looked through for one that can still be taken back."""


class By(NamedTuple):
    """The act that a change is a part of: by whom, through what, when; `undoes`: which act it takes back.

    `author`: of an edit of a page, as the page's own history has the name.
    """

    person_id: str | None
    source: UpdateSource
    act_id: str
    undoes: str | None
    changed_at: datetime
    author: str | None = None


def record_change(
    tx: Tx,
    workspace_id: str,
    project_id: int,
    by: By,
    *,
    item: ChangedItem,
    item_id: int | None,
    field: str,
    before: JsonValue,
    after: JsonValue,
) -> None:
    """An entry; `Change` says what its values mean."""
    values = {"item": item.value, "item_id": item_id, "field": field}
    texts = {"before": _json(before), "after": _json(after)}
    of = {"workspace_id": workspace_id, "project_id": project_id}
    tx.execute(insert(changes).values({**of, **values, **texts, **by._asdict(), "source": by.source.value}))


def list_changes(
    tx: Tx,
    workspace_id: str,
    sight: Sight,
    project_id: int,
    *,
    outcome_id: int | None = None,
    limit: int,
    offset: int = 0,
) -> tuple[Change, ...]:
    """A project's, newest first; with `outcome_id` those of one outcome.

    That a sub-project came or went is told to those who see the sub-project.
    """
    rows = tx.execute(
        select(*CHANGE_COLUMNS)
        .where(*_of_project(workspace_id, project_id, outcome_id), _tells_of_seen())
        .order_by(changes.c.id.desc())
        .limit(limit)
        .offset(offset),
        values_of(workspace_id, sight),
    )
    return tuple(change_from(row) for row in rows.mappings())


def count_changes(
    tx: Tx, workspace_id: str, sight: Sight, project_id: int, *, outcome_id: int | None = None
) -> int:
    """How many there are, exactly: every one of them can be paged to."""
    found = select(func.count(changes.c.id)).where(
        *_of_project(workspace_id, project_id, outcome_id), _tells_of_seen()
    )
    return int(tx.execute(found, values_of(workspace_id, sight)).scalar_one())


def newest_change_id(tx: Tx, workspace_id: str, project_id: int) -> int:
    """The id of a project's newest entry; 0 when it has none."""
    newest = select(func.max(changes.c.id)).where(*_of_project(workspace_id, project_id, None))
    return tx.execute(newest).scalar_one() or 0


def list_changes_since(tx: Tx, workspace_id: str, project_id: int, since: int) -> tuple[Change, ...]:
    """A project's entries after the one with that id, oldest first."""
    rows = tx.execute(
        select(*CHANGE_COLUMNS)
        .where(*_of_project(workspace_id, project_id, None), changes.c.id > since)
        .order_by(changes.c.id)
    )
    return tuple(change_from(row) for row in rows.mappings())


def list_changes_of_act(tx: Tx, workspace_id: str, act_id: str) -> tuple[Change, ...]:
    """In the order in which they were made; none when there is no such act."""
    rows = tx.execute(
        select(*CHANGE_COLUMNS)
        .where(changes.c.workspace_id == workspace_id, changes.c.act_id == act_id)
        .order_by(changes.c.id)
    )
    return tuple(change_from(row) for row in rows.mappings())


def find_newer_change(tx: Tx, workspace_id: str, than: Change, *, of_item: bool) -> Change | None:
    """The newest change of the same value that another act made since; with `of_item`, of the same item."""
    same: list[ColumnElement[bool]] = [
        is_of(changes.c.workspace_id, workspace_id),
        changes.c.project_id == than.project_id,
        changes.c.id > than.id,
        changes.c.act_id != than.act_id,
    ]
    if than.item is not ChangedItem.PROJECT or not of_item:
        same.append(changes.c.item == than.item.value)
        if than.field != ORDER:
            # An order is of all the items, whichever of them was moved.
            same.append(changes.c.item_id.is_not_distinct_from(than.item_id))
    if not of_item:
        same.append(changes.c.field == than.field)
    row = (
        tx.execute(select(*CHANGE_COLUMNS).where(*same).order_by(changes.c.id.desc()).limit(1))
        .mappings()
        .first()
    )
    return None if row is None else change_from(row)


def find_newest_change(
    tx: Tx, workspace_id: str, project_id: int, item: ChangedItem, field: str
) -> Change | None:
    """The newest change of this field of the project."""
    row = (
        tx.execute(
            select(*CHANGE_COLUMNS)
            .where(
                *_of_project(workspace_id, project_id, None),
                changes.c.item == item.value,
                changes.c.field == field,
            )
            .order_by(changes.c.id.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else change_from(row)


def find_last_act(tx: Tx, workspace_id: str, sight: Sight) -> str | None:
    """Of the person's acts that took nothing back and were not taken back, the newest on what they see.

    What they edited on a page is none: that is taken back on the page.
    """
    mine = (
        select(changes.c.id, changes.c.act_id)
        .join_from(changes, projects, projects.c.id == changes.c.project_id)
        .where(
            changes.c.workspace_id == workspace_id,
            changes.c.person_id == sight.person_id,
            is_seen(),
            changes.c.undoes.is_(None),
            changes.c.source != UpdateSource.PAGE.value,
        )
        .order_by(changes.c.id.desc())
        .limit(_LAST_ACTS)
        .subquery()
    )
    undoing = changes.alias("undoing")
    is_undone = select(undoing.c.id).where(
        undoing.c.workspace_id == workspace_id, undoing.c.undoes == mine.c.act_id
    )
    found = select(mine.c.act_id).where(~is_undone.exists()).order_by(mine.c.id.desc()).limit(1)
    return tx.execute(found, values_of(workspace_id, sight)).scalar_one_or_none()


def is_undone(tx: Tx, workspace_id: str, act_id: str) -> bool:
    """Whether an act was taken back."""
    found = select(changes.c.id).where(changes.c.workspace_id == workspace_id, changes.c.undoes == act_id)
    return tx.execute(found.limit(1)).first() is not None


def _tells_of_seen() -> ColumnElement[bool]:
    child = projects.alias("child")
    sees_child = select(child.c.id).where(child.c.id == changes.c.item_id, is_seen(child)).exists()
    return or_(changes.c.item != ChangedItem.CHILD.value, sees_child)


def _of_project(workspace_id: str, project_id: int, outcome_id: int | None) -> Sequence[ColumnElement[bool]]:
    found = [is_of(changes.c.workspace_id, workspace_id), changes.c.project_id == project_id]
    if outcome_id is not None:
        found += [changes.c.item == ChangedItem.OUTCOME.value, changes.c.item_id == outcome_id]
    return found


def _json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def change_from(row: Any) -> Change:  # noqa: ANN401 - a mapping of columns, as SQLAlchemy gives it
    texts = {name: None if row[name] is None else json.loads(row[name]) for name in ("before", "after")}
    return Change.model_validate({**row, **texts})
