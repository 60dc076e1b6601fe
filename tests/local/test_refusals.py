"""What Slack refuses, by request and code."""

import json
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.local.seed import BOT, DOCS, JMTE, LEILANI, MATEO, RANDOM, STEWARDS, TOMASZ, WANJIRU

from .conftest import Slack

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "Hello"}, "blocks": [SECTION]}
HOME = {"type": "home", "blocks": [SECTION]}
NO_CHANNEL = "C0NOWHERE01"
LONG_AGO = "1234567890.000100"
FORGED_TRIGGER = "1.2.abc"

TABLE: list[tuple[str, dict[str, Any], str]] = [
    ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
    ("chat.postMessage", {"channel": JMTE}, "no_text"),
    ("chat.postMessage", {"channel": JMTE, "text": " ", "blocks": []}, "no_text"),
    ("chat.postMessage", {"channel": NO_CHANNEL, "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "#nowhere", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": RANDOM, "text": "x"}, "not_in_channel"),
    ("chat.postMessage", {"channel": "U0NOBODY01", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": BOT.user_id, "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": JMTE, "blocks": "{"}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": JMTE, "blocks": {"type": "section"}}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": JMTE, "blocks": [{"type": "section"}]}, "invalid_blocks"),
    ("chat.postMessage", {"channel": JMTE, "text": "x", "attachments": "x"}, "invalid_attachments"),
    ("chat.postMessage", {"channel": JMTE, "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
    ("chat.postMessage", {"channel": JMTE, "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
    ("chat.postMessage", {"channel": JMTE, "markdown_text": "y" * 12_001}, "msg_too_long"),
    ("chat.postMessage", {"channel": JMTE, "text": "x", "metadata": {"a": 1}}, "invalid_metadata_format"),
    ("chat.postMessage", {"channel": JMTE, "text": "x", "metadata": "{"}, "invalid_metadata_format"),
    (
        "chat.postMessage",
        {"channel": JMTE, "text": "x", "metadata": {"event_type": "waymark.prompt", "event_payload": {}}},
        "invalid_metadata_format",
    ),
    (
        "chat.postMessage",
        {"channel": JMTE, "text": "x", "metadata": {"event_type": "t", "event_payload": {"k": "v" * 20_000}}},
        "metadata_too_large",
    ),
    ("chat.postEphemeral", {"channel": JMTE, "user": WANJIRU}, "no_text"),
    ("chat.postEphemeral", {"channel": JMTE, "text": "x"}, "invalid_arguments"),
    ("chat.postEphemeral", {"channel": DOCS, "user": WANJIRU, "text": "x"}, "user_not_in_channel"),
    ("chat.postEphemeral", {"channel": JMTE, "user": "U0NOBODY01", "text": "x"}, "user_not_found"),
    ("chat.postEphemeral", {"channel": RANDOM, "user": WANJIRU, "text": "x"}, "not_in_channel"),
    ("chat.update", {"channel": JMTE, "ts": LONG_AGO, "text": "x"}, "message_not_found"),
    ("chat.update", {"channel": WANJIRU, "ts": LONG_AGO, "text": "x"}, "channel_not_found"),
    ("chat.update", {"channel": JMTE, "ts": LONG_AGO, "text": "x" * 4_001}, "msg_too_long"),
    ("chat.update", {"channel": JMTE, "ts": LONG_AGO}, "no_text"),
    ("chat.update", {"channel": JMTE, "text": "x"}, "invalid_arguments"),
    ("chat.delete", {"channel": JMTE, "ts": LONG_AGO}, "message_not_found"),
    ("chat.delete", {"channel": NO_CHANNEL, "ts": LONG_AGO}, "channel_not_found"),
    ("chat.getPermalink", {"channel": JMTE, "message_ts": LONG_AGO}, "message_not_found"),
    ("conversations.list", {"types": "public_channel,party"}, "invalid_types"),
    ("conversations.list", {"limit": 1_001}, "invalid_limit"),
    ("conversations.list", {"limit": "many"}, "invalid_limit"),
    ("conversations.list", {"limit": "9" * 5_000}, "invalid_limit"),
    ("conversations.list", {"cursor": "nonsense"}, "invalid_cursor"),
    ("conversations.list", {"cursor": "dXNlcjpVMQ=="}, "invalid_cursor"),
    ("conversations.info", {"channel": NO_CHANNEL}, "channel_not_found"),
    ("conversations.history", {"channel": RANDOM}, "not_in_channel"),
    ("conversations.history", {"channel": NO_CHANNEL}, "channel_not_found"),
    ("conversations.history", {"channel": JMTE, "oldest": "yesterday"}, "invalid_ts_oldest"),
    ("conversations.history", {"channel": JMTE, "latest": "1.²"}, "invalid_ts_latest"),
    ("conversations.history", {"channel": JMTE, "cursor": "bmV4dF90czp4"}, "invalid_cursor"),
    ("conversations.replies", {"channel": JMTE, "ts": LONG_AGO}, "thread_not_found"),
    ("conversations.members", {"channel": NO_CHANNEL}, "channel_not_found"),
    ("conversations.open", {}, "users_list_not_supplied"),
    ("conversations.open", {"users": "U0NOBODY01"}, "user_not_found"),
    ("conversations.open", {"users": TOMASZ}, "user_disabled"),
    ("conversations.open", {"users": BOT.user_id}, "cannot_dm_bot"),
    ("conversations.open", {"channel": JMTE}, "method_not_supported_for_channel_type"),
    ("conversations.join", {"channel": NO_CHANNEL}, "channel_not_found"),
    ("conversations.join", {"channel": STEWARDS}, "method_not_supported_for_channel_type"),
    ("users.info", {"user": "U0NOBODY01"}, "user_not_found"),
    ("users.info", {}, "invalid_arguments"),
    ("users.list", {"cursor": "%%%"}, "invalid_cursor"),
    ("reactions.add", {"channel": JMTE, "timestamp": LONG_AGO, "name": ":tada:"}, "invalid_name"),
    ("reactions.add", {"channel": JMTE, "timestamp": LONG_AGO, "name": "tada"}, "message_not_found"),
    ("reactions.add", {"channel": JMTE, "timestamp": "now", "name": "tada"}, "bad_timestamp"),
    ("reactions.add", {"name": "tada"}, "no_item_specified"),
    ("views.open", {"view": MODAL}, "invalid_arguments"),
    ("views.open", {"view": MODAL, "trigger_id": FORGED_TRIGGER}, "invalid_trigger_id"),
    ("views.open", {"view": HOME, "trigger_id": FORGED_TRIGGER}, "invalid_arguments"),
    ("views.open", {"view": "{", "trigger_id": FORGED_TRIGGER}, "invalid_arguments"),
    ("views.open", {"trigger_id": FORGED_TRIGGER}, "invalid_arguments"),
    ("views.open", {"view": MODAL | {"private_metadata": "x" * 250_000}}, "view_too_large"),
    ("views.push", {"view": MODAL, "trigger_id": FORGED_TRIGGER}, "invalid_trigger_id"),
    ("views.update", {"view": MODAL, "view_id": "V0NOTHING01"}, "not_found"),
    ("views.update", {"view": MODAL, "external_id": "nothing"}, "not_found"),
    ("views.update", {"view": MODAL}, "invalid_arguments"),
    ("views.publish", {"view": MODAL, "user_id": WANJIRU}, "invalid_arguments"),
    ("views.publish", {"view": HOME, "user_id": "U0NOBODY01"}, "user_not_found"),
    ("views.publish", {"view": HOME, "user_id": WANJIRU, "hash": "old"}, "hash_conflict"),
    ("files.getUploadURLExternal", {"filename": "a.txt", "length": 0}, "invalid_arguments"),
    ("files.getUploadURLExternal", {"length": 3}, "missing_argument"),
    ("files.completeUploadExternal", {"files": [{"id": "F0NOTHING01"}]}, "file_not_found"),
    ("files.completeUploadExternal", {"files": "x"}, "invalid_arguments"),
]


@pytest.mark.parametrize("encoding", ["json", "form"])
@pytest.mark.parametrize(("method", "arguments", "code"), TABLE)
def test_refuses(slack: Slack, method: str, arguments: dict[str, Any], code: str, encoding: str) -> None:
    before = slack.workspace.version
    assert _error(slack, method, arguments, encoding) == code
    assert slack.workspace.version == before, "something was changed"


@pytest.mark.parametrize("method", ["chat.postMessage", "conversations.info", "conversations.history"])
def test_a_private_channel_without_the_bot_does_not_exist(slack: Slack, method: str) -> None:
    slack.people.remove(WANJIRU, STEWARDS, BOT.user_id)
    assert _error(slack, method, {"channel": STEWARDS, "text": "x"}) == "channel_not_found"


@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("chat.postMessage", "is_archived"),
        ("chat.postEphemeral", "is_archived"),
        ("chat.update", "is_inactive"),
        ("reactions.add", "is_archived"),
        ("conversations.join", "is_archived"),
    ],
)
def test_an_archived_channel_takes_nothing_more(slack: Slack, method: str, code: str) -> None:
    ts = slack.client.chat_postMessage(channel=JMTE, text="before")["ts"]
    assert slack.people.archive(WANJIRU, JMTE).ok
    arguments = {"channel": JMTE, "user": WANJIRU, "text": "x", "ts": ts, "timestamp": ts, "name": "tada"}
    assert _error(slack, method, arguments) == code


@pytest.mark.parametrize(
    ("method", "code"), [("chat.update", "cant_update_message"), ("chat.delete", "cant_delete_message")]
)
def test_only_own_messages_can_be_changed(slack: Slack, method: str, code: str) -> None:
    ts = slack.people.say(MATEO, JMTE, "mine").ts
    assert _error(slack, method, {"channel": JMTE, "ts": ts, "text": "x"}) == code


@pytest.mark.parametrize("method", ["chat.update", "chat.delete", "chat.getPermalink"])
def test_ephemeral_messages_are_out_of_reach(slack: Slack, method: str) -> None:
    ts = slack.client.chat_postEphemeral(channel=JMTE, user=LEILANI, text="psst")["message_ts"]
    arguments = {"channel": JMTE, "ts": ts, "message_ts": ts, "text": "x"}
    assert _error(slack, method, arguments) == "message_not_found"


def test_reacts_once(slack: Slack) -> None:
    ts = slack.people.say(MATEO, JMTE, "done").ts
    arguments = {"channel": JMTE, "timestamp": ts, "name": "tada"}
    assert _error(slack, "reactions.add", arguments) is None
    assert _error(slack, "reactions.add", arguments) == "already_reacted"
    assert _error(slack, "reactions.remove", arguments) is None
    assert _error(slack, "reactions.remove", arguments) == "no_reaction"


def test_says_what_is_wrong_with_blocks(slack: Slack) -> None:
    too_long = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}}
    with pytest.raises(SlackApiError) as refused:
        slack.client.chat_postMessage(channel=JMTE, text="x", blocks=[SECTION, too_long])
    answer = refused.value.response
    assert "/blocks/1/text/text" in answer["errors"][0]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {error}" for error in answer["errors"]]


def test_nobody_answers_a_line_of_slacks_own(slack: Slack) -> None:
    slack.client.conversations_join(channel=RANDOM)
    joined = slack.last_message(RANDOM)
    arguments = {"channel": RANDOM, "text": "x", "thread_ts": joined.ts}
    assert _error(slack, "chat.postMessage", arguments) == "cannot_reply_to_message"


def _error(slack: Slack, method: str, arguments: dict[str, Any], encoding: str = "json") -> str | None:
    form = {name: _in_form(value) for name, value in arguments.items()}
    try:
        if encoding == "json":
            slack.client.api_call(method, json=arguments)
        else:
            slack.client.api_call(method, params=form)
    except SlackApiError as refusal:
        return str(refusal.response["error"])
    return None


def _in_form(value: object) -> object:
    return json.dumps(value) if isinstance(value, (dict, list)) else value
