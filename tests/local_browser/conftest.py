from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from slack_sdk import WebClient

from bot.local.browser import Completion, PageSettings
from bot.local.browser.scene import Scene
from bot.local.model import Channel, User
from bot.local.people import People
from bot.local.platform import Platform
from bot.local.seed import JMTE, WANJIRU, seeded_workspace
from bot.local.server import LocalServer, create_app
from bot.local.settings import Shortcut, SlashCommand
from bot.local.workspace import Workspace
from tests.local.conftest import TOKEN, settings_for
from tests.local.receiver import Receiver
from tests.local_browser.hands import wait_until_live
from tests.local_browser.small_app import SmallApp

COMMANDS = (SlashCommand("/project", "Keep project records true", "show | list"),)
SHORTCUTS = (
    Shortcut("new_project", "New project"),
    Shortcut("save_update", "Save as status update", kind="message"),
)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PAGE = PageSettings(
    completions=(
        Completion("/project show", "<project>", "Show a record"),
        Completion("/project list", "", "List the projects"),
    ),
    hints=("/project show jmte", "Or say hello."),
    poll_seconds=2.0,
)


def make_scene(**changes: object) -> Scene:
    ada = User("UADA", "ada", "Ada Byron", "America/New_York")
    users = {"UADA": ada, "UBO": User("UBO", "bo", "Bo <b>Diddley</b>")}
    places = (
        Channel("CGEN", "general", members=["UADA"]),
        Channel("CSEC", "secret", is_private=True, members=["UADA"]),
        Channel("COLD", "old", is_archived=True, members=["UADA"]),
        Channel("DBO", "", is_private=True, is_im=True, members=["UADA", "UBO"]),
    )
    channels = {place.id: place for place in places}
    values: dict[str, object] = {"viewer": ada, "users": users, "channels": channels, "now": NOW}
    values["own_addresses"] = ("http://127.0.0.1:3000/",)
    return Scene(**(values | changes))  # type: ignore[arg-type]  # a test may change any of the fields


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@dataclass
class Site:
    """The page's server without a port, and what stands behind it."""

    client: FlaskClient
    workspace: Workspace
    people: People


@pytest.fixture
def site() -> Iterator[Site]:
    receiver = Receiver()
    receiver.otherwise = SmallApp().answer
    platform = Platform(seeded_workspace(), settings_for(receiver, commands=COMMANDS, shortcuts=SHORTCUTS))
    people = People(platform)
    yield Site(create_app(platform, people, PAGE).test_client(), platform.workspace, people)
    receiver.stop()


@dataclass
class Town:
    """The whole workspace on a port, with a small app in it."""

    server: LocalServer
    app: SmallApp

    def page_url(self, user_id: str, channel_id: str) -> str:
        return f"{self.server.url}/client/{user_id}/{channel_id}"


@pytest.fixture
def town() -> Iterator[Town]:
    receiver, app = Receiver(), SmallApp()
    receiver.otherwise = app.answer
    with LocalServer(
        seeded_workspace(), settings_for(receiver, commands=COMMANDS, shortcuts=SHORTCUTS), PAGE
    ) as server:
        app.client = WebClient(TOKEN, base_url=server.api_url)
        yield Town(server, app)
    receiver.stop()


@pytest.fixture
def page(browser: Browser, town: Town) -> Iterator[Page]:
    """Wanjiru in #proj-jmte. Whatever the page complains of in the console fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    strangers: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None
    )
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(town.server.url) else strangers.append(asked.url),
    )
    page.goto(town.page_url(WANJIRU, JMTE))
    wait_until_live(page)
    yield page
    context.close()
    assert complaints == []
    assert strangers == []
