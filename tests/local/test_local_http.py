import json
from datetime import timedelta
from typing import Any

import pytest

from bot.local.seed import GENERAL, JMTE, MATEO

from .conftest import Slack


def get(slack: Slack, path: str) -> Any:
    return json.loads(slack.raw("GET", f"/local/{path}")[2])


def test_people_act_by_name(slack: Slack) -> None:
    result = slack.local("people/say", {"user_id": MATEO, "channel_id": JMTE, "text": "hello"})
    assert (result["ok"], result["sentence"], result["channel_id"]) == (True, "", JMTE)
    messages = get(slack, f"state?user={MATEO}")["messages"][JMTE]
    assert (messages[-1]["ts"], messages[-1]["text"]) == (result["ts"], "hello")


@pytest.mark.parametrize(
    ("verb", "fields", "code"),
    [
        ("fly", {}, "unknown_verb"),
        ("_view", {}, "unknown_verb"),
        ("say", {"user_id": MATEO}, "invalid_arguments"),
        ("say", {"user_id": "U0", "channel_id": GENERAL, "text": "x"}, "user_not_found"),
        ("say", {"user_id": MATEO, "channel_id": GENERAL, "text": "x", "y": 1}, "invalid_arguments"),
        ("say", {"user_id": MATEO, "channel_id": GENERAL, "text": 7}, "invalid_arguments"),
        (
            "press",
            {"user_id": MATEO, "channel_id": [], "message_ts": "1", "action_id": "a"},
            "invalid_arguments",
        ),
    ],
)
def test_refuses_what_it_does_not_understand(
    slack: Slack, verb: str, fields: dict[str, Any], code: str
) -> None:
    answer = slack.local(f"people/{verb}", fields)
    assert (answer["ok"], answer["error"]) == (False, code)


def test_moves_the_clock(slack: Slack) -> None:
    before = slack.workspace.clock.now()
    version = slack.workspace.version
    answer = slack.local("clock", {"seconds": 7 * 86_400})
    assert slack.workspace.clock.now() - before >= timedelta(days=7)
    assert answer["offset_seconds"] == 7 * 86_400
    assert slack.workspace.version > version
    assert get(slack, "clock")["now"] >= answer["now"]


@pytest.mark.parametrize("seconds", [-1, "an hour", None, 1e12, True])
def test_the_clock_moves_only_ahead(slack: Slack, seconds: object) -> None:
    assert slack.local("clock", {"seconds": seconds})["error"] == "invalid_arguments"
    assert slack.workspace.clock.offset == timedelta()


def test_shows_the_log(slack: Slack) -> None:
    slack.client.auth_test()
    slack.people.say(MATEO, JMTE, "/project list")
    assert [call["name"] for call in get(slack, "calls")["calls"]] == ["auth.test", "command /project"]
    assert [call["ok"] for call in get(slack, "calls?direction=out")["calls"]] == [True]
    assert get(slack, "calls?name=users.list")["calls"] == []


def test_waits_until_all_is_sent(slack: Slack) -> None:
    slack.people.say(MATEO, JMTE, "hello")
    assert slack.local("settle", {})["ok"] is True
    assert len(slack.app.received) == 1
    assert slack.local("settle", {"timeout": "long"})["error"] == "invalid_arguments"


def test_malformed_json_is_no_accident(slack: Slack) -> None:
    status, _, body = slack.raw("POST", "/local/clock", b"{")
    assert (status, json.loads(body)["error"]) == (400, "invalid_json")
