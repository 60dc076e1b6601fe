"""`python -m bot import PAGE`: the file, the name that it is known by, and what is refused."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.pages.values import Page
    from bot.services.import_report import ImportReport
    from storage.database import Tx
    from storage.records import Workspace

# Imported when it runs, as in `bot.cli`: `web` must not wait for what only `import` uses.


class InputError(Exception):
    """What was given on the command line cannot be used; the text says why."""


def add_import(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    page = commands.add_parser("import", help="read projects from a MyST page")
    page.add_argument("page", metavar="PAGE", help="the page's file")
    page.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    page.add_argument("--json", action="store_true", help="print what was read and done as JSON")
    page.add_argument("--name", help="by which it is known again; default: the file's path from here")
    page.add_argument("--by", metavar="NAME", help="who edited the page, as the history is to say")
    page.add_argument("--workspace", metavar="ID", help="needed only when the database has several")
    page.add_argument("--archive", action="store_true", help="even if most of its projects are gone from it")
    page.add_argument("--try", dest="trial", action="store_true", help="into the database of `make run`")
    page.set_defaults(command=run_import)


def run_import(options: argparse.Namespace, settings: Settings) -> None:
    from bot.texts_import import report_json, report_text
    from storage.migrate import open_database

    page = _read_page(options.page)
    with (
        closing(open_database(settings.database_url)) as database,
        database.write(dry_run=options.dry_run) as tx,
    ):
        report = _import(tx, options, page)
        if not (options.dry_run or options.archive):
            # Raised before the commit: nothing of the import stays.
            _require_same_page(report, options.page)
    print(report_json(report) if options.json else report_text(report, dry_run=options.dry_run))


def _read_page(name: str) -> "Page":
    from bot.pages import LARGEST, decode_page, read_page
    from bot.pages.errors import PAGE_ERRORS, PageTooLargeError
    from bot.texts_import import page_error_text

    try:
        size = Path(name).stat().st_size
        if size > LARGEST:
            raise PageTooLargeError(size, LARGEST)
        with Path(name).open("rb") as file:
            # Not all of it: a device says that it has no size, and has no end.
            text = decode_page(file.read(LARGEST + 1))
        with progress_bar("Reading", "line") as progress:
            return read_page(text, progress=progress)
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}.") from error
    except PAGE_ERRORS as error:
        raise InputError(page_error_text(error, name)) from error


def _import(tx: "Tx", options: argparse.Namespace, page: "Page") -> "ImportReport":
    from bot import clock
    from bot.errors_publish import Author
    from bot.services.importing import PageImport
    from bot.services.reading_back import find_author
    from bot.services.sample import PAGE_NAME, put_aside

    workspace_id = workspace_meant(tx, options.workspace)
    name = options.name or _page_name(Path(options.page))
    now = clock.now()
    aside = put_aside(tx, workspace_id, page, now) if options.trial and name != PAGE_NAME else []
    with progress_bar("Importing", "project") as progress:
        author = find_author(tx, workspace_id, Author(options.by, "")) if options.by else None
        report = PageImport(tx, workspace_id, name, page, now, author=author).run(progress)
    report.changes[:0] = aside
    return report


def _page_name(path: Path) -> str:
    """Where the file is, seen from this folder: two files of one name in two folders are two pages."""
    resolved = path.resolve()
    if not resolved.is_file():  # a pipe leads nowhere
        return path.as_posix()
    here = Path.cwd().resolve()
    return (resolved.relative_to(here) if resolved.is_relative_to(here) else resolved).as_posix()


def _require_same_page(report: "ImportReport", name: str) -> None:
    """Refuse what looks like another page under this one's name: most projects would be archived."""
    from bot.pages.errors import ManyGoneError
    from bot.services.reading_back import require_same_page
    from bot.texts_import import page_error_text

    try:
        require_same_page(report)
    except ManyGoneError as error:
        raise InputError(page_error_text(error, name)) from error


@contextmanager
def progress_bar(what: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar for people: on a terminal, and only when they would wait."""
    from tqdm import tqdm

    with tqdm(desc=what, unit=unit, disable=None, delay=1, leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show


def workspace_known(tx: "Tx", workspace_id: str) -> "Workspace":
    """Raises InputError, which says which ones there are."""
    from storage.workspaces import find_workspace, list_workspaces

    found = find_workspace(tx, workspace_id)
    if found is None:
        known = ", ".join(workspace.id for workspace in list_workspaces(tx))
        raise InputError(
            f"There is no workspace {workspace_id}. There {'are: ' + known if known else 'is none'}."
        )
    return found


def workspace_meant(tx: "Tx", wanted: str | None) -> str:
    """The one asked for; else the only one; else one that waits for the bot's first connection."""
    from bot import clock
    from storage.workspaces import UNCLAIMED, ensure_workspace

    found = _workspace_among(tx, wanted)
    return found or ensure_workspace(tx, UNCLAIMED, "Not connected yet", clock.now()).id


def workspace_there(tx: "Tx", wanted: str | None) -> str:
    """The one asked for, else the only one. Raises InputError, also where there is none."""
    found = _workspace_among(tx, wanted)
    if found is None:
        raise InputError("There is no workspace yet, so there is nothing to export.")
    return found


def _workspace_among(tx: "Tx", wanted: str | None) -> str | None:
    from storage.workspaces import list_workspaces

    known = [workspace.id for workspace in list_workspaces(tx)]
    if wanted is not None and wanted not in known:
        raise InputError(
            f"There is no workspace {wanted}. There {'are: ' + ', '.join(known) if known else 'is none'}."
        )
    if wanted is None and len(known) > 1:
        raise InputError(f"Which workspace? Say --workspace with one of: {', '.join(known)}.")
    return wanted or next(iter(known), None)
