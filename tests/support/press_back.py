"""A page that is published and read back, through all that does so, with files as its place."""

from datetime import datetime

from bot.pages.page_style import PageStyle
from bot.services.page_keeping import keep_page
from bot.services.page_writing import WrittenPage, write_page_told
from bot.services.publishing import Pages
from bot.services.reading_back import read_back
from storage.database import Tx
from storage.page_conflicts import list_held
from storage.publications import Publication


def _write(tx: Tx, publication: Publication, now: datetime) -> WrittenPage:
    assert publication.page_id is not None
    where = tx, publication.workspace_id, publication.page_id
    return write_page_told(*where, PageStyle(), now, held=list_held(*where))


PAGES = Pages(_write, keep_page, read_back)
