"""What Slack sends, to whoever answers it: commands and clicks to the router, all else through Bolt.

A command or a click needs nothing of what Bolt does for a request (who installed the app, a client with its
token, some thirty arguments for a listener): a router behind Bolt would cost half as much CPU again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from bot.slack.effects import SendAgain
from bot.slack.payload_values import BadPayloadError
from bot.slack.payloads import read_payload
from bot.slack.requests import EventRequest, OtherRequest
from bot.slack.router import Router


@dataclass(frozen=True, slots=True)
class Received:
    """What is answered over HTTP; `body` is JSON unless it is empty or Bolt's."""

    status: int
    body: bytes = b""
    content_type: str = "text/plain"


NOT_TAKEN = 503
"""By which Slack sends an event again: at once, after a minute and after five."""

ThroughBolt = Callable[[dict[str, Any], dict[str, str]], Received]
"""From a body and Slack's headers (in lower case) to what Bolt makes of them."""


class Receiver:
    """Safe to use from many threads. The signature has been checked before."""

    def __init__(self, router: Router, through_bolt: ThroughBolt) -> None:
        self._router = router
        self._through_bolt = through_bolt

    def receive(self, body: dict[str, Any], headers: Callable[[], dict[str, str]]) -> Received:
        """A body that is not in a form that Slack sends is answered with 400. Bolt alone asks for headers."""
        try:
            request = read_payload(body)
        except BadPayloadError:
            return Received(400)
        if isinstance(request, EventRequest | OtherRequest):
            return self._through_bolt(body, headers())
        answer = self._router.answer(request)
        if isinstance(answer, SendAgain):
            return Received(NOT_TAKEN)
        if answer is None:
            return Received(200)
        return Received(200, orjson.dumps(answer), "application/json; charset=utf-8")
