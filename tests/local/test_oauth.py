"""The local workspace gives tokens as Slack does, and takes them back as Slack does."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.local.seed import MATEO, TEAM, WANJIRU, seeded_workspace
from bot.local.seed_second import INES, second_workspace
from bot.local.seed_second import TEAM as SECOND
from bot.local.server import LocalServer
from bot.local.settings import LocalOAuth, LocalSettings
from tests.support.installed import Browser

from .receiver import SIGNING_SECRET, Receiver

ID, SECRET = "111.222", "made-up"
BACK = "https://app.example.org/back"
SCOPES = ("chat:write", "commands")
ASKED = {"client_id": ID, "scope": "chat:write,commands", "state": "s1", "redirect_uri": BACK}

Start = Callable[..., LocalServer]


@pytest.fixture
def start(app: Receiver) -> Iterator[Start]:
    """A Slack with two workspaces; with `rotates`, tokens end."""
    running: list[LocalServer] = []

    def begin(*, rotates: bool = False) -> LocalServer:
        oauth = LocalOAuth(
            client_id=ID, client_secret=SECRET, redirect_urls=(BACK,), scopes=SCOPES, rotates=rotates
        )
        settings = LocalSettings(
            signing_secret=SIGNING_SECRET,
            bot_token="",
            request_url=app.url,
            event_subscriptions=("app_uninstalled", "tokens_revoked", "message.channels"),
            oauth=oauth,
        )
        first = seeded_workspace()
        server = LocalServer(first, settings, others=[second_workspace(first.clock)])
        server.start()
        running.append(server)
        return server

    yield begin
    for server in running:
        server.stop()


def authorize(server: LocalServer, team: str = TEAM.id, user: str = WANJIRU, **asked: str) -> str:
    """What somebody's browser is told after they have pressed Allow."""
    got = Browser().get(
        f"{server.url}/oauth/v2/authorize?{urlencode({**ASKED, **asked})}",
        form={"team": team, "user": user, "decision": "allow"},
    )
    return got.location if got.status == 302 else got.text


def code_of(location: str) -> str:
    return parse_qs(urlsplit(location).query)["code"][0]


def exchange(server: LocalServer, code: str, **given: Any) -> Any:
    values = {"client_id": ID, "client_secret": SECRET, "code": code, "redirect_uri": BACK, **given}
    return WebClient(base_url=server.api_url).oauth_v2_access(**values).data


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(SlackApiError) as raised:
        call()
    return str(raised.value.response["error"])


def refresh(server: LocalServer, refresh_token: str) -> Any:
    return (
        WebClient(base_url=server.api_url)
        .oauth_v2_access(
            client_id=ID, client_secret=SECRET, grant_type="refresh_token", refresh_token=refresh_token
        )
        .data
    )


def as_bot(server: LocalServer, token: str) -> WebClient:
    return WebClient(token, base_url=server.api_url)


def test_the_page_asks_for_each_workspace_in_which_nobody_has_it_yet(start: Start) -> None:
    server = start()
    page = Browser().get(f"{server.url}/oauth/v2/authorize?{urlencode(ASKED)}")

    assert page.status == 200
    assert re.findall(r"<h2>(.*?)</h2>", page.text) == [TEAM.name, SECOND.name]
    assert not server.workspace.installed


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"client_id": "333"}, "invalid_client_id"),
        ({"redirect_uri": "https://elsewhere.example.org/"}, "bad_redirect_uri"),
        ({"scope": ""}, "no_scopes"),
        ({"scope": "admin"}, "invalid_scope"),
    ],
)
def test_a_wrong_address_is_shown_and_nobody_is_sent_back(
    start: Start, asked: dict[str, str], code: str
) -> None:
    server = start()
    page = Browser().get(f"{server.url}/oauth/v2/authorize?{urlencode({**ASKED, **asked})}")

    assert (page.status, page.text) == (400, f"Something went wrong: {code}")
    assert authorize(server, **asked) == f"Something went wrong: {code}"


def test_a_code_becomes_a_token_of_the_workspace_that_was_chosen(start: Start) -> None:
    server = start()
    first = exchange(server, code_of(authorize(server)))
    second = exchange(server, code_of(authorize(server, SECOND.id, INES)))

    assert (first["team"], first["enterprise"], first["is_enterprise_install"]) == (
        {"id": TEAM.id, "name": TEAM.name},
        None,
        False,
    )
    assert (first["token_type"], first["scope"]) == ("bot", "chat:write,commands")
    assert first["authed_user"] == {"id": WANJIRU}
    assert "expires_in" not in first
    assert as_bot(server, first["access_token"]).auth_test()["team_id"] == TEAM.id
    assert as_bot(server, second["access_token"]).auth_test()["team_id"] == SECOND.id


