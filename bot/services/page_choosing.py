"""Which imported page is written back, where a workspace has one."""

from dataclasses import dataclass
from typing import NamedTuple

from bot.services.export_reading import Selection, list_selected
from storage.database import Tx
from storage.pages import list_page_names, list_stands
from storage.sight import EVERYTHING


@dataclass(unsafe_hash=True)
class UnknownPageError(Exception):
    """No page was imported by that name; the names that there are."""

    name: str
    names: tuple[str, ...]


@dataclass(unsafe_hash=True)
class SeveralPagesError(Exception):
    """The workspace has several, and none was named."""

    names: tuple[str, ...]


class ImportedPage(NamedTuple):
    id: int
    name: str


def find_only_page(tx: Tx, workspace_id: str, name: str | None) -> ImportedPage | None:
    """The page of that name, or the only one; None where none was imported.

    Raises UnknownPageError, SeveralPagesError.
    """
    pages = {page: page_id for page_id, page in list_page_names(tx, workspace_id).items()}
    names = tuple(sorted(pages))
    if name is not None and name not in pages:
        raise UnknownPageError(name, names)
    if name is None and len(pages) > 1:
        raise SeveralPagesError(names)
    chosen = next(iter(pages), None) if name is None else name
    return None if chosen is None else ImportedPage(pages[chosen], chosen)


def find_page_to_send(tx: Tx, selection: Selection) -> int | None:
    """The workspace's only page, for somebody who sees all that stands on it and all that may come there.

    None for others: its text says more than they may know.
    """
    pages = list_page_names(tx, selection.workspace_id)
    if selection.project_id is not None or len(pages) != 1:
        return None
    stand = {each.project_id for each in list_stands(tx, selection.workspace_id)}
    public = set(list_selected(tx, Selection(selection.workspace_id, EVERYTHING)))
    return next(iter(pages)) if (stand | public) <= set(list_selected(tx, selection)) else None
