"""The bot for any number of workspaces, as `bot.app` puts it together, and a Slack with two of them."""

import http.client
import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from pydantic import SecretStr
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from bot import clock
from bot.app import create_receiver
from bot.app_many import create_access, with_installing
from bot.jobs.table import JOBS
from bot.jobs.work import Work
from bot.local import seed, seed_second
from bot.local.manifest import read_manifest
from bot.local.model import Message
from bot.local.people import People
from bot.local.seed import seeded_workspace
from bot.local.seed_second import second_workspace
from bot.local.server import LocalServer
from bot.local.settings import LocalOAuth, LocalSettings
from bot.local.workspace import Workspace
from bot.settings import Settings
from bot.slack.accounts import Access
from bot.slack.directory import Directory
from bot.slack.every_kind import KINDS
from bot.slack.home_keeper import HomeKeeper
from bot.slack.meeting import Meeting
from bot.slack.oauth import SCOPES
from bot.slack.outage import Outage
from bot.slack.router import Router
from bot.slack.sender import Sender
from bot.web.endpoint import SlackEndpoint
from storage.database import Database
from storage.keys import new_key
from storage.revisions import Changes
from storage.slack_tables import slack_installations
from tests.support.bot import MANIFEST, SECRET, Now
from tests.support.messages import require_good_message
from tests.support.signing import PATH

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_log = logging.getLogger(__name__)

CLIENT_ID = "1234567890.0987654321"
CLIENT_SECRET = "5f0c1d2e3b4a59687766554433221100"
KEY = new_key()
FIRST, SECOND = seed.TEAM.id, seed_second.TEAM.id
ADMIN = {FIRST: seed.WANJIRU, SECOND: seed_second.INES}
CHANNEL = {FIRST: seed.JMTE, SECOND: seed_second.GAUGE}
CHANNEL_NAME = {FIRST: "proj-jmte", SECOND: "east-gauge"}
COOKIE = "waymark-install"


@dataclass(frozen=True)
class Got:
    """What came back over HTTP. Headers in lower case; a later one of the same name counts."""

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def location(self) -> str:
        return self.headers["location"]

    @property
    def text(self) -> str:
        return unescape(self.body)


@dataclass
class Browser:
    """One of somebody's, with its cookies: it goes where it is told, and nowhere by itself."""

    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, url: str, *, method: str = "GET", form: Mapping[str, str] | None = None) -> Got:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            method, body = "POST", urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, f"{parts.path}?{parts.query}", body, headers)
            response = connection.getresponse()
            named = {name.lower(): value for name, value in response.getheaders()}
            self._keep(named.get("set-cookie", ""))
            return Got(response.status, named, response.read().decode())
        finally:
            connection.close()

    def _keep(self, cookie: str) -> None:
        name, _, rest = cookie.partition("=")
        if rest:
            self.cookies[name] = rest.partition(";")[0]


@dataclass
class Many:
    """The bot over real HTTP, and two workspaces that may install it."""

    url: str
    settings: Settings
    slack: LocalServer
    workspaces: dict[str, Workspace]
    database: Database
    access: Access
    now: Now
    sender: Sender
    work: Work

    def people(self, workspace_id: str) -> People:
        return self.slack.people_of(workspace_id)

    def begin(self, browser: Browser) -> str:
        """A press on the button of the page; where it leads to, which is Slack's page."""
        page = browser.get(f"{self.url}/slack/install")
        assert page.status == 200
        (link,) = [part.partition('"')[0] for part in page.text.split('href="')[1:]]
        return browser.get(self.url + link).location

    def decide(self, at: str, workspace_id: str, browser: Browser, **more: str) -> str:
        """What somebody does on Slack's page; where Slack sends them."""
        form = {"team": workspace_id, "user": ADMIN[workspace_id], "decision": "allow", **more}
        got = browser.get(at, form=form)
        assert got.status == 302, got.body
        return got.location

    def install(self, workspace_id: str) -> Got:
        """From the page to its end, in a browser of its own; then the bot is invited to a channel."""
        browser = Browser()
        got = browser.get(self.decide(self.begin(browser), workspace_id, browser))
        assert got.status == 200, got.text
        people = self.people(workspace_id)
        bot_id = self.workspaces[workspace_id].bot.user_id
        people.invite(ADMIN[workspace_id], CHANNEL[workspace_id], bot_id)
        self.settle()
        return got

    def type_command(self, workspace_id: str, text: str) -> Message:
        """`/project …` typed by the admin; the answer as it appears there."""
        channel_id = CHANNEL[workspace_id]
        result = self.people(workspace_id).run_command(ADMIN[workspace_id], channel_id, f"/project {text}")
        assert result.ok, result.sentence
        return self.said(workspace_id)[-1]

    def said(self, workspace_id: str) -> list[Message]:
        """The bot's messages in the workspace's channel, as far as the admin sees them."""
        workspace, channel_id = self.workspaces[workspace_id], CHANNEL[workspace_id]
        found = [
            each
            for each in workspace.messages_for(ADMIN[workspace_id], channel_id)
            if each.bot_id and not each.subtype
        ]
        for message in found:
            require_good_message({"text": message.text, "blocks": message.blocks or []})
        return found

    def tick(self, **later: float) -> None:
        """Time passes, at Slack's as well; then every job runs once, and what they promised is sent."""
        by = timedelta(**later)
        self.now.at += by
        for workspace in self.workspaces.values():
            workspace.clock.move(by)
        for job in JOBS:
            job.run(self.work)
        self.settle()

    def settle(self) -> None:
        for platform in self.slack.platform.neighbours:
            assert platform.events.settle()
        assert self.sender.settle()

    def calls(self, name: str) -> list[tuple[str, str | None]]:
        """Calls of a method of Slack's: in which workspace, and with which error."""
        return [
            (workspace_id, call.error)
            for workspace_id, workspace in self.workspaces.items()
            for call in list(workspace.calls)
            if call.name == name and call.direction == "in"
        ]

    def row(self, workspace_id: str) -> Any:
        """What the database has of the installation; None for nothing."""
        table = slack_installations
        with self.database.read() as tx:
            return tx.execute(select(table).where(table.c.workspace_id == workspace_id)).one_or_none()


