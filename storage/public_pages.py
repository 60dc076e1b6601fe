"""Public pages: whether a workspace shows its public projects to everybody, where, and how much of them."""

from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import func, insert, select, update

from storage.database import Tx
from storage.public_tables import public_pages
from storage.records import Record
from storage.serving import is_served
from storage.tables import projects, workspaces


class PublicPage(Record):
    """`address`: what stands for the workspace in addresses. `title`: the workspace's name.

    `seed`: what the ids of its feed and its calendar are made of. `with_names`: of owners and of the team;
    `with_notes`: the words beside a status.
    """

    workspace_id: str
    title: str
    is_on: bool
    address: str
    seed: str
    with_names: bool
    with_notes: bool
    changed_by: str
    changed_at: AwareDatetime


_COLUMNS = (
    *(public_pages.c[name] for name in PublicPage.model_fields if name != "title"),
    workspaces.c.name.label("title"),
)
_PAGES = select(*_COLUMNS).join_from(public_pages, workspaces, workspaces.c.id == public_pages.c.workspace_id)


def find_public_page(tx: Tx, workspace_id: str) -> PublicPage | None:
    """That of a workspace, whether it is on or not; None where nobody has ever said so."""
    found = _PAGES.where(public_pages.c.workspace_id == workspace_id)
    row = tx.execute(found).mappings().one_or_none()
    return None if row is None else PublicPage.model_validate(dict(row))


def find_published(tx: Tx, address: str) -> PublicPage | None:
    """The one at this address, if it is on and its workspace still has the bot."""
    return next(iter(_published(tx, public_pages.c.address == address)), None)


def find_only_published(tx: Tx) -> PublicPage | None:
    """The one that is on, where that is the only one."""
    found = _published(tx)
    return found[0] if len(found) == 1 else None


def find_published_of(tx: Tx, workspace_id: str) -> PublicPage | None:
    """As `find_published`, that of a workspace."""
    return next(iter(_published(tx, public_pages.c.workspace_id == workspace_id)), None)


def list_addresses_like(tx: Tx, beginning: str) -> frozenset[str]:
    """The addresses that begin so, of any workspace."""
    found = select(public_pages.c.address).where(
        public_pages.c.address.startswith(beginning, autoescape=True)
    )
    return frozenset(tx.execute(found).scalars())


def save_public_page(tx: Tx, workspace_id: str, **values: Any) -> None:  # noqa: ANN401 - columns differ in type
    """Set the named columns; all of them for a new one. After `lock_workspace`."""
    mine = public_pages.c.workspace_id == workspace_id
    if tx.execute(update(public_pages).where(mine).values(**values)).rowcount == 0:
        tx.execute(insert(public_pages).values(workspace_id=workspace_id, **values))


def read_version(tx: Tx, workspace_id: str) -> str:
    """Another one after every change of any record of the workspace: see storage/revisions.py.

    Also of one that is private now: its revision has grown with that.
    """
    found = select(func.count(), func.max(projects.c.id), func.sum(projects.c.revision)).where(
        projects.c.workspace_id == workspace_id
    )
    return ".".join(str(value or 0) for value in tx.execute(found).one())


def _published(tx: Tx, *conditions: Any) -> tuple[PublicPage, ...]:  # noqa: ANN401 - conditions of SQLAlchemy's
    """At most two."""
    found = _PAGES.where(public_pages.c.is_on, is_served(public_pages.c.workspace_id), *conditions)
    rows = tx.execute(found.order_by(public_pages.c.workspace_id).limit(2)).mappings()
    return tuple(PublicPage.model_validate(dict(row)) for row in rows)
