"""Which imported page is written back, where a workspace has one."""

from dataclasses import dataclass

from storage.database import Tx
from storage.page_names import list_page_names


@dataclass(unsafe_hash=True)
class UnknownPageError(Exception):
    """No page was imported by that name; the names that there are."""

    name: str
    names: tuple[str, ...]


@dataclass(unsafe_hash=True)
class SeveralPagesError(Exception):
    """The workspace has several, and none was named."""

    names: tuple[str, ...]


def find_only_page(tx: Tx, workspace_id: str, name: str | None) -> int | None:
    """The id of the page of that name, or of the only one; None where none was imported.

    Raises UnknownPageError, SeveralPagesError.
    """
    pages = list_page_names(tx, workspace_id)
    if name is not None and name not in pages:
        raise UnknownPageError(name, tuple(pages))
    if name is None and len(pages) > 1:
        raise SeveralPagesError(tuple(pages))
    return pages[name] if name is not None else next(iter(pages.values()), None)
