"""The commands of `python -m bot`. What went wrong is said in one line, and in the exit code.

0: done. 1: something outside is not as it should be (settings, database, Slack). 2: the input is wrong.
"""

import argparse
import functools
import gc
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import CannotListenError, PortInUseError, SlackRefusedError, SlackUnreachableError
from bot.settings import Settings, SettingsError, read_settings
from storage.errors import SchemaError, UnreachableError

if TYPE_CHECKING:
    from bot.pages.values import Page
    from bot.services.import_report import ImportReport
    from storage.database import Tx

# Each command imports what it needs when it runs: `web` must not wait for what only `import` uses.


class InputError(Exception):
    """What was given on the command line cannot be used; the text says why."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    # What it says of a call that failed, the one who called says too.
    logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace, Settings], int | None] = options.command
    try:
        return command(options, read_settings()) or 0
    except InputError as error:
        return _fail(str(error), 2)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        return _fail(sentence, 1)


def _fail(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


def _sentence(error: Exception) -> str | None:  # noqa: PLR0911 - a case an error
    """The one line for what whoever runs the bot can put right; None for a mistake of ours."""
    match error:
        case SettingsError():
            return " ".join(error.problems) + " Set it in the environment or in .env (see .env.sample)."
        case UnreachableError():
            return f"The database cannot be opened ({error.address}): {error.reason}"
        case SchemaError(is_newer=True):
            return (
                f"The database is that of a newer version of Waymark (schema {error.found}, this one knows "
                f"{error.wanted}). Update Waymark."
            )
        case SchemaError():
            return (
                f"The database's schema is {error.found}, this version needs {error.wanted}. "
                "Run: python -m bot migrate"
            )
        case SlackRefusedError():
            return f"Slack refused {error.method}: {error.code}. Is SLACK_BOT_TOKEN this app's bot token?"
        case SlackUnreachableError():
            return f"Slack does not answer at SLACK_API_URL: {error}"
        case PortInUseError():
            return f"Port {error.port} is in use. Choose another: PORT={error.port + 1}"
        case CannotListenError():
            return f"Cannot listen on {error.host}, port {error.port}: {error.reason}"
    return None


def run_web(options: argparse.Namespace, settings: Settings) -> None:
    # Whatever is loaded now stays: looking through it for garbage took a seventh of the imports' time.
    gc.disable()
    from bot.app import create_wsgi, prepare
    from bot.web.server import require_free_port, serve

    port = settings.port if options.port is None else options.port
    require_free_port(options.host, port)
    identity = prepare(settings)
    print(f"Waymark listens on http://{options.host}:{port}/slack/events", flush=True)
    gc.freeze()
    gc.enable()
    serve(functools.partial(create_wsgi, settings, identity), options.host, port, options.workers)


def run_try(_options: argparse.Namespace, settings: Settings) -> int:
    if settings.slack_bot_token.get_secret_value():
        raise InputError(
            "SLACK_BOT_TOKEN is set: unset it to try Waymark without Slack, or run: python -m bot web"
        )
    from bot.trial import run_trial

    return run_trial(settings)


def run_migrate(_options: argparse.Namespace, settings: Settings) -> None:
    from storage.database import Database
    from storage.migrate import migrate

    with closing(Database(settings.database_url)) as database:
        done = migrate(database)
    print(f"{database.address}: {'brought up to date' if done else 'was up to date already'}")


def run_import(options: argparse.Namespace, settings: Settings) -> None:
    from bot.texts_import import report_json, report_text
    from storage.migrate import open_database

    page = _read_page(options.page)
    with (
        closing(open_database(settings.database_url)) as database,
        database.write(dry_run=options.dry_run) as tx,
    ):
        report = _import(tx, options, page)
    print(report_json(report) if options.json else report_text(report, dry_run=options.dry_run))


def _read_page(name: str) -> "Page":
    from bot.pages import LARGEST, PageError, decode_page, read_page
    from bot.pages.errors import PageTooLargeError
    from bot.texts_import import page_error_text

    try:
        size = Path(name).stat().st_size
        if size > LARGEST:
            raise PageTooLargeError(size, LARGEST)
        with Path(name).open("rb") as file:
            # Not all of it: a device says that it has no size, and has no end.
            text = decode_page(file.read(LARGEST + 1))
        with _progress("Reading", "line") as progress:
            return read_page(text, progress=progress)
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}.") from error
    except PageError as error:
        raise InputError(page_error_text(error, name)) from error


def _import(tx: "Tx", options: argparse.Namespace, page: "Page") -> "ImportReport":
    from bot import clock
    from bot.services.importing import PageImport

    workspace_id = _workspace(tx, options.workspace)
    name = options.name or Path(options.page).name
    with _progress("Importing", "project") as progress:
        return PageImport(tx, workspace_id, name, page, clock.now()).run(progress)


@contextmanager
def _progress(what: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar for people: on a terminal, and only when they would wait."""
    from tqdm import tqdm

    with tqdm(desc=what, unit=unit, disable=None, delay=1, leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show


def _workspace(tx: "Tx", wanted: str | None) -> str:
    """The one asked for; else the only one; else one that waits for the bot's first connection."""
    from bot import clock
    from storage.workspaces import UNCLAIMED, ensure_workspace, list_workspaces

    known = [workspace.id for workspace in list_workspaces(tx)]
    if wanted is not None and wanted not in known:
        raise InputError(
            f"There is no workspace {wanted}. There {'are: ' + ', '.join(known) if known else 'is none'}."
        )
    if wanted is None and len(known) > 1:
        raise InputError(f"Which workspace? Say --workspace with one of: {', '.join(known)}.")
    if wanted or known:
        return wanted or known[0]
    return ensure_workspace(tx, UNCLAIMED, "Not connected yet", clock.now()).id


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:  # noqa: PLR2004 - the ports that there are
        raise argparse.ArgumentTypeError(f"{port} is no port: 0 to 65535")
    return port


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Waymark keeps project records true.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    web = commands.add_parser("web", help="serve Slack's requests at /slack/events")
    web.add_argument("--port", type=_port, help="default: the setting PORT, or 3000")
    web.add_argument("--host", default="127.0.0.1", help="default: %(default)s")
    web.add_argument("--workers", type=int, default=1, help="processes; default: %(default)s")
    web.set_defaults(command=run_web)

    trial = commands.add_parser("try", help="try the bot in a browser, without Slack")
    trial.set_defaults(command=run_try)

    page = commands.add_parser("import", help="read projects from a MyST page")
    page.add_argument("page", metavar="PAGE", help="the page's file")
    page.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    page.add_argument("--json", action="store_true", help="print what was read and done as JSON")
    page.add_argument("--name", help="the page's name, by which it is known again; default: the file's")
    page.add_argument("--workspace", metavar="ID", help="needed only when the database has several")
    page.set_defaults(command=run_import)

    migrate = commands.add_parser("migrate", help="bring the database up to date")
    migrate.set_defaults(command=run_migrate)
    return parser