def test_installing_again_gives_the_token_that_there_is(start: Start) -> None:
    server = start()
    first = exchange(server, code_of(authorize(server)))
    again = exchange(server, code_of(authorize(server, user=MATEO)))

    assert again["access_token"] == first["access_token"]


def test_a_code_is_good_once_for_ten_minutes_and_for_its_app_alone(start: Start) -> None:
    server = start()
    code = code_of(authorize(server))
    assert refused(lambda: exchange(server, code, client_id="333")) == "invalid_client_id"
    assert refused(lambda: exchange(server, code, client_secret="x")) == "bad_client_secret"
    assert refused(lambda: exchange(server, code, redirect_uri=BACK + "/x")) == "bad_redirect_uri"
    assert refused(lambda: exchange(server, code, grant_type="password")) == "invalid_grant_type"
    assert refused(lambda: exchange(server, "made-up")) == "invalid_code"

    assert exchange(server, code)["ok"]

    assert refused(lambda: exchange(server, code)) == "invalid_code"
    late = code_of(authorize(server))
    server.workspace.clock.move(timedelta(minutes=10))
    assert refused(lambda: exchange(server, late)) == "invalid_code"


def test_tokens_end_after_twelve_hours_and_a_refresh_token_is_good_once(start: Start) -> None:
    server = start(rotates=True)
    given = exchange(server, code_of(authorize(server)))
    assert given["expires_in"] == 43_200
    assert given["access_token"].startswith("xoxe.xoxb-1-")
    server.workspace.clock.move(timedelta(hours=12))
    assert refused(as_bot(server, given["access_token"]).auth_test) == "token_expired"

    fresh = refresh(server, given["refresh_token"])

    assert as_bot(server, fresh["access_token"]).auth_test()["team_id"] == TEAM.id
    assert refused(lambda: refresh(server, given["refresh_token"])) == "invalid_refresh_token"


def test_two_tokens_are_good_at_a_time(start: Start) -> None:
    server = start(rotates=True)
    first = exchange(server, code_of(authorize(server)))
    second = refresh(server, first["refresh_token"])
    assert as_bot(server, first["access_token"]).auth_test()["ok"]

    third = refresh(server, second["refresh_token"])

    assert refused(as_bot(server, first["access_token"]).auth_test) == "token_revoked"
    assert as_bot(server, second["access_token"]).auth_test()["ok"]
    assert as_bot(server, third["access_token"]).auth_test()["ok"]


def test_a_token_that_is_revoked_is_void_and_with_the_last_the_app_is_gone(
    start: Start, app: Receiver
) -> None:
    server = start(rotates=True)
    first = exchange(server, code_of(authorize(server)))
    second = refresh(server, first["refresh_token"])
    assert as_bot(server, first["access_token"]).auth_revoke(test=True)["revoked"] is False
    assert as_bot(server, first["access_token"]).auth_revoke()["revoked"] is True
    assert server.platform.events.settle()
    assert [event["type"] for event in events(app)] == ["tokens_revoked"]
    assert refused(as_bot(server, first["access_token"]).auth_test) == "token_revoked"
    assert as_bot(server, second["access_token"]).auth_test()["ok"]

    as_bot(server, second["access_token"]).auth_revoke()

    assert server.platform.events.settle()
    assert sorted(event["type"] for event in events(app)[1:]) == ["app_uninstalled", "tokens_revoked"]
    assert refused(as_bot(server, second["access_token"]).auth_test) == "account_inactive"


def test_an_app_can_take_itself_out_of_one_workspace(start: Start, app: Receiver) -> None:
    server = start()
    first = exchange(server, code_of(authorize(server)))["access_token"]
    second = exchange(server, code_of(authorize(server, SECOND.id, INES)))["access_token"]
    client = as_bot(server, first)
    assert refused(lambda: client.apps_uninstall(client_id=ID, client_secret="x")) == "bad_client_secret"

    assert client.apps_uninstall(client_id=ID, client_secret=SECRET)["ok"]

    assert server.platform.events.settle()
    assert {event["type"] for event in events(app)} == {"app_uninstalled", "tokens_revoked"}
    assert refused(as_bot(server, first).auth_test) == "account_inactive"
    assert as_bot(server, second).auth_test()["ok"]


def events(app: Receiver) -> list[dict[str, Any]]:
    return [received.event for received in app.received if b'"event_callback"' in received.body]
