"""Which scopes the token has is said with every answer, and what it may not do is refused."""

from collections.abc import Iterator
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.local.api.registry import METHODS
from bot.local.api.scopes import EVERY, accepted_by
from bot.local.manifest import read_manifest
from bot.local.seed import JMTE, WANJIRU, seeded_workspace
from bot.local.server import LocalServer

from .conftest import TOKEN, Slack, settings_for
from .receiver import Receiver

GRANTED = ("chat:write", "channels:read")


@pytest.fixture
def narrow(app: Receiver) -> Iterator[WebClient]:
    """A token that may do little."""
    with LocalServer(seeded_workspace(), settings_for(app, scopes=GRANTED)) as server:
        yield WebClient(TOKEN, base_url=server.api_url)


def header(headers: object, name: str) -> str:
    assert isinstance(headers, dict)
    return next(str(value) for key, value in headers.items() if key.lower() == name)


def test_every_answer_says_what_the_token_may_do(narrow: WebClient) -> None:
    answer = narrow.auth_test()

    assert header(answer.headers, "x-oauth-scopes") == "chat:write,channels:read"
    assert header(narrow.chat_postMessage(channel=JMTE, text="a").headers, "x-accepted-oauth-scopes") == (
        "chat:write"
    )


def test_a_token_without_named_scopes_may_do_everything(slack: Slack) -> None:
    assert header(slack.client.auth_test().headers, "x-oauth-scopes").split(",") == list(EVERY)
    assert {scope for method in METHODS for scope in accepted_by(method)} <= set(EVERY)


def test_nobodys_token_has_no_scopes(slack: Slack) -> None:
    with pytest.raises(SlackApiError, match="invalid_auth") as caught:
        WebClient("xoxb-wrong", base_url=slack.server.api_url).auth_test()
    assert "x-oauth-scopes" not in {name.lower() for name in caught.value.response.headers}


@pytest.mark.parametrize(
    ("method", "arguments", "needed"),
    [
        ("users.info", {"user": WANJIRU}, "users:read"),
        ("conversations.open", {"users": WANJIRU}, "im:write"),
        ("conversations.history", {"channel": JMTE}, "channels:history"),
        ("conversations.list", {"types": "public_channel,private_channel"}, "groups:read"),
        ("reactions.add", {"channel": JMTE, "timestamp": "1.1", "name": "wave"}, "reactions:write"),
    ],
)
def test_what_it_may_not_do_is_refused_as_slack_does(
    narrow: WebClient, method: str, arguments: dict[str, str], needed: str
) -> None:
    with pytest.raises(SlackApiError, match="missing_scope") as caught:
        narrow.api_call(method, params=arguments)

    assert caught.value.response["needed"] == needed
    assert caught.value.response["provided"] == "chat:write,channels:read"


def test_what_it_may_do_is_done(narrow: WebClient) -> None:
    ts = narrow.chat_postMessage(channel=JMTE, text="a")["ts"]

    assert narrow.conversations_list(types="public_channel")["ok"]
    assert narrow.conversations_info(channel=JMTE)["ok"]
    assert narrow.chat_getPermalink(channel=JMTE, message_ts=ts)["ok"]


def test_the_manifest_says_which_scopes_the_app_asks_for() -> None:
    manifest = read_manifest({"oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}}})

    assert manifest.scopes == ("chat:write", "commands")
    assert read_manifest({}).scopes == ()


def test_the_date_of_an_answer_is_slacks_own(slack: Slack) -> None:
    slack.workspace.clock.move(timedelta(days=3))

    date = parsedate_to_datetime(header(slack.client.auth_test().headers, "date"))

    assert abs(date - slack.workspace.clock.now()) < timedelta(minutes=1)