class _QuietHandler(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def settings_for(url: str, api_url: str, database: Database, key: str = KEY) -> Settings:
    return Settings(
        slack_client_id=CLIENT_ID,
        slack_client_secret=SecretStr(CLIENT_SECRET),
        slack_signing_secret=SecretStr(SECRET),
        waymark_keys=SecretStr(key),
        public_url=url,
        slack_api_url=api_url,
        database_url=database.url.render_as_string(hide_password=False),
    )


def slack_settings(url: str, *, rotates: bool = False) -> LocalSettings:
    """A Slack that knows the app at this address, and has it in no workspace yet."""
    announced = read_manifest(MANIFEST)
    return LocalSettings(
        signing_secret=SECRET,
        bot_token="",
        request_url=f"{url}{PATH}",
        event_subscriptions=announced.event_subscriptions,
        shortcuts=announced.shortcuts,
        app_home=announced.app_home,
        oauth=LocalOAuth(
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            redirect_urls=(f"{url}/slack/oauth_redirect",),
            scopes=SCOPES,
            rotates=rotates,
        ),
    )


@contextmanager
def running_many(database: Database, *, rotates: bool = False) -> Iterator[Many]:
    """The bot on this database, and a Slack in which it is installed nowhere yet; its sender is running."""
    holder: list[Any] = []

    def late(environ: "WSGIEnvironment", start_response: "StartResponse") -> Any:
        return holder[0](environ, start_response)

    server = make_server("127.0.0.1", 0, late, threaded=True, request_handler=_QuietHandler)
    url = f"http://127.0.0.1:{server.port}"
    local = slack_settings(url, rotates=rotates)
    first, second = seeded_workspace(), second_workspace()
    with LocalServer(first, local, others=[second]) as slack:
        settings = settings_for(url, slack.api_url, database)
        # Slack says when something happened by its own clock, which tells what was earlier.
        now = Now(first.clock.now())
        access = create_access(settings, database, now)
        homes = HomeKeeper(database, access.gateways, now)

        def changed(workspace_id: str, changes: Changes) -> None:
            homes.look_after(workspace_id, changes)

        away = Outage(_log, "The database")
        sender = Sender(database, access.tokens, KINDS, now, away, pace=timedelta(), changed=changed)
        router = Router(database, access.gateways, now, homes, sender.wake)
        receiver = create_receiver(slack.api_url, access.identities, router, database)
        endpoint = SlackEndpoint(receiver, SECRET, clock.now)
        holder.append(with_installing(endpoint, settings, database, now, access.gateways.forget))
        meeting = Meeting(database, None, Directory(database, access.gateways, now), now)
        work = Work(database, now, sender.wake, away, changed, meeting.meet, access.keep_tokens)
        serving = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        serving.start()
        sender.start()
        workspaces = {first.team.id: first, second.team.id: second}
        try:
            yield Many(url, settings, slack, workspaces, database, access, now, sender, work)
        finally:
            sender.stop()
            homes.stop()
            server.shutdown()
            serving.join()
            server.server_close()


def state_in(url: str) -> str:
    """The state in an address."""
    return parse_qs(urlsplit(url).query)["state"][0]
