"""The composition root: the only place that builds real things."""

import logging
from datetime import timedelta
from functools import cache
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING, Any

from slack_sdk import WebClient

from bot import clock
from bot.app_pages import with_github, with_public_pages, with_watch
from bot.metrics import METERS
from bot.services.installing import take_up
from bot.settings import Settings, require_tokens
from bot.slack.accounts import Access, Account, Identities, OnlyGateway
from bot.slack.addressing import Addressing
from bot.slack.change_keeper import ChangeKeeper
from bot.slack.directory import Directory
from bot.slack.gateway import Gateway, Identity
from bot.slack.home_keeper import REST_S, HomeKeeper
from bot.slack.meeting import Meeting
from bot.slack.outage import Outage
from bot.slack.public_address import HERE
from bot.slack.receiver import Received, Receiver, ThroughBolt
from bot.slack.router import Router
from bot.web.answers import not_found
from bot.web.endpoint import SlackEndpoint
from bot.web.readiness import Served
from storage.database import Database
from storage.engines import BRIEF
from storage.migrate import open_database
from storage.workspaces import find_workspace, is_uninstalled

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import WSGIApplication

    from bot.errors_socket_mode import SocketModeError
    from bot.jobs.worker import Worker
    from bot.slack.socket_mode.client import SocketMode
    from storage.revisions import Changes


_log = logging.getLogger(__name__)

_NAMED = 20
"""Channels that are named in the log."""


def prepare(settings: Settings, *, socket_mode: bool = False) -> Identity:
    """All that can go wrong before serving, once for all workers.

    Asks Slack who the bot is, and about the channels of projects that it has not told of in the last day.

    Raises SettingsError, SlackRefusedError, SlackUnreachableError, UnreachableError, SchemaError.
    """
    require_tokens(settings, socket_mode=socket_mode)
    database, now = open_database(settings.database_url), clock.clock_moved_by(settings.clock_offset_file)
    try:
        identity = create_gateway(settings).identify()
        with database.read() as tx:
            known = find_workspace(tx, identity.workspace_id)
            was_removed = is_uninstalled(tx, identity.workspace_id)
        # A start must not wait for somebody's long import, so it writes only what is new.
        if known is None or known.name != identity.workspace_name or was_removed:
            with database.write() as tx:
                take_up(tx, identity.workspace_id, identity.workspace_name, now(), may_claim=True)
        _learn_channels(database, settings, identity.workspace_id, now)
    finally:
        # A worker is a fork of this process, and a connection must not be shared with one.
        database.close()
    return identity


def prepare_to_serve(settings: Settings) -> Identity | None:
    """As `prepare`; None where any number of workspaces may install the bot (see `prepare_many`)."""
    if not settings.is_for_many:
        return prepare(settings)
    from bot.app_many import prepare_many  # noqa: PLC0415 - cryptography, which one token does not need

    prepare_many(settings)
    return None


def _learn_channels(database: Database, settings: Settings, workspace_id: str, now: clock.Clock) -> None:
    """Who sees a project hangs on its channel: of one that Slack does not tell of, nobody does."""
    directory = Directory(database, create_gateway(settings), now)
    unknown = directory.learn_channels_of_projects(workspace_id)
    if unknown:
        _log.warning(
            "Slack does not tell of %d channels, so nobody sees their projects: invite the bot to them (%s)",
            len(unknown),
            ", ".join(unknown[:_NAMED]),
        )


def create_wsgi(
    settings: Settings, identity: Identity | None, *, with_worker: bool = False
) -> "WSGIApplication":
    """One process's bot, ready to be served. `prepare_to_serve` comes first, and gives the identity.

    `with_worker`: it also asks, reminds and sends by itself.
    """
    database, now = Database(settings.database_url, BRIEF), clock.clock_moved_by(settings.clock_offset_file)
    HERE.begin(settings.public_url, is_for_many=settings.is_for_many)
    access = _access(settings, identity, database, now)
    homes = HomeKeeper(database, access.gateways, now, REST_S)
    # A worker is a process of multiprocessing, which does not come to what `atexit` has.
    Finalize(None, homes.stop, exitpriority=0)
    wake: Callable[[], None] = _nothing
    if with_worker:
        worker = _worker_on(database, settings, access, homes)
        Finalize(None, worker.stop, exitpriority=1)
        worker.start()
        wake = worker.wake
    keeper = ChangeKeeper(database, now, wake)
    Finalize(None, keeper.stop, exitpriority=0)
    METERS.follow("homes", homes.left)
    METERS.follow("changes", keeper.left)
    router = Router(database, access.gateways, now, homes, wake, followers=(keeper.look_after,))
    endpoint = SlackEndpoint(
        create_receiver(settings.slack_api_url, access.identities, router, database),
        settings.slack_signing_secret.get_secret_value(),
        clock.now,
    )
    workspace_id = None if identity is None else identity.workspace_id
    pages = with_github(
        with_public_pages(endpoint, settings, database, now, workspace_id), settings, database, now
    )
    if settings.is_for_many:
        from bot.app_many import with_installing  # noqa: PLC0415 - as in _access

        pages = with_installing(pages, settings, database, now, access.gateways.forget)
    return with_watch(database, settings, Served(workspace_id, settings.is_for_many), pages)


