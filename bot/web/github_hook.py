"""`POST /github/events` as a WSGI application: GitHub tells that somebody has pushed.

What is not signed with the secret gets 401 before anything of it is parsed. A push has the pages looked at
that it may have changed, by whoever publishes them; the request does not wait for that. Told again, it is
harmless.
"""

import hashlib
import hmac
import logging
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

import orjson
from pydantic import ValidationError

from bot.services.github_pushes import Push, look_at_pushed
from bot.web.answers import Answer
from bot.web.bodies import RefusedError, announced_length, read_body, read_form
from storage.database import Database
from storage.errors import UnreachableError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/github/events"
MAX_BODY = 5 * 1024 * 1024
"""Bytes. GitHub sends up to 25 MB, of pushes that no page is a part of alone; these are found by looking."""

_log = logging.getLogger(__name__)
_SIGNATURE = re.compile(r"sha256=[0-9a-f]{64}")


class GithubHook:
    """`beside` answers all other paths."""

    def __init__(
        self, database: Database, secret: str, clock: Callable[[], datetime], beside: "WSGIApplication"
    ) -> None:
        self._database = database
        self._secret = secret.encode()
        self._clock = clock
        self._beside = beside

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH:
            return self._beside(environ, start_response)
        try:
            answer = self._answer(environ)
        except RefusedError as refusal:
            answer = Answer(refusal.status, "text/plain", b"", refusal.headers)
        except UnreachableError:
            # GitHub shows it among what failed, from where it can be sent again; pages are looked at anyway.
            answer = Answer(503, "text/plain", b"")
        return answer.start(start_response)

    def _answer(self, environ: "WSGIEnvironment") -> Answer:
        body = self._signed_body(environ)
        event = environ.get("HTTP_X_GITHUB_EVENT", "")
        if event == "ping":
            return Answer(200, "text/plain", b"pong")
        if event != "push":
            return Answer(204, "text/plain", b"")
        push = _read_push(body, environ.get("CONTENT_TYPE", ""))
        with self._database.write() as tx:
            found = look_at_pushed(tx, push, self._clock())
        if found:
            _log.info("%s was pushed to: %d pages are looked at", push.repository.full_name, found)
        return Answer(202 if found else 204, "text/plain", b"")

    def _signed_body(self, environ: "WSGIEnvironment") -> bytes:
        """The body of a request that was signed with the secret. Raises RefusedError."""
        if environ.get("REQUEST_METHOD") != "POST":
            raise RefusedError(405, ("allow", "POST"))
        length = announced_length(environ, MAX_BODY)
        signature = environ.get("HTTP_X_HUB_SIGNATURE_256", "")
        # Before the body is read: it may never come, and would keep a thread waiting.
        if _SIGNATURE.fullmatch(signature) is None:
            raise RefusedError(401)
        body = read_body(environ, length, MAX_BODY)
        expected = "sha256=" + hmac.new(self._secret, body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, signature):
            raise RefusedError(401)
        return body


def _read_push(body: bytes, content_type: str) -> Push:
    """JSON, or JSON in a form's field `payload`. Raises RefusedError."""
    try:
        if content_type.startswith("application/x-www-form-urlencoded"):
            body = read_form(body.decode("utf-8"))["payload"].encode()
        return Push.model_validate(orjson.loads(body))
    except (ValueError, KeyError, ValidationError):
        raise RefusedError(400) from None
