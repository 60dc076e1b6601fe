"""What Slack sends, to whoever answers it: commands and clicks to the router, all else through Bolt.

A command or a click needs nothing of what Bolt does for a request (who installed the app, a client with its
token, some thirty arguments for a listener): a router behind Bolt would cost half as much CPU again.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from bot import current
from bot.current import Current
from bot.metrics import METERS
from bot.slack.effects import SendAgain
from bot.slack.payload_values import BadPayloadError
from bot.slack.payloads import read_payload
from bot.slack.requests import (
    ButtonRequest,
    CommandRequest,
    EventRequest,
    MessageShortcutRequest,
    OptionsRequest,
    OtherRequest,
    Request,
    ShortcutRequest,
    SubmitRequest,
)
from bot.slack.router import Router


@dataclass(frozen=True, slots=True)
class Received:
    """What is answered over HTTP; `body` is JSON unless it is empty or Bolt's."""

    status: int
    body: bytes = b""
    content_type: str = "text/plain"


NOT_TAKEN = 503
"""By which Slack sends an event again: at once, after a minute and after five."""

_KINDS: dict[type[Request], str] = {
    CommandRequest: "command",
    ButtonRequest: "button",
    SubmitRequest: "submit",
    ShortcutRequest: "shortcut",
    MessageShortcutRequest: "shortcut",
    OptionsRequest: "options",
    OtherRequest: "other",
}
"""In the log and in the metrics; all others are events."""

ThroughBolt = Callable[[dict[str, Any], dict[str, str]], Received]
"""From a body and Slack's headers (in lower case) to what Bolt makes of them."""


class Receiver:
    """Safe to use from many threads. The signature has been checked before."""

    def __init__(self, router: Router, through_bolt: ThroughBolt) -> None:
        self._router = router
        self._through_bolt = through_bolt

    def receive(
        self, body: dict[str, Any], headers: Callable[[], dict[str, str]], nonce: str = ""
    ) -> Received:
        """A body that is not in a form that Slack sends is answered with 400. Bolt alone asks for headers.

        `nonce`: what two requests have in common only if the second is the first, sent again: its signature,
        or the id of its envelope. Such a one does not act twice.
        """
        began = time.perf_counter()
        try:
            request = read_payload(body)
        except BadPayloadError:
            METERS.turned_away(400)
            return Received(400)
        doing = Current(
            kind=_KINDS.get(type(request), "event"),
            workspace_id="" if isinstance(request, OtherRequest) else request.workspace_id,
            nonce=nonce,
        )
        token = current.begin(doing)
        try:
            return self._received(request, body, headers)
        finally:
            current.end(token)
            METERS.answered(doing.kind, doing.outcome, time.perf_counter() - began)

    def _received(
        self, request: Request, body: dict[str, Any], headers: Callable[[], dict[str, str]]
    ) -> Received:
        if isinstance(request, EventRequest | OtherRequest):
            return self._through_bolt(body, headers())
        answer = self._router.answer(request)
        if isinstance(answer, SendAgain):
            return Received(NOT_TAKEN)
        if answer is None:
            return Received(200)
        return Received(200, orjson.dumps(answer), "application/json; charset=utf-8")
