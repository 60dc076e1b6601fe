"""As it is deployed for many: processes of `web` and of `worker` on one PostgreSQL, and two workspaces."""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from bot.local.seed import seeded_workspace
from bot.local.seed_second import second_workspace
from bot.local.server import LocalServer
from bot.local.workspace import Workspace
from storage.database import Database
from storage.migrate import migrate
from tests.support.bot import SECRET
from tests.support.installed import (
    ADMIN,
    CHANNEL,
    CHANNEL_NAME,
    CLIENT_ID,
    CLIENT_SECRET,
    FIRST,
    KEY,
    SECOND,
    Browser,
    slack_settings,
)
from tests.support.ports import free_port
from tests.support.postgres import PostgresServer
from tests.support.product import HOST, Program, is_answered, running_program


@pytest.fixture
def deployed(tmp_path: Path, postgres_server: PostgresServer) -> Iterator[tuple[str, LocalServer, Program]]:
    """The address of the bot, its Slack, and one of the workers."""
    port = free_port()
    url = f"http://{HOST}:{port}"
    slack = LocalServer(seeded_workspace(), slack_settings(url, rotates=True), others=[second_workspace()])
    with postgres_server.new_database() as database_url, slack, ExitStack() as stack:
        database = Database(database_url)
        migrate(database)
        database.close()
        environment = {
            "SLACK_API_URL": slack.api_url,
            "SLACK_CLIENT_ID": CLIENT_ID,
            "SLACK_CLIENT_SECRET": CLIENT_SECRET,
            "SLACK_SIGNING_SECRET": SECRET,
            "WAYMARK_KEYS": KEY,
            "PUBLIC_URL": url,
            "DATABASE_URL": database_url,
        }

        def begin(*arguments: str) -> Program:
            return stack.enter_context(running_program(*arguments, folder=tmp_path, environment=environment))

        web = begin("web", "--port", str(port), "--workers", "2", "--no-pin")
        workers = [begin("worker") for _ in range(2)]
        web.wait_until(lambda: is_answered(port, "GET", "/slack/install"))
        for worker in workers:
            worker.wait_for("asks, reminds and sends")
        yield url, slack, workers[0]


def has_message(workspace: Workspace) -> bool:
    return workspace.count_calls("chat.postMessage") > 0


@pytest.mark.postgres
def test_two_workspaces_install_it_are_answered_and_get_what_they_were_promised(
    deployed: tuple[str, LocalServer, Program],
) -> None:
    url, slack, worker = deployed
    for workspace_id in (FIRST, SECOND):
        people, admin = slack.people_of(workspace_id), ADMIN[workspace_id]
        browser = Browser()
        at = browser.get(f"{url}/slack/install?begin=1").location
        back = browser.get(at, form={"team": workspace_id, "user": admin, "decision": "allow"}).location
        assert browser.get(back).status == 200
        bot_id = people.workspace.bot.user_id
        people.invite(admin, CHANNEL[workspace_id], bot_id)
        for text in (
            "create Reef",
            f"channel reef #{CHANNEL_NAME[workspace_id]}",
            "outcome add reef Corals are counted",
            "checkin reef",
        ):
            assert people.run_command(admin, CHANNEL[workspace_id], f"/project {text}").ok

    for workspace_id in (FIRST, SECOND):
        workspace = slack.people_of(workspace_id).workspace
        worker.wait_until(partial(has_message, workspace))
        (asked,) = [
            each
            for each in workspace.messages_for(ADMIN[workspace_id], CHANNEL[workspace_id])
            if each.bot_id and each.metadata
        ]
        assert "Reef" in asked.text
        assert {call.error for call in workspace.calls if call.name == "chat.postMessage"} == {None}
