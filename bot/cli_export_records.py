"""`python -m bot export` as a page, JSON, CSV or Markdown: the records, for people and for other programs."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bot.cli_import import InputError, progress_bar, workspace_known, workspace_there
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.pages.page_style import PageStyle
    from bot.services.exporting import Template
    from bot.services.page_choosing import ImportedPage
    from storage.database import Tx

# Imported when it runs, as in `bot.cli`: `web` must not wait for what only this uses.


def export_records(options: argparse.Namespace, settings: Settings, file_format: str) -> None:
    """Raises InputError, WholeError."""
    from bot import texts_export
    from bot.pages.errors import BrokenTemplateError
    from storage.migrate import open_database

    template = _template(options.template)
    with closing(open_database(settings.database_url)) as database, database.snapshot() as tx:
        workspace_id = workspace_there(tx, options.workspace)
        page = _page_meant(tx, options, workspace_id, file_format)
        try:
            with _out(options.file, replace=options.replace) as out:
                if page is not None:
                    said = _write_back(tx, options, workspace_id, page, out)
                else:
                    said = _write(tx, options, workspace_id, file_format, template, out)
        except BrokenTemplateError as error:
            raise InputError(texts_export.broken_template(error)) from error
    # What is exported may be standard output itself.
    if said:
        print(said, file=sys.stdout if options.file else sys.stderr)


def _page_meant(
    tx: "Tx", options: argparse.Namespace, workspace_id: str, file_format: str
) -> "ImportedPage | None":
    """The imported page that is to be written back; None where it is to be made from nothing."""
    from bot import texts_export
    from bot.services.page_choosing import SeveralPagesError, UnknownPageError, find_only_page

    if file_format != "myst" or options.template or options.new:
        return None
    try:
        page = find_only_page(tx, workspace_id, options.page)
    except SeveralPagesError as error:
        raise InputError(texts_export.several_pages(error.names)) from error
    except UnknownPageError as error:
        raise InputError(texts_export.unknown_page(error.name, error.names)) from error
    if page is not None and options.with_private:
        raise InputError(texts_export.NO_PRIVATE_ON_PAGES)
    return page


def _write_back(
    tx: "Tx", options: argparse.Namespace, workspace_id: str, page: "ImportedPage", out: IO[bytes]
) -> str:
    from bot import clock, texts_export
    from bot.services.page_writing import write_page_told

    written = write_page_told(tx, workspace_id, page.id, _style(options), clock.now())
    out.write(written.text.encode())
    said = [texts_export.written_back(page.name, str(options.file))] if options.file else []
    said += [texts_export.unmoved(written.unmoved)] if written.unmoved else []
    return "\n".join(said)


def _write(  # noqa: PLR0917 - what the command line says, and where it goes
    tx: "Tx",
    options: argparse.Namespace,
    workspace_id: str,
    file_format: str,
    template: "Template | None",
    out: IO[bytes],
) -> str:
    from bot import clock, texts_export
    from bot.services.export_formats import ExportFormat
    from bot.services.export_reading import Selection
    from bot.services.exporting import export_pieces
    from storage.project_batches import count_private

    workspace, count = workspace_known(tx, workspace_id), 0
    selection = Selection(workspace_id, with_private=options.with_private)
    with progress_bar("Exporting", "project") as show:

        def shown(done: int, total: int) -> None:
            nonlocal count
            count = done
            show(done, total)

        what = ExportFormat(file_format), _style(options), clock.now()
        for piece in export_pieces(tx, selection, *what, template=template, progress=shown):
            out.write(piece)
    private = texts_export.private_ones(count_private(tx, workspace_id), are_there=options.with_private)
    if not options.file:
        return private
    place = str(options.file)
    said = texts_export.exported(workspace.name, workspace_id, place, file_format, count)
    return f"{said} {private}".rstrip()


def _style(options: argparse.Namespace) -> "PageStyle":
    from bot.pages.page_style import PageStyle
    from storage.archived import Archived

    archived = Archived.MARKED if options.archived == "mark" else Archived.REMOVED
    return PageStyle(options.with_status, archived)


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
