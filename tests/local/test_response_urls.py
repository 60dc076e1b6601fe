import json
from typing import Any

import pytest

from bot.local.seed import JMTE, MATEO, RANDOM, WANJIRU

from .conftest import Slack
from .receiver import Reply

BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go"}
ACTIONS = {"type": "actions", "elements": [BUTTON]}


def from_command(slack: Slack, channel_id: str = RANDOM) -> str:
    assert slack.people.say(MATEO, channel_id, "/project list").ok
    return slack.app.received[-1].form["response_url"]


def from_button(slack: Slack, ts: str) -> str:
    slack.settle()
    assert slack.people.press(MATEO, JMTE, ts, "go").ok
    return str(slack.app.received[-1].payload["response_url"])


def error_of(answer: tuple[int, str]) -> tuple[int, str]:
    return answer[0], str(json.loads(answer[1])["error"])


def test_answers_the_person_alone_where_the_bot_is_not_even_a_member(slack: Slack) -> None:
    assert slack.respond(from_command(slack), text="Hello") == (200, "ok")
    assert (slack.last_message(RANDOM).text, slack.last_message(RANDOM).ephemeral_to) == ("Hello", MATEO)
    slack.respond(from_command(slack), text="For all", response_type="in_channel")
    assert slack.last_message(RANDOM).ephemeral_to is None


def test_five_uses_in_half_an_hour(slack: Slack) -> None:
    url, later = from_command(slack), from_command(slack)
    assert [slack.respond(url, text=str(number))[0] for number in range(5)] == [200] * 5
    assert error_of(slack.respond(url, text="one too many")) == (404, "used_url")
    slack.move(minutes=29, seconds=50)
    assert slack.respond(later, text="in time") == (200, "ok")
    slack.move(seconds=15)
    assert error_of(slack.respond(later, text="too late")) == (404, "expired_url")
    assert slack.last_message(RANDOM).text == "in time"


def test_addresses_cannot_be_guessed(slack: Slack) -> None:
    url = from_command(slack)
    secret = url.rpartition("/")[2]
    assert len(secret) >= 32
    assert error_of(slack.respond(url.replace(secret, "A" * len(secret)), text="x")) == (404, "invalid_url")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "no_text"),
        ({"text": "x", "blocks": [{"type": "section"}]}, "invalid_blocks"),
        ({"text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"delete_original": True}, "message_not_found"),
    ],
)
def test_refuses_what_cannot_be_shown(slack: Slack, fields: dict[str, Any], code: str) -> None:
    assert error_of(slack.respond(from_command(slack), **fields)) == (200, code)
    assert slack.last_message(RANDOM).user_id != slack.workspace.bot.user_id


def test_refuses_what_is_not_json(slack: Slack) -> None:
    path = from_command(slack).removeprefix(slack.server.url)
    status, _, body = slack.raw("POST", path, b"{")
    assert (status, json.loads(body)["error"]) == (200, "invalid_json")


def test_replaces_and_deletes_the_message_of_the_button(slack: Slack) -> None:
    ts = slack.client.chat_postMessage(channel=JMTE, text="old", blocks=[ACTIONS])["ts"]
    url = from_button(slack, ts)
    slack.respond(url, text="new", replace_original=True)
    message = slack.workspace.find_message(JMTE, ts)
    assert message
    assert (message.text, message.blocks) == ("new", None)
    slack.respond(url, delete_original=True)
    assert slack.workspace.find_message(JMTE, ts) is None


def test_replaces_even_an_ephemeral_message(slack: Slack) -> None:
    slack.app.replies.append(Reply(body={"text": "old", "blocks": [ACTIONS]}))
    ts = slack.people.say(MATEO, JMTE, "/project list").ts or ""
    slack.respond(from_button(slack, ts), text="new", replace_original="true")
    message = slack.workspace.find_message(JMTE, ts)
    assert message
    assert (message.text, message.ephemeral_to) == ("new", MATEO)


def test_without_being_asked_to_it_adds_a_message(slack: Slack) -> None:
    ts = slack.client.chat_postMessage(channel=JMTE, text="old", blocks=[ACTIONS])["ts"]
    slack.respond(from_button(slack, ts), text="more", thread_ts=ts)
    message = slack.last_message(JMTE)
    assert (message.text, message.thread_ts, message.ephemeral_to) == ("more", ts, MATEO)


def test_a_command_has_nothing_to_replace(slack: Slack) -> None:
    slack.app.replies.append(Reply(body={"text": "first"}))
    slack.respond(from_command(slack, JMTE), text="second", replace_original=True)
    assert [message.text for message in slack.workspace.messages_for(MATEO, JMTE)[-2:]] == ["first", "second"]


def test_an_archived_channel_takes_nothing_more(slack: Slack) -> None:
    url = from_command(slack)
    slack.people.archive(WANJIRU, RANDOM)
    assert error_of(slack.respond(url, text="x")) == (200, "is_archived")


def test_a_week_that_passes_voids_old_addresses_and_not_new_ones(slack: Slack) -> None:
    ts = str(slack.client.chat_postMessage(channel=JMTE, text="x", blocks=[ACTIONS])["ts"])
    before = from_button(slack, ts)
    slack.move(days=7)
    assert error_of(slack.respond(before, text="a week too late")) == (404, "expired_url")
    after = from_button(slack, ts)
    modal = {"type": "modal", "title": {"type": "plain_text", "text": "A"}, "blocks": [{"type": "divider"}]}
    trigger_id = slack.app.received[-1].payload["trigger_id"]
    assert slack.client.views_open(trigger_id=trigger_id, view=modal)["ok"]
    assert slack.respond(after, text="in time", replace_original=True) == (200, "ok")
