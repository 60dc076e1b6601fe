"""How pages are written and read where they are published: an imported one in its places, all others anew."""

from datetime import datetime

from bot.pages.errors import BrokenTemplateError
from bot.pages.page_style import PageStyle
from bot.services.page_rendering import render_page
from bot.services.page_writing import WrittenPage, keep_page, write_page_told
from bot.services.publishing import Pages, TroubleError
from bot.services.reading_back import read_back
from storage.database import Tx
from storage.page_conflicts import list_held
from storage.publications import Publication


def style_of(publication: Publication) -> PageStyle:
    return PageStyle(publication.with_status, publication.archived)


def write(tx: Tx, publication: Publication, now: datetime) -> WrittenPage:
    """What both the page and people have changed stays as it is there until it is decided.

    Raises TroubleError.
    """
    where, style = (tx, publication.workspace_id), style_of(publication)
    if publication.page_id is not None:
        held = list_held(*where, publication.page_id)
        return write_page_told(*where, publication.page_id, style, now, held=held)
    try:
        return WrittenPage(render_page(*where, style, now, publication.template))
    except BrokenTemplateError as error:
        raise TroubleError("template", str(error)) from error


PAGES = Pages(write, keep_page, read_back)
