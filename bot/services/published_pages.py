"""How pages are written and read where they are published: an imported one in its places, all others anew."""

from datetime import datetime

from bot.errors_publish import Author
from bot.pages.page_style import Archived, PageStyle
from bot.pages.template import BrokenTemplateError
from bot.services.page_rendering import render_page
from bot.services.page_writing import keep_page, write_page
from bot.services.publishing import Pages, TroubleError
from storage.database import Tx
from storage.publications import Publication


def style_of(publication: Publication) -> PageStyle:
    return PageStyle(publication.with_status, Archived(publication.archived.value))


def write(tx: Tx, publication: Publication, now: datetime) -> str:
    """Raises TroubleError."""
    where, style = (tx, publication.workspace_id), style_of(publication)
    if publication.page_id is not None:
        return write_page(*where, publication.page_id, style, now)
    try:
        return render_page(*where, style, now, publication.template)
    except BrokenTemplateError as error:
        raise TroubleError("template", str(error)) from error


def read_back(
    _tx: Tx, _workspace_id: str, _page_id: int, _standing: bytes, _author: Author | None, _now: datetime
) -> None:
    """In the place of READING's, which is written beside this: an edit is left as it is."""
    raise TroubleError("not_read_back")


PAGES = Pages(write, keep_page, read_back)
