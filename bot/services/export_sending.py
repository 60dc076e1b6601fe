"""A file of records that was asked for in chat is made, for whoever asked alone."""

from datetime import datetime
from typing import NamedTuple

from bot.pages.page_style import PageStyle
from bot.services.asking import ONCE_IN
from bot.services.export_asking import ExportWish
from bot.services.export_formats import ExportFormat
from bot.services.export_reading import Selection, list_selected
from bot.services.exporting import export_pieces
from bot.services.page_choosing import find_page_to_send
from bot.services.page_writing import write_page_told
from storage.database import Tx
from storage.projects import find_seen_project
from storage.sight import of_place


class ExportedFile(NamedTuple):
    """`name` is another one for each file that somebody asks for, so that it is known again.

    `unmoved`: the slugs of projects that the page cannot show where they belong.
    """

    name: str
    content: bytes
    projects: int
    file_format: ExportFormat
    unmoved: tuple[str, ...] = ()


def write_export(tx: Tx, workspace_id: str, wish: ExportWish, now: datetime) -> ExportedFile | None:
    """The file as the records are now; None where the person sees nothing of it any more."""
    selection = wish.selection(workspace_id)
    name = "projects"
    if wish.project_id is not None:
        project = find_seen_project(tx, workspace_id, of_place(wish.person_id), wish.project_id)
        if project is None:
            return None
        name = project.slug
    count = len(list_selected(tx, selection))
    if count == 0:
        return None
    content, unmoved = _content(tx, selection, wish.file_format, now)
    minute = datetime.fromtimestamp(wish.minute * ONCE_IN.total_seconds(), tz=now.tzinfo)
    stamp = f"{minute:%Y-%m-%d-%H%M}"
    kind = "page." if wish.file_format is ExportFormat.MYST else ""
    name = f"{name}-{stamp}.{kind}{wish.file_format.ending}"
    return ExportedFile(name, content, count, wish.file_format, unmoved)


def _content(
    tx: Tx, selection: Selection, file_format: ExportFormat, now: datetime
) -> tuple[bytes, tuple[str, ...]]:
    page_id = find_page_to_send(tx, selection) if file_format is ExportFormat.MYST else None
    if page_id is not None:
        where = tx, selection.workspace_id, page_id
        written = write_page_told(*where, PageStyle(), now, keeps_private=True)
        return written.text.encode(), written.unmoved
    return b"".join(export_pieces(tx, selection, file_format, PageStyle(), now)), ()
