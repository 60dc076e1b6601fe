"""The composition root: the only place that builds real things."""

import logging
from functools import cache
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING, Any

from slack_sdk import WebClient

from bot import clock
from bot.settings import Settings, SettingsError
from bot.slack.directory import Directory
from bot.slack.gateway import Gateway, Identity
from bot.slack.home_keeper import HomeKeeper
from bot.slack.receiver import Received, Receiver, ThroughBolt
from bot.slack.router import Router
from bot.web.endpoint import SlackEndpoint
from storage.database import Database
from storage.engines import BRIEF
from storage.migrate import open_database
from storage.workspaces import ensure_workspace, find_workspace

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


_log = logging.getLogger(__name__)

_NAMED = 20
"""Channels that are named in the log."""


def prepare(settings: Settings) -> Identity:
    """All that can go wrong before serving, once for all workers.

    Asks Slack who the bot is, and about the channels of projects that it has not told of in the last day.

    Raises SettingsError, SlackRefusedError, SlackUnreachableError, UnreachableError, SchemaError.
    """
    _require_configured(settings)
    database = open_database(settings.database_url)
    try:
        identity = create_gateway(settings).identify()
        with database.read() as tx:
            known = find_workspace(tx, identity.workspace_id)
        # A start must not wait for somebody's long import, so it writes only what is new.
        if known is None or known.name != identity.workspace_name:
            with database.write() as tx:
                ensure_workspace(tx, identity.workspace_id, identity.workspace_name, clock.now())
        _learn_channels(database, settings, identity.workspace_id)
    finally:
        # A worker is a fork of this process, and a connection must not be shared with one.
        database.close()
    return identity


def _learn_channels(database: Database, settings: Settings, workspace_id: str) -> None:
    """Who sees a project hangs on its channel: of one that Slack does not tell of, nobody does."""
    directory = Directory(database, create_gateway(settings), clock.now)
    unknown = directory.learn_channels_of_projects(workspace_id)
    if unknown:
        _log.warning(
            "Slack does not tell of %d channels, so nobody sees their projects: invite the bot to them (%s)",
            len(unknown),
            ", ".join(unknown[:_NAMED]),
        )


def create_wsgi(settings: Settings, identity: Identity) -> "WSGIApplication":
    """One worker's bot, ready to be served. `prepare` comes first."""
    database = Database(settings.database_url, BRIEF)
    gateway, now = create_gateway(settings), clock.clock_moved_by(settings.clock_offset_file)
    homes = HomeKeeper(database, gateway, now)
    # A worker is a process of multiprocessing, which does not come to what `atexit` has.
    Finalize(None, homes.stop, exitpriority=0)
    router = Router(database, gateway, now, homes)
    return SlackEndpoint(
        create_receiver(settings.slack_api_url, identity, router),
        settings.slack_signing_secret.get_secret_value(),
        clock.now,
    )


def create_receiver(api_url: str, identity: Identity, router: Router) -> Receiver:
    """What answers a request whose signature holds. Bolt is imported when the first event comes."""

    @cache
    def bolt() -> ThroughBolt:
        from bot.slack.bolt import create_through_bolt  # noqa: PLC0415 - a command must not wait for it

        return create_through_bolt(api_url, identity, router)

    def through_bolt(body: dict[str, Any], headers: dict[str, str]) -> Received:
        return bolt()(body, headers)

    return Receiver(router, through_bolt)


def create_gateway(settings: Settings) -> Gateway:
    return Gateway(_client(settings))


def _client(settings: Settings) -> WebClient:
    return WebClient(token=settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url)


def _require_configured(settings: Settings) -> None:
    missing = [
        name
        for name, value in (
            ("SLACK_BOT_TOKEN", settings.slack_bot_token),
            ("SLACK_SIGNING_SECRET", settings.slack_signing_secret),
        )
        if not value.get_secret_value().strip()
    ]
    if missing:
        raise SettingsError([f"{name} is not set." for name in missing])
