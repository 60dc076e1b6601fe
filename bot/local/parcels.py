"""What Slack sends to an app, whichever way it goes: over HTTP, or in an envelope of Socket Mode."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from urllib.parse import urlencode

from bot.local.clock import LocalClock
from bot.local.outgoing import Answer, send
from bot.local.settings import LocalSettings

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"

Kind = Literal["slash_commands", "interactive", "events_api"]
"""As envelopes name it."""


@dataclass(frozen=True)
class Parcel:
    """`attempt` and `reason`: how often an event was sent before, and why that did not do."""

    kind: Kind
    payload: Mapping[str, Any]
    attempt: int = 0
    reason: str = ""


class Transport(Protocol):
    """A way to the app."""

    def send(self, parcel: Parcel) -> Answer:
        """Bring it there, and wait for the answer as long as Slack does."""


class OverHttp:
    """To the app's request URL."""

    def __init__(self, settings: LocalSettings, clock: LocalClock) -> None:
        self._settings = settings
        self._clock = clock

    def send(self, parcel: Parcel) -> Answer:
        headers = {}
        if parcel.attempt:
            headers = {"X-Slack-Retry-Num": str(parcel.attempt), "X-Slack-Retry-Reason": parcel.reason}
        content_type = _JSON if parcel.kind == "events_api" else _FORM
        return send(self._settings, self._clock, _body(parcel), content_type, headers)


def _body(parcel: Parcel) -> bytes:
    if parcel.kind == "slash_commands":
        return urlencode(parcel.payload, errors="replace").encode()
    written = json.dumps(parcel.payload)
    return written.encode() if parcel.kind == "events_api" else urlencode({"payload": written}).encode()
