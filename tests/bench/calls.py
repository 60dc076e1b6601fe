"""What is asked, as Slack sends it."""

from collections.abc import Mapping
from urllib.parse import urlencode

import orjson

from bot.slack.memos import Memo
from bot.slack.queries import Query
from tests.bench.filling import PERSON, WORKSPACE
from tests.bench.load import NUMBER, Call

_CHANNEL = "C0BENCH"


def command(text: str, *, updates: int = 0) -> Call:
    """`/project TEXT`."""
    form = {
        "token": "bench",
        "team_id": WORKSPACE,
        "team_domain": "bench",
        "channel_id": _CHANNEL,
        "channel_name": "general",
        "user_id": PERSON,
        "user_name": "bench",
        "command": "/project",
        "text": text,
        "api_app_id": "A0BENCH",
        "is_enterprise_install": "false",
        "response_url": f"https://hooks.slack.com/commands/{WORKSPACE}/1234567890/abcdefghijklmnopqrstuvwx",
        "trigger_id": f"{NUMBER}.738474920.8088930838d88f008e0",
    }
    return Call(body=urlencode(form).encode(), updates=updates)


def click(query: Query, slack_url: str) -> Call:
    """A click on a button that asks this; the bot answers at the response_url, not in the ack."""
    return press("open:next", query.encode(), slack_url)


def press(action_id: str, value: str, slack_url: str) -> Call:
    """A click on any button of a message."""
    action = {
        "action_id": action_id,
        "block_id": "b1",
        "text": {"type": "plain_text", "text": "Next page", "emoji": True},
        "value": value,
        "type": "button",
        "action_ts": f"1.{NUMBER}",
    }
    return _in_message(action, slack_url)


def choose(action_id: str, value: str, slack_url: str, *, updates: int = 0) -> Call:
    """A choice from the menu at the side of a card's line."""
    text = {"type": "plain_text", "text": "Still true", "emoji": True}
    action = {
        "action_id": action_id,
        "block_id": "b1",
        "selected_option": {"text": text, "value": value},
        "type": "overflow",
        "action_ts": f"1.{NUMBER}",
    }
    return _in_message(action, slack_url, updates)


def submit(callback_id: str, memo: Memo, fields: dict[str, str], *, updates: int = 0) -> Call:
    """A form with texts in its fields."""
    values = {
        f"{name}:1": {name: {"type": "plain_text_input", "value": text}} for name, text in fields.items()
    }
    view = {
        "id": "V0BENCH",
        "team_id": WORKSPACE,
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": memo.encode(),
        "hash": f"{NUMBER}.bench",
        "state": {"values": values},
        "blocks": [],
    }
    return _interaction({"type": "view_submission", "view": view, "response_urls": []}, updates)


def suggest(action_id: str, typed: str) -> Call:
    """Something typed into a menu of a form that the bot fills."""
    view = {"id": "V0BENCH", "type": "modal", "callback_id": "update", "private_metadata": Memo().encode()}
    asked = {"action_id": action_id, "block_id": action_id, "value": typed, "view": view}
    return _interaction({"type": "block_suggestion", **asked})


def event(kind: str, *, updates: int = 0, **fields: object) -> Call:
    """Something that has happened in the workspace; each time another event."""
    body = {
        "token": "bench",
        "team_id": WORKSPACE,
        "api_app_id": "A0BENCH",
        "event": {"type": kind, "user": PERSON, "ts": f"1.{NUMBER}", "event_ts": f"1.{NUMBER}", **fields},
        "type": "event_callback",
        "event_id": f"Ev{NUMBER}",
        "event_time": 1,
        "authorizations": [{"team_id": WORKSPACE, "user_id": "U0BOT", "is_bot": True}],
    }
    return Call(body=orjson.dumps(body), content_type="application/json", updates=updates)


def _in_message(action: Mapping[str, object], slack_url: str, updates: int = 0) -> Call:
    payload = {
        "type": "block_actions",
        "container": {"type": "message", "message_ts": "1.1", "channel_id": _CHANNEL, "is_ephemeral": True},
        "channel": {"id": _CHANNEL, "name": "general"},
        "response_url": f"{slack_url}/actions/{WORKSPACE}/1/2",
        "actions": [action],
    }
    return _interaction(payload, updates)


def _interaction(payload: Mapping[str, object], updates: int = 0) -> Call:
    common = {
        "user": {"id": PERSON, "username": "bench", "name": "bench", "team_id": WORKSPACE},
        "api_app_id": "A0BENCH",
        "token": "bench",
        "trigger_id": f"{NUMBER}.738474920.8088930838d88f008e0",
        "team": {"id": WORKSPACE, "domain": "bench"},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    body = urlencode({"payload": orjson.dumps({**common, **payload}).decode()})
    return Call(body=body.encode(), updates=updates)
