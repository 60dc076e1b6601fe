"""The commands of `python -m bot`. What went wrong is said in one line, and in the exit code.

0: done. 1: something outside is not as it should be (settings, database, Slack). 2: the input is wrong.
`doctor` has codes of its own, which its --help says.
"""

import argparse
import functools
import gc
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import closing

from bot import logs
from bot.cli_backup import add_backup, add_restore
from bot.cli_days_off import add_days_off
from bot.cli_doctor import add_doctor, run_doctor
from bot.cli_export import add_export
from bot.cli_faults import sentence_for
from bot.cli_forget import add_forget
from bot.cli_import import InputError, add_import
from bot.cli_key import run_key
from bot.cli_manifest import run_manifest
from bot.cli_publish import add_publish
from bot.cli_run import run_team
from bot.cli_tick import add_tick
from bot.cli_try import add_try, for_trial
from bot.cli_watch import add_watch_options, share_metrics, watching
from bot.ending import end_anyway
from bot.settings import Settings, read_settings

# Each command imports what it needs when it runs: `web` must not wait for what only `import` uses.


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit code."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace, Settings], int | None] = options.command
    # What is wrong with the settings, it finds by itself.
    is_doctor = options.command is run_doctor
    settings: Settings | None = None
    try:
        if is_doctor:
            return run_doctor(options)
        settings = read_settings()
        if getattr(options, "trial", False):
            settings = for_trial(settings)
        logs.configure(settings.log_format, settings.secrets())
        return command(options, settings) or 0
    except InputError as error:
        return _fail(str(error), 2)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        # Whatever a command raises: what whoever runs it can put right becomes a line, all else is raised on.
        sentence = sentence_for(error, settings)
        if sentence is None:
            raise
        return _fail(sentence, 1)


def _fail(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


def run_web(options: argparse.Namespace, settings: Settings) -> None:
    # Whatever is loaded now stays: looking through it for garbage took a seventh of the imports' time.
    gc.disable()
    from bot.app import create_wsgi, prepare_to_serve
    from bot.web.server import can_pin, require_free_port, serve

    port = settings.port if options.port is None else options.port
    if options.pin and not can_pin():
        raise InputError("--pin works on Linux only: leave it out here")
    # One process on a file of its own is a team's: nobody else needs its processor all the time.
    is_alone = settings.database_url.startswith("sqlite") and options.workers == 1 and can_pin()
    require_free_port(options.host, port)
    identity = prepare_to_serve(settings)
    share_metrics(settings, options.workers)
    print(f"Waymark listens on http://{options.host}:{port}/slack/events", flush=True)
    gc.freeze()
    gc.enable()
    serve(
        functools.partial(create_wsgi, settings, identity, with_worker=options.with_worker),
        options.host,
        port,
        options.workers,
        pin=is_alone if options.pin is None else options.pin,
    )


def run_worker(options: argparse.Namespace, settings: Settings) -> None:
    """Until it is told to end; within ten seconds then."""
    from bot.app import create_worker, prepare_to_serve

    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    identity = prepare_to_serve(settings)
    worker = create_worker(settings, identity)
    with watching(settings, options.watch_host, options.watch_port) as served:
        served.workspace_id = None if identity is None else identity.workspace_id
        worker.start()
        print("Waymark asks, reminds and sends what it has promised.", flush=True)
        ended.wait()
        end_anyway()
        worker.stop()


def run_migrate(_options: argparse.Namespace, settings: Settings) -> None:
    from storage.database import Database
    from storage.migrate import migrate

    with closing(Database(settings.database_url)) as database:
        done = migrate(database)
    print(f"{database.address}: {'brought up to date' if done else 'was up to date already'}")


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:  # noqa: PLR2004 - the ports that there are
        raise argparse.ArgumentTypeError(f"{port} is no port: 0 to 65535")
    return port


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Waymark keeps project records true.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    team = commands.add_parser("run", help="all in one process, over Socket Mode: for a team")
    add_watch_options(team)
    team.set_defaults(command=run_team)

    app = commands.add_parser("manifest", help="print what Slack makes the app from")
    app.add_argument("--url", help="for HTTP at this address, https://…; default: for Socket Mode")
    app.set_defaults(command=run_manifest)

    web = commands.add_parser("web", help="serve Slack's requests at /slack/events")
    web.add_argument("--port", type=_port, help="default: the setting PORT, or 3000")
    web.add_argument("--host", default="127.0.0.1", help="default: %(default)s")
    web.add_argument("--workers", type=int, default=1, help="processes; default: %(default)s")
    web.add_argument(
        "--pin",
        action=argparse.BooleanOptionalAction,
        help="keep each process on one processor (Linux); default: one process on SQLite is kept so",
    )
    web.add_argument(
        "--with-worker", action="store_true", help="and do what `worker` does, in the same processes"
    )
    web.set_defaults(command=run_web)

    worker = commands.add_parser("worker", help="ask, remind, and send what the bot has promised")
    add_watch_options(worker)
    worker.set_defaults(command=run_worker)
    add_tick(commands)
    add_try(commands)
    add_import(commands)
    add_days_off(commands)
    add_doctor(commands)
    key = commands.add_parser("key", help="print a new key for WAYMARK_KEYS")
    key.set_defaults(command=run_key)

    migrate = commands.add_parser("migrate", help="bring the database up to date")
    migrate.set_defaults(command=run_migrate)

    for add in (add_publish, add_backup, add_restore, add_export, add_forget):
        add(commands)
    return parser
