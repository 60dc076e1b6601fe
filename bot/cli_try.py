"""`python -m bot try`: the bot with a workspace of its own, in a browser; and the database of all trials."""

import argparse
from pathlib import Path

from bot.cli_import import InputError
from bot.settings import TRIAL_FILE, Settings

# Imported when it runs, as in `bot.cli`: `web` must not wait for what only this uses.

_DATABASE = f"sqlite:///{TRIAL_FILE}"
"""Made-up records must not come among real ones, nor real ones among made-up ones."""
_PATIENCE_S = 3.0
"""Slack's."""
_MOST_S = 600


def add_try(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    trial = commands.add_parser("try", help="try the bot in a browser, without Slack")
    trial.add_argument(
        "--state", metavar="FILE", type=Path, help="keep the workspace's messages in this file"
    )
    trial.add_argument("--socket", action="store_true", help="over Socket Mode, in place of HTTP")
    trial.add_argument(
        "--patience",
        metavar="SECONDS",
        type=_seconds,
        default=_PATIENCE_S,
        help="how long the workspace waits for an answer; default: %(default)g, as Slack does",
    )
    trial.set_defaults(command=run_try)


def run_try(options: argparse.Namespace, settings: Settings) -> int:
    settings = for_trial(settings)
    from bot.local.state_file import UnreadableStateError
    from bot.trial import StateFileError, run_trial

    try:
        return run_trial(settings, options.state, socket_mode=options.socket, patience_s=options.patience)
    except UnreadableStateError as error:
        raise InputError(f"{error}. Name another file, or remove this one.") from error
    except StateFileError as error:
        raise InputError(f"{options.state} cannot hold the state: {error.reason}.") from error


def for_trial(settings: Settings) -> Settings:
    """The same with the trial's database, unless one is set."""
    if settings.slack_bot_token.get_secret_value():
        raise InputError(
            "SLACK_BOT_TOKEN is set: unset it to try Waymark without Slack, or run: python -m bot web"
        )
    if settings.is_for_many:
        raise InputError("SLACK_CLIENT_ID is set: unset it to try Waymark without Slack")
    if "database_url" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"database_url": _DATABASE})


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= _MOST_S:
        raise argparse.ArgumentTypeError(f"{text} is no number of seconds up to {_MOST_S}")
    return seconds
