"""Pages as they were last imported, and where on them each value stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import AwareDatetime
from sqlalchemy import and_, delete, func, insert, select, union_all, update

from storage.database import Tx
from storage.errors import NotFoundError
from storage.records import Record
from storage.slack_tables import channels
from storage.tables import pages, places, project_aliases, projects


class Page(Record):
    """A page as it was last imported, every character of it."""

    id: int
    name: str
    text: str
    imported_at: AwareDatetime


class Place(Record):
    """Where on a page a value stands, and what it was when it was last read.

    `item` says which value: "project" (its slug), "label", "name", "summary", "goal", "parent", "outcome",
    "link", "member" or "status" (how an outcome stands); `item_id` which outcome, link or member. Offsets
    count characters of the page's text.

    `line` is 0 when the project is no longer on the page: then this is only what it last said, so that it is
    known again when it is back. An "archived" beside it says that it was archived for being gone, or left
    the page when it was archived; a "withdrawn", that it left the page when it became private.
    """

    id: int
    page_id: int
    project_id: int
    item: str
    item_id: int | None
    value: str
    start: int
    end: int
    line: int


_COLUMNS = tuple(column for column in places.c if column.name != "workspace_id")


def find_page(tx: Tx, workspace_id: str, name: str) -> Page | None:
    row = tx.execute(
        select(pages.c.id, pages.c.name, pages.c.text, pages.c.imported_at).where(
            pages.c.workspace_id == workspace_id, pages.c.name == name
        )
    ).one_or_none()
    return None if row is None else Page(id=row[0], name=row[1], text=row[2], imported_at=row[3])


def get_page_name(tx: Tx, workspace_id: str, page_id: int) -> str:
    """Its name alone: a page is long. Raises NotFoundError."""
    mine = (pages.c.workspace_id == workspace_id, pages.c.id == page_id)
    found: str | None = tx.execute(select(pages.c.name).where(*mine)).scalar_one_or_none()
    if found is None:
        raise NotFoundError("page", page_id)
    return found


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
        select(*_COLUMNS)
        .where(places.c.workspace_id == workspace_id, places.c.page_id == page_id)
        .order_by(places.c.start, places.c.id)
    )
    return tuple(Place.model_validate(dict(row)) for row in rows.mappings())


def list_places_of_project(tx: Tx, workspace_id: str, project_id: int) -> tuple[Place, ...]:
    """Its places on the page that was imported last of those that it stands on, else of those it stood on."""
    is_its_own = (places.c.workspace_id == workspace_id, places.c.project_id == project_id)
    last = (
        select(pages.c.id)
        .join_from(pages, places, places.c.page_id == pages.c.id)
        .where(*is_its_own)
        .order_by((places.c.line > 0).desc(), pages.c.imported_at.desc(), pages.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = tx.execute(
        select(*_COLUMNS).where(*is_its_own, places.c.page_id == last).order_by(places.c.start, places.c.id)
    )
    return tuple(Place.model_validate(dict(row)) for row in rows.mappings())


def find_other_page(tx: Tx, workspace_id: str, project_id: int, page_name: str) -> str | None:
    """The name of a page of another name that it stands on too: of several, the one imported last."""
    return tx.execute(
        select(pages.c.name)
        .join_from(places, pages, pages.c.id == places.c.page_id)
        .where(
            places.c.workspace_id == workspace_id,
            places.c.project_id == project_id,
            places.c.line > 0,
            pages.c.name != page_name,
        )
        .order_by(pages.c.imported_at.desc(), pages.c.id.desc())
        .limit(1)
    ).scalar()


def list_private_on(tx: Tx, workspace_id: str, page_id: int) -> tuple[str, ...]:
    """The slugs of projects that stand on the page itself, of channels of which Slack has said: private."""
    of_its_channel = and_(
        channels.c.workspace_id == projects.c.workspace_id, channels.c.id == projects.c.seen_in
    )
    found = (
        select(projects.c.slug)
        .join_from(places, projects, projects.c.id == places.c.project_id)
        .join(channels, of_its_channel)
        .where(
            places.c.workspace_id == workspace_id,
            places.c.page_id == page_id,
            places.c.line > 0,
            projects.c.is_private,
            channels.c.is_private,
        )
        .distinct()
        .order_by(projects.c.slug)
    )
    return tuple(tx.execute(found).scalars())


def list_private_elsewhere(tx: Tx, workspace_id: str, page_id: int) -> frozenset[str]:
    """What projects of private channels that do not stand on the page are called: slugs and aliases."""
    stands_here = (
        select(places.c.id)
        .where(
            places.c.workspace_id == workspace_id,
            places.c.page_id == page_id,
            places.c.project_id == projects.c.id,
            places.c.line > 0,
        )
        .exists()
    )
    hidden = (projects.c.workspace_id == workspace_id, projects.c.is_private, ~stands_here)
    slugs = select(projects.c.slug).where(*hidden)
    also = (
        select(project_aliases.c.alias)
        .join_from(project_aliases, projects, projects.c.id == project_aliases.c.project_id)
        .where(*hidden)
    )
    return frozenset(tx.execute(union_all(slugs, also)).scalars())


def replace_places(tx: Tx, workspace_id: str, page_id: int, new: Sequence[dict[str, Any]]) -> None:
    """Set all places of a page: each has the columns of `Place` but `id` and `page_id`."""
    tx.execute(delete(places).where(places.c.workspace_id == workspace_id, places.c.page_id == page_id))
    if new:
        tx.execute(
            insert(places), [{"workspace_id": workspace_id, "page_id": page_id, **place} for place in new]
        )


class Stand(NamedTuple):
    """That a project stands on a page, or (`line` is 0) stood there once."""

    project_id: int
    page_id: int
    line: int


def get_page(tx: Tx, workspace_id: str, page_id: int) -> Page:
    """Raises NotFoundError."""
    row = tx.execute(
        select(pages.c.id, pages.c.name, pages.c.text, pages.c.imported_at).where(
            pages.c.workspace_id == workspace_id, pages.c.id == page_id
        )
    ).one_or_none()
    if row is None:
        raise NotFoundError("page", page_id)
    return Page(id=row[0], name=row[1], text=row[2], imported_at=row[3])


def list_page_names(tx: Tx, workspace_id: str) -> dict[int, str]:
    """By id, the oldest first."""
    rows = tx.execute(
        select(pages.c.id, pages.c.name).where(pages.c.workspace_id == workspace_id).order_by(pages.c.id)
    )
    return {row[0]: row[1] for row in rows}


def list_stands(tx: Tx, workspace_id: str) -> tuple[Stand, ...]:
    """Of every project, on which pages it stands."""
    rows = tx.execute(
        select(places.c.project_id, places.c.page_id, func.max(places.c.line))
        .where(places.c.workspace_id == workspace_id)
        .group_by(places.c.page_id, places.c.project_id)
        .order_by(places.c.page_id, places.c.project_id)
    )
    return tuple(Stand(*row) for row in rows)
