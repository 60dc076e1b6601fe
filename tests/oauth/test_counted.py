"""Calls of Slack's that fail beside all others are counted with them: for installing, and for Socket Mode."""

import re

import pytest

from bot import clock
from bot.errors import SlackRefusedError
from bot.metrics import METERS
from bot.slack.accounts import Account
from bot.slack.calling import open_caller
from bot.slack.oauth import SlackApp
from tests.support.installed import CLIENT_ID, CLIENT_SECRET, Many
from tests.support.loops import run_apart


def counted(method: str) -> float:
    """How often it has failed so far, by whatever word."""
    _, text = METERS.render(lambda: ())
    found = re.findall(rf'waymark_slack_errors_total{{.*method="{method}".*}} (\S+)', text.decode())
    return sum(float(each) for each in found)


def test_an_installation_that_slack_refuses(many: Many) -> None:
    METERS.begin()
    before = counted("oauth.v2.access")
    app = SlackApp(CLIENT_ID, CLIENT_SECRET, many.slack.api_url, f"{many.url}/slack/oauth_redirect")

    with pytest.raises(SlackRefusedError):
        app.exchange("made-up", clock.now())

    assert counted("oauth.v2.access") == before + 1


def test_a_connection_that_slack_refuses(many: Many) -> None:
    METERS.begin()
    before = counted("apps.connections.open")

    async def knock() -> None:
        async with open_caller(
            Account("", "xapp-made-up", many.slack.api_url), connections=1, timeout_s=5
        ) as caller:
            await caller.knock("apps.connections.open")

    with pytest.raises(SlackRefusedError):
        run_apart(knock())

    assert counted("apps.connections.open") == before + 1
