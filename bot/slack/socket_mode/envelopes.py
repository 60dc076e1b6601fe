"""What Slack says on a connection of Socket Mode, and how an envelope is answered."""

from dataclasses import dataclass
from typing import Any

import orjson

from bot.slack.receiver import Received

_OK = 200


@dataclass(frozen=True, slots=True)
class Hello:
    """The connection is one from now on."""


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Slack is going to close the connection; its word for why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """Something that waits for an answer. `headers`: what HTTP says in headers of an event sent again."""

    id: str
    payload: dict[str, Any]
    headers: dict[str, str]


def read_said(text: str) -> Hello | Disconnect | Envelope | None:
    """None for what nobody has to do anything about."""
    try:
        said = orjson.loads(text)
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    match said:
        case {"type": "hello"}:
            return Hello()
        case {"type": "disconnect"}:
            return Disconnect(str(said.get("reason") or ""))
        case {"envelope_id": str(id_), "payload": dict(payload)}:
            return Envelope(id_, payload, _headers(said))
    return None


def _headers(said: dict[str, Any]) -> dict[str, str]:
    attempt = said.get("retry_attempt")
    if not attempt:
        return {}
    reason = str(said.get("retry_reason") or "")
    return {"x-slack-retry-num": str(attempt), "x-slack-retry-reason": reason}


def answer_to(envelope: Envelope, received: Received) -> str | None:
    """The words that acknowledge it; None where HTTP would say that it was not taken, to have it again."""
    if received.status != _OK:
        return None
    answer: dict[str, Any] = {"envelope_id": envelope.id}
    if received.body and received.content_type.startswith("application/json"):
        answer["payload"] = orjson.Fragment(received.body)
    elif received.body:
        answer["payload"] = {"text": received.body.decode()}
    return orjson.dumps(answer).decode()
