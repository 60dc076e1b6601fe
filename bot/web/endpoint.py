"""`POST /slack/events` as a WSGI application.

Unsigned, wrongly signed and stale requests get 401 before anything of them is parsed; a body that no parser
likes gets 400; one that is too large, 413.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson

from bot.metrics import METERS
from bot.slack.receiver import Receiver
from bot.web.answers import SECURITY
from bot.web.bodies import RefusedError, announced_length, read_body, read_form
from bot.web.signature import Signature

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

PATH = "/slack/events"
MAX_BODY = 2 * 1024 * 1024
"""Bytes. Slack's largest payloads (a modal with every field full) are a tenth of it."""

_REASONS = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Content Too Large",
    503: "Service Unavailable",
}


Answer = tuple[int, list[tuple[str, str]], bytes]


class SlackEndpoint:
    """The WSGI application; safe to call from many threads. It never raises."""

    def __init__(self, receiver: Receiver, signing_secret: str, clock: Callable[[], datetime]) -> None:
        self._receiver = receiver
        self._secret = signing_secret
        self._clock = clock

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        status, headers, body = self._answer(environ)
        length = ("content-length", str(len(body)))
        start_response(f"{status} {_REASONS.get(status, '')}", [*headers, *SECURITY, length])
        return (body,)

    def _answer(self, environ: "WSGIEnvironment") -> Answer:
        try:
            raw = self._signed_body(environ)
            body = _parse(raw, environ.get("CONTENT_TYPE", ""))
        except RefusedError as refusal:
            METERS.turned_away(refusal.status)
            return refusal.status, [("content-type", "text/plain"), *refusal.headers], b""
        # It holds for this body at this time alone.
        nonce = environ["HTTP_X_SLACK_SIGNATURE"]
        received = self._receiver.receive(body, partial(_slack_headers, environ), nonce)
        return received.status, [("content-type", received.content_type)], received.body

    def _signed_body(self, environ: "WSGIEnvironment") -> bytes:
        """The body of a request that Slack has signed. Raises RefusedError."""
        _require_post(environ)
        length = announced_length(environ, MAX_BODY)
        signature = Signature(
            environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", ""), environ.get("HTTP_X_SLACK_SIGNATURE", "")
        )
        # Before the body is read: it may never come, and would keep a thread waiting.
        if not signature.may_hold(self._clock().timestamp()):
            raise RefusedError(401)
        raw = read_body(environ, length, MAX_BODY)
        if not signature.holds(self._secret, raw):
            raise RefusedError(401)
        return raw


def _slack_headers(environ: "WSGIEnvironment") -> dict[str, str]:
    return {
        name[5:].lower().replace("_", "-"): value
        for name, value in environ.items()
        if name.startswith("HTTP_X_SLACK_")
    }


def _parse(raw: bytes, content_type: str) -> dict[str, Any]:
    """The payload: a form's fields, the JSON in a form's field `payload`, or JSON. Raises RefusedError."""
    try:
        text = raw.decode("utf-8")
        is_json = content_type.startswith("application/json")
        # The header is not signed: said to be a form, an event would be read as whatever it quotes.
        if text.lstrip().startswith("{") != is_json:
            raise RefusedError(400)
        if is_json:
            parsed = orjson.loads(text)
        else:
            form = read_form(text)
            # Only interactions come in a field `payload`, and they have none of a command's fields.
            parsed = orjson.loads(form["payload"]) if "payload" in form and "command" not in form else form
    except ValueError:
        raise RefusedError(400) from None
    if not isinstance(parsed, dict):
        raise RefusedError(400)
    return parsed


def _require_post(environ: "WSGIEnvironment") -> None:
    """To PATH. Raises RefusedError."""
    if environ.get("PATH_INFO") != PATH:
        raise RefusedError(404)
    if environ.get("REQUEST_METHOD") != "POST":
        raise RefusedError(405, ("allow", "POST"))
