import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient

from bot.local.model import Message
from bot.local.people import People
from bot.local.seed import seeded_workspace
from bot.local.server import LocalServer
from bot.local.settings import LocalSettings, Shortcut
from bot.local.workspace import Workspace

from .receiver import SIGNING_SECRET, Receiver

TOKEN = "xoxb-local-waymark"
EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_id_changed",
    "channel_left",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "tokens_revoked",
)


@dataclass
class Slack:
    """The local workspace running, with a client of its Web API and an app that listens."""

    server: LocalServer
    client: WebClient
    app: Receiver

    @property
    def workspace(self) -> Workspace:
        return self.server.workspace

    @property
    def people(self) -> People:
        return self.server.people

    def move(self, **by: float) -> None:
        self.workspace.clock.move(timedelta(**by))

    def settle(self) -> None:
        assert self.server.platform.events.settle()

    def events(self) -> list[dict[str, Any]]:
        self.settle()
        return [received.event for received in self.app.received if b'"event_callback"' in received.body]

    def raw(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, Any], bytes]:
        """A request as it stands, and what came back: status, headers in lower case, body."""
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=10)
        try:
            connection.request(
                method, path, body, {name.replace("_", "-"): text for name, text in headers.items()}
            )
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return response.status, names, response.read()
        finally:
            connection.close()

    def local(self, path: str, fields: dict[str, Any]) -> Any:
        return json.loads(self.raw("POST", f"/local/{path}", json.dumps(fields).encode())[2])

    def respond(self, url: str, **fields: Any) -> tuple[int, str]:
        """POST to a response URL."""
        status, _, body = self.raw("POST", urlsplit(url).path, json.dumps(fields).encode())
        return status, body.decode()

    def last_message(self, channel_id: str) -> Message:
        return self.workspace.messages[channel_id][-1]


def settings_for(app: Receiver, **changes: Any) -> LocalSettings:
    values: dict[str, Any] = {
        "signing_secret": SIGNING_SECRET,
        "bot_token": TOKEN,
        "request_url": app.url,
        "event_subscriptions": EVENTS,
        "shortcuts": (Shortcut("new_project", "New project"), Shortcut("note_it", "Note it", kind="message")),
    }
    return LocalSettings(**values | changes)


@pytest.fixture
def app() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.stop()


@pytest.fixture
def slack(app: Receiver) -> Iterator[Slack]:
    with LocalServer(seeded_workspace(), settings_for(app)) as server:
        yield Slack(server, WebClient(TOKEN, base_url=server.api_url), app)


@pytest.fixture
def impatient(app: Receiver) -> Iterator[Slack]:
    """A Slack that waits a fifth of a second where the real one waits three."""
    with LocalServer(seeded_workspace(), settings_for(app, ack_seconds=0.2)) as server:
        yield Slack(server, WebClient(TOKEN, base_url=server.api_url), app)
