"""Whom nobody has met is met, also by processes that remember nothing of each other."""

from slack_sdk import WebClient

from bot.local.seed import TEAM, seeded_workspace
from bot.local.server import LocalServer
from bot.local.settings import LocalSettings
from bot.slack.directory import Directory
from bot.slack.gateway import Gateway
from bot.slack.meeting import Meeting
from storage.database import Database
from tests.support.bot import SECRET, TOKEN
from tests.support.make import NOW, make_project, make_workspace

STRANGERS = {f"U0STRANGE{number:02}" for number in range(25)}
"""More than are asked about at a time, and Slack knows none of them."""


def test_one_tick_after_the_other_asks_about_everybody(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx, TEAM.id)
        for person_id in STRANGERS:
            make_project(tx, TEAM.id, owner_id=person_id)
    workspace, asked = seeded_workspace(), set()
    settings = LocalSettings(signing_secret=SECRET, bot_token=TOKEN, request_url="http://127.0.0.1:9/")
    with LocalServer(workspace, settings) as slack:
        gateway = Gateway(WebClient(TOKEN, slack.api_url))
        # Each leaves five out: that fifteen leave out the same one happens once in a thousand million times.
        for _ in range(15):
            directory = Directory(database, gateway, lambda: NOW)
            Meeting(database, TEAM.id, directory, lambda: NOW).meet()
            asked |= {
                call.detail["arguments"]["user"] for call in workspace.calls if call.name == "users.info"
            }
            assert workspace.count_calls("users.info") == 20
            workspace.calls.clear()

    assert asked == STRANGERS
