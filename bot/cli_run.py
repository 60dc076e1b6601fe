"""`python -m bot run`: one process that does everything, connected to Slack over Socket Mode."""

import argparse
import signal
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING

from bot.cli_watch import watching
from bot.ending import end_anyway
from bot.errors_socket_mode import SocketModeEnd, SocketModeError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.web.readiness import Served

# Imported when it runs, as in `bot.cli`: `web` must not wait for what only this uses.

_APP_PAGE = "https://api.slack.com/apps"
_AGAIN = "What Waymark has promised is kept: start it again."


def run_team(options: argparse.Namespace, settings: Settings) -> int:
    """Until it is told to end, and within ten seconds then; the exit code is 1 if Socket Mode ends before."""
    with watching(settings, options.watch_host, options.watch_port, with_page=True) as served:
        return _run(settings, served)


def _run(settings: Settings, served: "Served") -> int:
    from bot.app import create_socket_mode, prepare

    over = threading.Event()
    ends: list[SocketModeError] = []

    def ended(error: SocketModeError) -> None:
        ends.append(error)
        over.set()

    identity = prepare(settings, socket_mode=True)
    served.workspace_id = identity.workspace_id
    ready = partial(print, "Waymark is connected to Slack. It answers, asks, reminds and sends.", flush=True)
    socket_mode, worker = create_socket_mode(settings, identity, ready=ready, ended=ended)
    # Until now there was nothing to finish, and a signal ended the process as it always does.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    worker.start()
    socket_mode.start()
    over.wait()
    end_anyway(1 if ends else 0)
    # What is promised while the last requests are answered is sent now, or by whoever runs next.
    socket_mode.stop()
    worker.stop()
    if ends:
        print(sentence(ends[0]), file=sys.stderr)
        return 1
    return 0


def sentence(error: SocketModeError) -> str:
    """The one line for whoever runs the bot."""
    match error.end:
        case SocketModeEnd.REFUSED:
            why = (
                f"Slack refused apps.connections.open: {error.detail}. Is SLACK_APP_TOKEN the app's, with "
                f"the scope connections:write? It stands at {_APP_PAGE}, Basic Information."
            )
        case SocketModeEnd.SWITCHED_OFF:
            why = f"Socket Mode is off for this app. Switch it on at {_APP_PAGE}, Socket Mode."
        case SocketModeEnd.TOO_MANY:
            why = (
                f"Slack takes ten connections of an app, and all are in use ({error.tries} tries). End "
                "another process that has this SLACK_APP_TOKEN."
            )
        case SocketModeEnd.SILENT:
            why = (
                f"Slack is silent: {error.tries} connections in a row, and nothing to hear on them. Does a "
                "proxy or a firewall hold WebSockets back?"
            )
        case SocketModeEnd.UNREACHABLE:
            why = f"No connection to Slack holds ({error.tries} tries; the last: {error.detail})."
        case SocketModeEnd.BROKEN:
            why = f"Socket Mode failed, by a mistake of Waymark's: see {error.detail} in the log."
    return f"{why} {_AGAIN}"
