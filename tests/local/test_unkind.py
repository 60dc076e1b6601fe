import json
from http.client import RemoteDisconnected
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.local.seed import JMTE, MATEO

from .conftest import Slack


def texts(slack: Slack) -> list[str]:
    return [message.text for message in slack.workspace.messages[JMTE]]


def test_limits_the_rate_as_often_as_asked(slack: Slack) -> None:
    slack.local("unkind", {"method": "chat.postMessage", "status": 429, "retry_after": 2, "times": 2})
    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            slack.client.chat_postMessage(channel=JMTE, text="x")
        response = refused.value.response
        assert (response.status_code, response["error"]) == (429, "ratelimited")
        assert response.headers["Retry-After"] == "2"
    slack.client.auth_test()
    slack.client.chat_postMessage(channel=JMTE, text="at last")
    assert texts(slack)[-1] == "at last"
    assert "x" not in texts(slack)


def test_fails_with_500_and_with_a_code(slack: Slack) -> None:
    slack.local("unkind", {"status": 500})
    slack.local("unkind", {"method": "auth.test", "error": "fatal_error"})
    with pytest.raises(SlackApiError) as refused:
        slack.client.users_list()
    assert refused.value.response.status_code == 500
    with pytest.raises(SlackApiError, match="fatal_error"):
        slack.client.auth_test()
    assert slack.client.auth_test()["ok"]


@pytest.mark.parametrize(("drop", "posted"), [("before", 0), ("after", 1)])
def test_drops_the_connection(slack: Slack, drop: str, posted: int) -> None:
    slack.local("unkind", {"method": "chat.postMessage", "drop": drop})
    slack.client.retry_handlers = []
    with pytest.raises((RemoteDisconnected, ConnectionError)):
        slack.client.chat_postMessage(channel=JMTE, text="did it arrive?")
    assert texts(slack).count("did it arrive?") == posted


def test_a_delay_outlasts_an_impatient_client(slack: Slack) -> None:
    slack.local("unkind", {"method": "auth.test", "delay": 30})
    slack.client.timeout = 0.2  # type: ignore[assignment]  # the client passes it on to the socket, which takes it
    with pytest.raises(TimeoutError):
        slack.client.auth_test()
    assert slack.workspace.count_calls("auth.test") == 0


def test_sends_an_event_twice_with_the_same_id(slack: Slack) -> None:
    slack.local("unkind", {"event": "message.channels"})
    slack.people.say(MATEO, JMTE, "one")
    slack.people.say(MATEO, JMTE, "two")
    slack.settle()
    bodies = [json.loads(received.body) for received in slack.app.received]
    ids = [body["event_id"] for body in bodies if body["event"]["text"] == "one"]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert len(bodies) == 3


def test_breaks_response_urls_too(slack: Slack) -> None:
    slack.people.say(MATEO, JMTE, "/project list")
    url = slack.app.received[0].form["response_url"]
    slack.local("unkind", {"method": "response_url", "status": 500})
    assert slack.respond(url, text="x")[0] == 500
    assert slack.respond(url, text="x") == (200, "ok")


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"method": "auth.test"},
        {"status": "429"},
        {"status": True},
        {"drop": "sometimes"},
        {"status": 500, "times": 0},
        {"delay": -1},
        {"surprise": 1},
    ],
)
def test_refuses_a_rule_that_it_does_not_understand(slack: Slack, rule: dict[str, Any]) -> None:
    answer = slack.local("unkind", rule)
    assert (answer["ok"], answer["error"]) == (False, "invalid_arguments")
    assert slack.server.platform.unkindness.rules() == []


def test_rules_can_be_forgotten(slack: Slack) -> None:
    assert len(slack.local("unkind", {"status": 500, "times": 9})["rules"]) == 1
    slack.raw("DELETE", "/local/unkind")
    assert slack.client.auth_test()["ok"]
