"""`python -m bot publish add`: what is looked at before a page goes anywhere."""

import argparse
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli_import import InputError, workspace_meant
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.publish import Target
    from storage.database import Database, Tx

# Imported when it runs, as in `bot.cli`: `web` must not wait for what only this uses.

_ALL = 10_000


@contextmanager
def opened_database(settings: Settings) -> "Iterator[Database]":
    """Raises as `open_database`."""
    from storage.migrate import open_database

    with closing(open_database(settings.database_url)) as database:
        yield database


def run_add(options: argparse.Namespace, settings: Settings) -> None:
    from bot import clock
    from bot.texts_publish_cli import is_added
    from storage.archived import Archived
    from storage.pages import find_page, list_private_on
    from storage.publications import add_publication

    template = None if options.template is None else _template(options.template)
    if template is not None and options.page is not None:
        raise InputError("--template is for a new page: leave it out, or leave PAGE out.")
    address = options.to.strip()
    target = _opened(settings, address)
    with opened_database(settings) as database:
        with database.write() as tx:
            workspace_id = workspace_meant(tx, options.workspace)
            page = None if options.page is None else find_page(tx, workspace_id, options.page)
            if options.page is not None and page is None:
                raise InputError(_no_page(tx, workspace_id, options.page))
        _require_free(target, address, None if page is None else page.text, options.page)
        with database.write() as tx:
            added = add_publication(
                tx,
                workspace_id,
                address,
                page_id=None if page is None else page.id,
                now=clock.now(),
                with_status=options.with_status,
                archived=Archived.MARKED if options.archived == "mark" else Archived.REMOVED,
                template=template,
            )
            if added is None:
                raise InputError(_taken(tx, workspace_id, address, options.page))
            _require_composed(tx, workspace_id, added)
            private = () if page is None else list_private_on(tx, workspace_id, page.id)
    print(is_added(added, address, options.page, private, is_trial=options.trial))


def _opened(settings: Settings, address: str) -> "Target":
    from bot.app_publishing import target_opener
    from bot.errors_publish import AddressError, PublishError
    from bot.texts_publish_cli import not_looked_at, wrong_address

    try:
        return target_opener(settings)(address)
    except AddressError as error:
        raise InputError(wrong_address(address, error.problem, error.part)) from error
    except PublishError as error:
        raise InputError(not_looked_at(address, error.reason.value, "")) from error


def _template(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 at byte {error.start}.") from error


def _require_free(target: "Target", address: str, text: str | None, page: str | None) -> None:
    """Nothing is there, or the page as it was imported: nothing else is ever written over."""
    from bot.errors_publish import PublishError
    from bot.texts_publish_cli import is_occupied, not_looked_at

    try:
        standing = target.read()
    except PublishError as error:
        raise InputError(not_looked_at(address, error.reason.value, error.detail)) from error
    if standing is not None and (text is None or standing.data != text.encode()):
        raise InputError(is_occupied(address, page))


def _require_composed(tx: "Tx", workspace_id: str, publication_id: int) -> None:
    """A template with a mistake in it is refused before anything is published."""
    from bot import clock
    from bot.services.published_pages import PAGES
    from bot.services.publishing import TroubleError
    from bot.texts_publish_cli import not_looked_at
    from storage.publications import find_publication

    publication = find_publication(tx, workspace_id, publication_id)
    try:
        if publication is not None:
            PAGES.write(tx, publication, clock.now())
    except TroubleError as error:
        raise InputError(not_looked_at("The page", error.code, error.detail)) from error


def _no_page(tx: "Tx", workspace_id: str, name: str) -> str:
    from storage.pages import list_page_names

    known = ", ".join(list_page_names(tx, workspace_id).values())
    return (
        f"No page {name} was imported. There {f'are: {known}' if known else 'is none'}. "
        "Import it first: python -m bot import FILE"
    )


def _taken(tx: "Tx", workspace_id: str, address: str, page: str | None) -> str:
    from storage.publication_changes import list_placed

    for each in list_placed(tx, workspace_id, _ALL):
        if each.publication.address == address:
            return f"A page goes to {address} already: publication {each.publication.id}."
        if page is not None and each.page == page:
            return (
                f"{page} goes to {each.publication.address} already (publication {each.publication.id}), and "
                "a page goes to one place: remove that first."
            )
    return f"A page of another workspace goes to {address}: choose another place."