def create_watch(settings: Settings, served: Served, *, with_page: bool = False) -> "WSGIApplication":
    """The pages for whoever runs a process that answers nobody else. It has connections of its own.

    `with_page`: also the public page, of a process that has no other port.
    """
    database, beside = Database(settings.database_url, BRIEF), not_found
    if not with_page:
        return with_watch(database, settings, served, beside)
    now = clock.clock_moved_by(settings.clock_offset_file)
    return with_watch(database, settings, served, with_public_pages(beside, settings, database, now, None))


def _nothing() -> None:
    """Deliveries that are promised here are seen by the processes that send."""


def create_worker(settings: Settings, identity: Identity | None) -> "Worker":
    """What asks, reminds and sends by itself, not begun yet. `prepare_to_serve` comes first."""
    database, now = Database(settings.database_url, BRIEF), clock.clock_moved_by(settings.clock_offset_file)
    access = _access(settings, identity, database, now)
    homes = HomeKeeper(database, access.gateways, now, REST_S)
    METERS.follow("homes", homes.left)
    return _worker_on(database, settings, access, homes)


def create_socket_mode(
    settings: Settings,
    identity: Identity,
    *,
    ready: "Callable[[], None]",
    ended: "Callable[[SocketModeError], None]",
) -> tuple["SocketMode", "Worker"]:
    """One process that does everything, not begun yet. `prepare` comes first."""
    from bot.slack.socket_mode.client import SocketMode  # noqa: PLC0415 - `web` must not wait for aiohttp

    database, now = Database(settings.database_url, BRIEF), clock.clock_moved_by(settings.clock_offset_file)
    HERE.begin(settings.public_url, is_for_many=False)
    access = _access(settings, identity, database, now)
    homes = HomeKeeper(database, access.gateways, now, REST_S)
    METERS.follow("homes", homes.left)
    worker = _worker_on(database, settings, access, homes)
    keeper = ChangeKeeper(database, now, worker.wake)
    METERS.follow("changes", keeper.left)
    Finalize(None, keeper.stop, exitpriority=0)
    router = Router(database, access.gateways, now, homes, worker.wake, followers=(keeper.look_after,))
    receiver = create_receiver(settings.slack_api_url, access.identities, router, database)
    account = Account(
        identity.workspace_id, settings.slack_app_token.get_secret_value(), settings.slack_api_url
    )
    return SocketMode(account, receiver.receive, clock.steady, ready=ready, ended=ended), worker


def _access(settings: Settings, identity: Identity | None, database: Database, now: clock.Clock) -> Access:
    """By one token, or (there is no identity) by that of each workspace that has installed the bot."""
    if identity is not None:
        token = settings.slack_bot_token.get_secret_value()
        account = Account(identity.workspace_id, token, settings.slack_api_url)
        gateways = OnlyGateway(identity.workspace_id, create_gateway(settings))
        return Access(gateways, identity, account)
    from bot.app_many import create_access  # noqa: PLC0415 - cryptography, which one token does not need

    return create_access(settings, database, now)


def _worker_on(database: Database, settings: Settings, access: Access, homes: HomeKeeper) -> "Worker":
    from bot.app_publishing import create_publisher  # noqa: PLC0415 - `web` publishes nothing
    from bot.jobs.heartbeat import Heartbeat  # noqa: PLC0415 - `web` must not wait for APScheduler
    from bot.jobs.table import JOBS  # noqa: PLC0415 - `web` runs no jobs
    from bot.jobs.work import Work  # noqa: PLC0415 - `web` runs no jobs
    from bot.jobs.worker import Worker  # noqa: PLC0415 - `web` must not wait for APScheduler
    from bot.slack.every_kind import KINDS  # noqa: PLC0415 - `web` sends no deliveries
    from bot.slack.sender import Sender  # noqa: PLC0415 - `web` must not wait for aiohttp

    now, away = clock.clock_moved_by(settings.clock_offset_file), Outage(_log, "The database")
    lease = timedelta(seconds=settings.delivery_lease_s)

    def changed(workspace_id: str, changes: "Changes") -> None:
        for follow in (homes.look_after, keeper.look_after):
            follow(workspace_id, changes)

    sender = Sender(database, access.tokens, KINDS, now, away, lease=lease, changed=changed)
    keeper = ChangeKeeper(database, now, sender.wake)
    METERS.follow("changes", keeper.left)
    METERS.follow("deliveries", sender.left)
    directory = Directory(database, access.gateways, now)
    meeting = Meeting(database, access.tokens.workspace_id, directory, now)
    publisher = create_publisher(settings, database, now, sender.wake, changed, outage=away)
    work = Work(
        database,
        now,
        sender.wake,
        away,
        changed,
        meeting.meet,
        access.keep_tokens,
        publisher.publish_due,
    )
    return Worker(Heartbeat(JOBS, work), sender, homes, keeper)


def create_receiver(api_url: str, identities: Identities, router: Router, database: Database) -> Receiver:
    """What answers a request whose signature holds. Bolt is imported when the first event comes."""

    @cache
    def bolt() -> ThroughBolt:
        from bot.slack.bolt import create_through_bolt  # noqa: PLC0415 - a command must not wait for it

        return create_through_bolt(api_url, identities, router, Addressing(database, identities))

    def through_bolt(body: dict[str, Any], headers: dict[str, str]) -> Received:
        return bolt()(body, headers)

    return Receiver(router, through_bolt)


def create_gateway(settings: Settings) -> Gateway:
    return Gateway(_client(settings))


def _client(settings: Settings) -> WebClient:
    return WebClient(token=settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url)
