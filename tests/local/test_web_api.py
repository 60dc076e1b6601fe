import json

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.local.seed import BOT, JMTE, TEAM
from bot.local.server import BODY_LIMIT

from .conftest import TOKEN, Slack

FORM = "application/x-www-form-urlencoded"
JSON = "application/json;charset=utf-8"
POST = "/api/chat.postMessage"
BEARER = f"Bearer {TOKEN}"


def test_says_who_the_token_belongs_to(slack: Slack) -> None:
    answer = slack.client.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == (BOT.user_id, BOT.bot_id, TEAM.id)
    assert answer["url"] == f"{slack.server.url}/"


def test_takes_a_form_json_and_an_address(slack: Slack) -> None:
    in_json = json.dumps({"channel": JMTE, "text": "one"}).encode()
    slack.raw(
        "POST",
        "/api/chat.postMessage",
        in_json,
        Content_Type="application/json; charset=utf-8",
        Authorization=BEARER,
    )
    in_form = f"token={TOKEN}&channel={JMTE}&text=two&blocks=%5B%5D".encode()
    slack.raw("POST", POST, in_form, Content_Type=FORM)
    slack.raw("GET", f"/api/chat.postMessage?channel={JMTE}&text=three", Authorization=BEARER)
    assert [message.text for message in slack.workspace.messages[JMTE][-3:]] == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"{", "application/json", "invalid_json"),
        (b"[" * 100_000, "application/json", "invalid_json"),
        (b"[1]", "application/json", "json_not_object"),
        (b"channel=C1", "application/xml", "invalid_post_type"),
        (b"channel=C1", "", "missing_post_type"),
        (b'{"channel": {"a": 1}, "text": "x"}', "application/json", "invalid_arguments"),
        (b'{"channel": "C0JMTE00001", "text": {"a": 1}}', "application/json", "invalid_arguments"),
        (b"channel=C0JMTE00001&text=x&blocks=%7B", FORM, "invalid_blocks_format"),
        (b"\xff\xfe=%ff&channel=%ff&text=x", FORM, "invalid_arguments"),
    ],
)
def test_refuses_what_it_cannot_read(slack: Slack, body: bytes, kind: str, code: str) -> None:
    status, _, answer = slack.raw(
        "POST", "/api/chat.postMessage", body, Content_Type=kind, Authorization=BEARER
    )
    assert (status, json.loads(answer)["error"]) == (200, code)


def test_refuses_a_body_that_is_too_large(slack: Slack) -> None:
    body = b'{"text": "' + b"x" * BODY_LIMIT + b'"}'
    status, _, answer = slack.raw("POST", "/api/api.test", body, Content_Type=JSON, Authorization=BEARER)
    assert status == 413
    assert json.loads(answer)["ok"] is False


def test_knows_no_other_verbs(slack: Slack) -> None:
    status, _, answer = slack.raw("PUT", "/api/auth.test", Authorization=BEARER)
    assert (status, json.loads(answer)) == (405, {"ok": False, "error": "method_not_allowed"})


@pytest.mark.parametrize(("token", "code"), [("", "not_authed"), ("xoxb-other", "invalid_auth")])
def test_refuses_a_wrong_token(slack: Slack, token: str, code: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        WebClient(token, base_url=slack.server.api_url).auth_test()
    assert refused.value.response["error"] == code


def test_does_not_look_for_the_token_in_json(slack: Slack) -> None:
    body = json.dumps({"token": TOKEN}).encode()
    answer = slack.raw("POST", "/api/auth.test", body, Content_Type="application/json")[2]
    assert json.loads(answer)["error"] == "not_authed"


def test_names_a_method_that_does_not_exist(slack: Slack) -> None:
    with pytest.raises(SlackApiError) as refused:
        slack.client.api_call("chat.shout")
    assert refused.value.response.data == {"ok": False, "error": "unknown_method", "req_method": "chat.shout"}


def test_api_test_gives_back_what_it_got(slack: Slack) -> None:
    assert slack.client.api_test(foo="bar")["args"] == {"foo": "bar"}
    with pytest.raises(SlackApiError, match="my_error"):
        slack.client.api_test(error="my_error")


def test_writes_calls_down(slack: Slack) -> None:
    slack.client.auth_test()
    with pytest.raises(SlackApiError):
        slack.client.users_info(user="U0NOBODY")
    assert slack.workspace.count_calls("auth.test") == 1
    last = slack.workspace.calls[-1]
    assert (last.direction, last.name, last.ok, last.error) == ("in", "users.info", False, "user_not_found")
    assert last.detail["arguments"] == {"user": "U0NOBODY"}


def test_nothing_works_any_more_once_the_app_was_removed(slack: Slack) -> None:
    assert slack.people.uninstall("U0WANJIRU01").ok
    with pytest.raises(SlackApiError, match="account_inactive"):
        slack.client.auth_test()
    assert {event["type"] for event in slack.events()} == {"app_uninstalled", "tokens_revoked"}
