"""Whom nobody has met is met, also by processes that remember nothing of each other."""

import logging
from datetime import timedelta

import pytest
from slack_sdk import WebClient

from bot.local.seed import TEAM, seeded_workspace
from bot.local.server import LocalServer
from bot.local.settings import LocalSettings
from bot.slack.accounts import OnlyGateway
from bot.slack.directory import Directory
from bot.slack.gateway import Gateway
from bot.slack.meeting import Meeting
from storage.database import Database
from tests.support.bot import SECRET, TOKEN, Now
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


def test_that_slack_does_not_know_an_owner_is_no_warning_and_said_once_a_day(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    now = Now(NOW)
    with sqlite_database.write() as tx:
        make_workspace(tx, TEAM.id)
        make_project(tx, TEAM.id, owner_id="U0STRANGE01")
    settings = LocalSettings(signing_secret=SECRET, bot_token=TOKEN, request_url="http://127.0.0.1:9/")
    with LocalServer(seeded_workspace(), settings) as slack:
        only = OnlyGateway(TEAM.id, Gateway(WebClient(TOKEN, slack.api_url)))
        directory = Directory(sqlite_database, only, now)
        for _ in range(3):
            # Each as a `tick` of its own: it remembers nothing of whom it has asked about.
            Meeting(sqlite_database, TEAM.id, directory, now).meet()
            now.at += timedelta(hours=11)
        assert slack.workspace.count_calls("users.info") == 3

    lines = [each for each in caplog.records if "users.info" in each.getMessage()]
    assert [each.levelno for each in lines] == [logging.INFO]
    now.at += timedelta(hours=11)
    directory.learn_person(TEAM.id, "U0STRANGE01")
    assert [each.levelno for each in caplog.records if "not known in" in each.getMessage()][1:] == [
        logging.WARNING
    ], "that Slack is away is another thing"
