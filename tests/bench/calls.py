"""What is asked, as Slack sends it."""

from urllib.parse import urlencode

import orjson

from bot.slack.queries import Query
from tests.bench.filling import PERSON, WORKSPACE
from tests.bench.load import Call

_CHANNEL = "C0BENCH"


def command(text: str) -> Call:
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
        "trigger_id": "13345224609.738474920.8088930838d88f008e0",
    }
    return Call(body=urlencode(form).encode())


def click(query: Query, slack_url: str) -> Call:
    """A click on a button that asks this; the bot answers at the response_url, not in the ack."""
    payload = {
        "type": "block_actions",
        "user": {"id": PERSON, "username": "bench", "name": "bench", "team_id": WORKSPACE},
        "api_app_id": "A0BENCH",
        "token": "bench",
        "container": {"type": "message", "message_ts": "1.1", "channel_id": _CHANNEL, "is_ephemeral": True},
        "trigger_id": "13345224609.738474920.8088930838d88f008e0",
        "team": {"id": WORKSPACE, "domain": "bench"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": _CHANNEL, "name": "general"},
        "response_url": f"{slack_url}/actions/{WORKSPACE}/1/2",
        "actions": [
            {
                "action_id": "open:next",
                "block_id": "b1",
                "text": {"type": "plain_text", "text": "Next page", "emoji": True},
                "value": query.encode(),
                "type": "button",
                "action_ts": "1.1",
            }
        ],
    }
    return Call(body=urlencode({"payload": orjson.dumps(payload).decode()}).encode())
