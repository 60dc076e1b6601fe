"""`python -m bot tick`: what is due is done once, for cron. Nothing is printed where nothing is wrong."""

import argparse
import logging
import signal
import threading

from bot.ending import end_anyway
from bot.settings import Settings

# Imported when it runs, as in `bot.cli`: `web` must not wait for what only this uses.

_SECONDS = 50
"""So that one a minute is over before the next begins."""


def add_tick(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    tick = commands.add_parser("tick", help="do what is due once, and end; for cron")
    tick.add_argument(
        "--seconds",
        type=_seconds,
        default=_SECONDS,
        help="at most; the next tick goes on with what is left; default: %(default)s",
    )
    tick.set_defaults(command=run_tick)


def run_tick(options: argparse.Namespace, settings: Settings) -> int:
    """0, or 1 when the database or Slack is away, which is in the log in one line."""
    # Cron sends whatever is printed to somebody, so it is worth their time.
    logging.getLogger().setLevel(logging.WARNING)
    from bot.app import create_worker, prepare_to_serve

    ended = threading.Event()

    def end(*_: object) -> None:
        end_anyway()
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    worker = create_worker(settings, prepare_to_serve(settings))
    is_well = worker.tick(options.seconds, ended)
    return 0 if is_well else 1


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 24 * 3600:
        raise argparse.ArgumentTypeError(f"{text} is no number of seconds up to a day")
    return seconds
