"""What Slack sends, to whoever answers it: commands and clicks to the router, all else through Bolt.

A command or a click needs nothing of what Bolt does for a request (who installed the app, a client with its
token, some thirty arguments for a listener): a router behind Bolt would cost half as much CPU again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from slack_bolt import App, BoltRequest

from bot.slack.payloads import BadPayloadError, OtherRequest, read_payload
from bot.slack.router import Router

# What Bolt's own reading of a body raises when something in it is of a type that Slack never sends.
_ODD_SHAPE_ERRORS = (AttributeError, KeyError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Received:
    """What is answered over HTTP; `body` is JSON unless it is empty or Bolt's."""

    status: int
    body: bytes = b""
    content_type: str = "text/plain"


class Receiver:
    """Safe to use from many threads. The signature has been checked before."""

    def __init__(self, app: App, router: Router) -> None:
        self._app = app
        self._router = router

    def receive(self, body: dict[str, Any], headers: Callable[[], dict[str, str]]) -> Received:
        """A body that is not in a form that Slack sends is answered with 400. Bolt alone asks for headers."""
        try:
            request = read_payload(body)
        except BadPayloadError:
            return Received(400)
        if isinstance(request, OtherRequest):
            return self._through_bolt(body, headers())
        answer = self._router.answer(request)
        if answer is None:
            return Received(200)
        return Received(200, orjson.dumps(answer), "application/json; charset=utf-8")

    def _through_bolt(self, body: dict[str, Any], headers: dict[str, str]) -> Received:
        try:
            # Bolt takes a parsed body in this mode only.
            request = BoltRequest(body=body, headers={**headers}, mode="socket_mode")
        except _ODD_SHAPE_ERRORS:
            return Received(400)
        response = self._app.dispatch(request)
        # Bolt says 500 when a payload's own shape made it stumble; our own mistakes never get there.
        status = 400 if response.status == 500 else response.status  # noqa: PLR2004 - HTTP's status
        content_type = response.headers.get("content-type", ["text/plain"])[0]
        return Received(status, response.body.encode(), content_type)
