"""Pages as they were last imported, and where on them each value stands."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from storage.database import Tx
from storage.records import Page, Place
from storage.tables import pages, places


def find_page(tx: Tx, workspace_id: str, name: str) -> Page | None:
    row = tx.execute(
        select(pages.c.id, pages.c.name, pages.c.text, pages.c.imported_at).where(
            pages.c.workspace_id == workspace_id, pages.c.name == name
        )
    ).one_or_none()
    return None if row is None else Page(id=row[0], name=row[1], text=row[2], imported_at=row[3])


def save_page(tx: Tx, workspace_id: str, name: str, text: str, now: datetime) -> int:
    """The page's id, new or not."""
    found = find_page(tx, workspace_id, name)
    if found is None:
        values = {"workspace_id": workspace_id, "name": name, "text": text, "imported_at": now}
        return int(tx.execute(insert(pages).values(values).returning(pages.c.id)).scalar_one())
    tx.execute(update(pages).where(pages.c.id == found.id).values(text=text, imported_at=now))
    return found.id


def list_places(tx: Tx, workspace_id: str, page_id: int) -> tuple[Place, ...]:
    """Every value's place on the page, in the page's order."""
    rows = tx.execute(
        select(
            places.c.id,
            places.c.page_id,
            places.c.project_id,
            places.c.item,
            places.c.item_id,
            places.c.value,
            places.c.start,
            places.c.end,
            places.c.line,
        )
        .where(places.c.workspace_id == workspace_id, places.c.page_id == page_id)
        .order_by(places.c.start, places.c.id)
    )
    return tuple(
        Place(
            id=row.id,
            page_id=row.page_id,
            project_id=row.project_id,
            item=row.item,
            item_id=row.item_id,
            value=row.value,
            start=row.start,
            end=row.end,
            line=row.line,
        )
        for row in rows
    )


def replace_places(tx: Tx, workspace_id: str, page_id: int, new: Sequence[dict[str, Any]]) -> None:
    """Set all places of a page: each has the columns of `Place` but `id` and `page_id`."""
    tx.execute(delete(places).where(places.c.workspace_id == workspace_id, places.c.page_id == page_id))
    if new:
        tx.execute(
            insert(places), [{"workspace_id": workspace_id, "page_id": page_id, **place} for place in new]
        )


def list_placed_projects(tx: Tx, workspace_id: str, project_ids: Iterable[int]) -> set[int]:
    """Those of the projects that stand on some page."""
    wanted = list(project_ids)
    rows = tx.execute(
        select(places.c.project_id)
        .where(places.c.workspace_id == workspace_id, places.c.project_id.in_(wanted))
        .distinct()
    )
    return {project_id for (project_id,) in rows}
