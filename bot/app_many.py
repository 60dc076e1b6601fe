"""What is built where any number of workspaces may install the bot. `app` builds the rest."""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from bot.clock import Clock
from bot.settings import Settings, SettingsError
from bot.slack.accounts import Access
from bot.slack.installations import Installations
from bot.slack.oauth import SlackApp
from bot.slack.refreshing import Refresher
from bot.web.installing import REDIRECT, Installing
from storage.database import Database
from storage.installations import count_unreadable
from storage.keys import BadKeyError, Keys, read_keys
from storage.migrate import open_database

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


def prepare_many(settings: Settings) -> None:
    """All that can go wrong before serving, once for all workers. Slack is not asked anything.

    Raises SettingsError, UnreachableError, SchemaError.
    """
    _require_configured(settings)
    keys = read_keys_of(settings)
    with closing(open_database(settings.database_url)) as database, database.read() as tx:
        unreadable = count_unreadable(tx, keys)
    if unreadable:
        of = "1 workspace" if unreadable == 1 else f"{unreadable} workspaces"
        raise SettingsError([f"WAYMARK_KEYS lacks the key of the tokens of {of}: put it behind the others."])


def create_access(settings: Settings, database: Database, now: Clock) -> Access:
    """By the token of each workspace that has installed the bot. Raises SettingsError."""
    keys, app = read_keys_of(settings), _app(settings)
    refresher = Refresher(database, keys, app, now)
    many = Installations(database, keys, app, now, refresher)
    return Access(many, many, many, partial(_keep, refresher))


def with_installing(
    app: "WSGIApplication",
    settings: Settings,
    database: Database,
    now: Clock,
    installed: Callable[[str], None],
) -> "WSGIApplication":
    """The same, and the pages on which the bot is installed; `installed` is told where it was."""
    return Installing(app, database, read_keys_of(settings), _app(settings), now, installed=installed)


def _keep(refresher: Refresher) -> None:
    refresher.refresh_ending()
    refresher.encrypt_again()


def _app(settings: Settings) -> SlackApp:
    return SlackApp(
        settings.slack_client_id.strip(),
        settings.slack_client_secret.get_secret_value().strip(),
        settings.slack_api_url,
        settings.public_url + REDIRECT,
    )


def read_keys_of(settings: Settings) -> Keys:
    """Raises SettingsError."""
    try:
        return read_keys(settings.waymark_keys.get_secret_value())
    except BadKeyError as error:
        which = "is no key" if error.count == 1 else f"has no key at place {error.number} of {error.count}"
        raise SettingsError([f"WAYMARK_KEYS {which}: make one with python -m bot key."]) from None


def _require_configured(settings: Settings) -> None:
    given = {
        "SLACK_CLIENT_ID": settings.slack_client_id,
        "SLACK_CLIENT_SECRET": settings.slack_client_secret.get_secret_value(),
        "WAYMARK_KEYS": settings.waymark_keys.get_secret_value(),
        "PUBLIC_URL": settings.public_url,
        "SLACK_SIGNING_SECRET": settings.slack_signing_secret.get_secret_value(),
    }
    problems = [f"{name} is not set." for name, value in given.items() if not value.strip()]
    if settings.slack_bot_token.get_secret_value().strip():
        problems.append(
            "SLACK_BOT_TOKEN and SLACK_CLIENT_ID cannot both be set: the token is for its workspace alone, "
            "the client id for all that install Waymark. Leave one of them out."
        )
    if problems:
        raise SettingsError(problems)
