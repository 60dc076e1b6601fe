"""`python -m bot export` as a page, JSON, CSV or Markdown: the records, for people and for other programs."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bot.cli_import import InputError, progress_bar, workspace_known, workspace_there
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.pages.page_style import PageStyle
    from bot.services.export_reading import Selection
    from bot.services.exporting import Template
    from storage.database import Tx

# Imported when it runs, as in `bot.cli`: `web` must not wait for what only this uses.


def export_records(options: argparse.Namespace, settings: Settings, file_format: str) -> None:
    """Raises InputError, WholeError."""
    from bot import texts_export
    from bot.pages.template import BrokenTemplateError
    from bot.services.export_reading import Selection
    from storage.migrate import open_database
    from storage.project_batches import count_private

    template = _template(options.template)
    with closing(open_database(settings.database_url)) as database, database.snapshot() as tx:
        workspace = workspace_known(tx, workspace_there(tx, options.workspace))
        selection = Selection(workspace.id, with_private=options.with_private)
        counted = _Counted()
        try:
            with (
                _out(options.file, replace=options.replace) as out,
                progress_bar("Exporting", "project") as bar,
            ):
                for piece in _pieces(
                    tx,
                    options,
                    selection,
                    file_format=file_format,
                    template=template,
                    progress=counted.through(bar),
                ):
                    out.write(piece)
        except BrokenTemplateError as error:
            raise InputError(texts_export.broken_template(error)) from error
        said = [texts_export.private_ones(count_private(tx, workspace.id), are_there=options.with_private)]
    if options.file:
        place = str(options.file)
        said.insert(0, texts_export.exported(workspace.name, workspace.id, place, file_format, counted.count))
    # What is exported may be standard output itself.
    if words := " ".join(filter(None, said)):
        print(words, file=sys.stdout if options.file else sys.stderr)


class _Counted:
    """How many projects were written, as far as they were counted."""

    def __init__(self) -> None:
        self.count = 0

    def through(self, show: Callable[[int, int], None]) -> Callable[[int, int], None]:
        def shown(done: int, total: int) -> None:
            self.count = done
            show(done, total)

        return shown


def _pieces(
    tx: "Tx",
    options: argparse.Namespace,
    selection: "Selection",
    *,
    file_format: str,
    template: "Template | None",
    progress: Callable[[int, int], None],
) -> Iterator[bytes]:
    from bot import clock
    from bot.pages.page_style import Archived, PageStyle
    from bot.services.exporting import ExportFormat, export_pieces

    style, now = PageStyle(options.with_status, Archived(options.archived)), clock.now()
    if file_format == ExportFormat.MYST and template is None:
        page = _written_back(tx, options, selection, style)
        if page is not None:
            return iter([page])
    return export_pieces(
        tx, selection, ExportFormat(file_format), style, now, template=template, progress=progress
    )


def _written_back(
    tx: "Tx", options: argparse.Namespace, selection: "Selection", style: "PageStyle"
) -> bytes | None:
    """The page that was imported, as the records say now; None where none was."""
    from bot import clock, texts_export
    from bot.services.page_choosing import SeveralPagesError, UnknownPageError, find_only_page
    from bot.services.page_writing import write_page

    try:
        page_id = find_only_page(tx, selection.workspace_id, options.page)
    except SeveralPagesError as error:
        raise InputError(texts_export.several_pages(error.names)) from error
    except UnknownPageError as error:
        raise InputError(texts_export.unknown_page(error.name, error.names)) from error
    return (
        None
        if page_id is None
        else write_page(tx, selection.workspace_id, page_id, style, clock.now()).encode()
    )


def _template(path: Path | None) -> "Template | None":
    from bot.services.exporting import Template

    if path is None:
        return None
    try:
        return Template(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is no text in UTF-8 (byte {error.start}).") from error


@contextmanager
def _out(path: Path | None, *, replace: bool) -> Iterator[IO[bytes]]:
    """The file, which is there whole or not at all, or standard output."""
    from storage.new_files import new_file

    if path is None:
        with nullcontext(sys.stdout.buffer) as out:
            yield out
        return
    # Whoever could read it before can still do so.
    mode = path.stat().st_mode if replace and path.exists() else None
    with new_file(path, (lambda _: True) if replace else None) as file:
        yield file
    if mode is not None:
        path.chmod(mode)
