"""Conflicts: what was changed on a page and in chat since both said the same, and who decided which stays.

Nothing that anybody typed is lost meanwhile: the record keeps what was said in chat, the conflict what the
page says, and rows are never deleted.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import insert, select, update

from storage.database import Tx
from storage.errors import NotFoundError
from storage.page_tables import page_conflicts
from storage.records import Record
from storage.serving import is_served
from storage.tables import projects


class ConflictState(StrEnum):
    """`KEPT`: what was said in chat stays. `TAKEN`: the record says what the page says.

    `SETTLED`: nobody was needed any more, since both say the same, or one of them went back.
    """

    OPEN = "open"
    KEPT = "kept"
    TAKEN = "taken"
    SETTLED = "settled"


class PageConflict(Record):
    """One value. `item` and `item_id` are as a `Place` has them, or "outcomes" for their order.

    `base` is what both began from, `on_page` and `in_record` what they say now; None for what is not there.
    Values are as a `Place` has them; an order is the ids of the outcomes as JSON. `author` edited the page,
    `author_id` is who of the workspace that is, if that is known. `version` grows when the question changes,
    `revision` is the project's when the record was last looked at. `asked`: the key of the delivery that asks
    """

    id: int
    workspace_id: str
    project_id: int
    page_id: int
    item: str
    item_id: int | None
    base: str | None
    on_page: str | None
    in_record: str | None
    author: str | None
    author_id: str | None
    state: ConflictState
    version: int
    revision: int
    asked: str | None
    answered_by: str | None
    found_at: AwareDatetime
    answered_at: AwareDatetime | None

    @property
    def place(self) -> tuple[str, int | None]:
        """Of which value of the project it is."""
        return self.item, self.item_id


_COLUMNS = tuple(page_conflicts.c[name] for name in PageConflict.model_fields)


def list_open_conflicts(tx: Tx, workspace_id: str, page_id: int) -> tuple[PageConflict, ...]:
    """Those of a page that nobody has answered, oldest first.

    Until they are, what the page says at these places is left as it is by whoever writes the page; what is
    not on the page (`on_page` is None) is not put there.
    """
    rows = tx.execute(
        select(*_COLUMNS)
        .where(
            page_conflicts.c.workspace_id == workspace_id,
            page_conflicts.c.page_id == page_id,
            page_conflicts.c.state == ConflictState.OPEN.value,
        )
        .order_by(page_conflicts.c.id)
    )
    return tuple(PageConflict.model_validate(dict(row)) for row in rows.mappings())


def list_held(tx: Tx, workspace_id: str, page_id: int) -> frozenset[tuple[int, str, int | None]]:
    """The places of a page that are asked about, as whoever writes the page is told: project, item, id."""
    found = list_open_conflicts(tx, workspace_id, page_id)
    return frozenset((each.project_id, *each.place) for each in found)


def find_conflict(tx: Tx, workspace_id: str, conflict_id: int) -> PageConflict | None:
    row = (
        tx.execute(
            select(*_COLUMNS).where(
                page_conflicts.c.workspace_id == workspace_id, page_conflicts.c.id == conflict_id
            )
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else PageConflict.model_validate(dict(row))


def get_conflict(tx: Tx, workspace_id: str, conflict_id: int) -> PageConflict:
    """Raises NotFoundError."""
    found = find_conflict(tx, workspace_id, conflict_id)
    if found is None:
        raise NotFoundError("conflict", conflict_id)
    return found


def add_conflict(tx: Tx, workspace_id: str, page_id: int, project_id: int, **values: Any) -> int:  # noqa: ANN401 - columns differ in type
    """The id of a new one that is open. After `lock_workspace`: of one value there is one at a time."""
    row = {
        "workspace_id": workspace_id,
        "page_id": page_id,
        "project_id": project_id,
        "state": ConflictState.OPEN.value,
        "version": 1,
        **values,
    }
    return int(tx.execute(insert(page_conflicts).values(row).returning(page_conflicts.c.id)).scalar_one())


def change_conflict(tx: Tx, workspace_id: str, conflict_id: int, **values: Any) -> None:  # noqa: ANN401 - columns differ in type
    tx.execute(
        update(page_conflicts)
        .where(page_conflicts.c.workspace_id == workspace_id, page_conflicts.c.id == conflict_id)
        .values(**values)
    )


def answer_conflict(
    tx: Tx, workspace_id: str, conflict_id: int, state: ConflictState, *, by: str | None, now: datetime
) -> bool:
    """Whether it was open. It never opens again: a newer edit of the page is another one."""
    result = tx.execute(
        update(page_conflicts)
        .where(
            page_conflicts.c.workspace_id == workspace_id,
            page_conflicts.c.id == conflict_id,
            page_conflicts.c.state == ConflictState.OPEN.value,
        )
        .values(state=state.value, answered_by=by, answered_at=now)
    )
    return result.rowcount > 0


def list_overtaken_conflicts(tx: Tx, limit: int) -> tuple[PageConflict, ...]:
    """Open ones of projects that were changed since the record was last looked at, of all workspaces."""
    rows = tx.execute(
        select(*_COLUMNS)
        .join_from(page_conflicts, projects, projects.c.id == page_conflicts.c.project_id)
        .where(
            page_conflicts.c.state == ConflictState.OPEN.value,
            projects.c.revision != page_conflicts.c.revision,
            is_served(page_conflicts.c.workspace_id),
        )
        .order_by(page_conflicts.c.id)
        .limit(limit)
    )
    return tuple(PageConflict.model_validate(dict(row)) for row in rows.mappings())
