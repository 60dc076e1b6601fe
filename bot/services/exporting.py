"""Records for others to read: a page, JSON, CSV, or Markdown, piece by piece however many there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.pages.page_style import PageStyle
from bot.pages.template import READING
from bot.services.export_csv import csv_pieces
from bot.services.export_formats import ExportFormat
from bot.services.export_json import json_pieces
from bot.services.export_reading import Progress, Selection
from bot.services.page_rendering import render_pieces
from storage.archived import Archived
from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Template:
    """One that a team has put in the place of ours: its text, and what it is called when it is wrong."""

    text: str
    name: str


def export_pieces(
    tx: Tx,
    selection: Selection,
    file_format: ExportFormat,
    style: PageStyle,
    now: datetime,
    *,
    template: Template | None = None,
    progress: Progress | None = None,
) -> Iterator[bytes]:
    """The file, piece by piece. A template is for pages and Markdown. Raises BrokenTemplateError."""
    match file_format:
        case ExportFormat.JSON:
            return json_pieces(tx, selection, now, progress)
        case ExportFormat.CSV:
            return csv_pieces(tx, selection, now, progress)
        case ExportFormat.MYST:
            pieces = render_pieces(tx, selection, style, now, _named(template), progress=progress)
        case ExportFormat.MD:
            # Whoever reads it wants to know of all that there is.
            read = PageStyle(with_status=True, archived=Archived.REMOVED)
            pieces = render_pieces(tx, selection, read, now, _named(template), own=READING, progress=progress)
    return (piece.encode() for piece in pieces)


def _named(template: Template | None) -> tuple[str, str] | None:
    return None if template is None else (template.text, template.name)
