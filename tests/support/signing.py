"""Requests as Slack sends them: signed, to a WSGI application called in this process."""

import io
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bot import clock
from bot.local.signing import signature_headers

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TOKEN = "xoxb-local-waymark"
"""The app's in the local workspace."""

_numbers = itertools.count(1)

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
PATH = "/slack/events"


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def signed(secret: str, body: bytes, at: datetime | None = None) -> dict[str, str]:
    """Slack's two headers, by default for a request of just now."""
    return signature_headers(secret, body, at or clock.now())


def call(
    app: "WSGIApplication",
    body: bytes,
    headers: Mapping[str, str],
    *,
    method: str = "POST",
    path: str = PATH,
    stream: io.BytesIO | None = None,
    **environ: str,
) -> Response:
    """One request, and what came back. `stream` and `environ` replace what a server would have put there."""
    answered: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], _: object = None) -> Any:
        answered.update(status=int(status.split(maxsplit=1)[0]), headers={k.lower(): v for k, v in headers})

    parts = app(
        {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": FORM,
            "wsgi.input": stream or io.BytesIO(body),
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
            **environ,
        },
        start_response,
    )
    return Response(answered["status"], answered["headers"], b"".join(parts))


def command_body(text: str, **fields: str) -> bytes:
    """The form of `/project …`. A field can be given another value."""
    sent = {
        "token": "legacy",
        "team_id": "T0TEST",
        "team_domain": "test",
        "channel_id": "C0TEST",
        "channel_name": "test",
        "user_id": "U0TEST",
        "user_name": "test",
        "command": "/project",
        "text": text,
        "api_app_id": "A0TEST",
        "is_enterprise_install": "false",
        "response_url": "http://127.0.0.1:9/hooks/commands",
        "trigger_id": _trigger_id(),
    }
    return urlencode(sent | fields).encode()


def _trigger_id() -> str:
    """Each command and click has its own; without it, the next one would be the first, sent again."""
    return f"{next(_numbers)}.2.3"


def button_payload(
    action_id: str,
    value: str,
    *,
    workspace_id: str = "T0TEST",
    person_id: str = "U0TEST",
    response_url: str = "http://127.0.0.1:9/hooks/actions",
    is_ephemeral: bool = True,
) -> dict[str, Any]:
    """What Slack says of a click on a button in a message."""
    return {
        "type": "block_actions",
        "user": {"id": person_id, "username": "test", "name": "test", "team_id": workspace_id},
        "api_app_id": "A0TEST",
        "token": "legacy",
        "container": {
            "type": "message",
            "message_ts": "1.2",
            "channel_id": "C0TEST",
            "is_ephemeral": is_ephemeral,
        },
        "trigger_id": _trigger_id(),
        "team": {"id": workspace_id, "domain": "test"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": "C0TEST", "name": "test"},
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [
            {
                "action_id": action_id,
                "block_id": "b1",
                "text": {"type": "plain_text", "text": "Show", "emoji": True},
                "value": value,
                "type": "button",
                "action_ts": "1.3",
            }
        ],
    }


def interaction_body(payload: object) -> bytes:
    """Interactions come as JSON in a form's field."""
    return urlencode({"payload": json.dumps(payload)}).encode()
