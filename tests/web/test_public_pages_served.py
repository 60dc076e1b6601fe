"""The public page of the bot as it is run: by its own server, beside Slack's requests, in every process."""

from pathlib import Path
from urllib.parse import quote

import pytest

from bot.local.seed import TEAM, WANJIRU, seeded_workspace
from bot.local.server import LocalServer
from bot.local.settings import LocalSettings
from storage.database import Database
from storage.migrate import migrate
from tests.support import signing
from tests.support.bot import SECRET, TOKEN
from tests.support.make import make_project, make_workspace
from tests.support.ports import free_port
from tests.support.product import bot_environment, is_answered, request, running_program, running_web
from tests.support.public import publish

APP_TOKEN = "xapp-1-A0WAYMARK01-made-up"
NOBODY = "http://127.0.0.1:9/nobody"
SLUG = "гавань-潮汐"


@pytest.fixture
def filled(sqlite_url: str) -> str:
    database = Database(sqlite_url)
    migrate(database)
    with database.write() as tx:
        make_workspace(tx, TEAM.id, TEAM.name)
        make_project(tx, TEAM.id, slug=SLUG, name="Harbour tides")
        publish(tx, TEAM.id, address="team")
    database.close()
    return sqlite_url


def test_web_serves_it_beside_slack(tmp_path: Path, filled: str) -> None:
    with running_web(tmp_path, filled, "--workers", "2") as web:
        page = request(web.port, "GET", "/projects")
        assert page.status == 200
        assert b"Harbour tides" in page.body
        address = f"/projects/{quote(SLUG)}"
        assert address in page.body.decode()
        assert request(web.port, "GET", address).status == 200
        head = request(web.port, "HEAD", "/projects")
        assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(page.body)))
        known = request(web.port, "GET", "/projects", headers={"If-None-Match": page.headers["etag"]})
        assert (known.status, known.body) == (304, b"")
        assert request(web.port, "GET", "/projects", headers={"Accept-Encoding": "gzip"}).status == 200
        said = web.send(signing.command_body("settings page off", team_id=TEAM.id, user_id=WANJIRU))
        assert "The public page is off now" in said.body.decode()

        # Whichever process is asked.
        assert {request(web.port, "GET", "/projects").status for _ in range(8)} == {404}


def test_run_serves_it_where_it_is_watched(tmp_path: Path, filled: str) -> None:
    port = free_port()
    settings = LocalSettings(
        signing_secret=SECRET,
        bot_token=TOKEN,
        app_token=APP_TOKEN,
        request_url=NOBODY,
        socket_mode=True,
    )
    with LocalServer(seeded_workspace(), settings) as slack:
        environment = bot_environment(slack, filled, SLACK_APP_TOKEN=APP_TOKEN, WATCH_PORT=str(port))
        with running_program("run", folder=tmp_path, environment=environment) as program:
            program.wait_for("Waymark is connected to Slack.")
            page = request(port, "GET", "/projects")
            assert (page.status, b"Harbour tides" in page.body) == (200, True)
            assert request(port, "GET", "/projects/in/team").status == 200
            assert request(port, "GET", "/readyz").status == 200


def test_a_worker_has_no_page(tmp_path: Path, filled: str) -> None:
    port = free_port()
    with LocalServer(
        seeded_workspace(), LocalSettings(signing_secret=SECRET, bot_token=TOKEN, request_url=NOBODY)
    ) as slack:
        environment = bot_environment(slack, filled, WATCH_PORT=str(port))
        with running_program("worker", folder=tmp_path, environment=environment) as program:
            program.wait_until(lambda: is_answered(port, "GET", "/healthz"))
            assert request(port, "GET", "/projects").status == 404
