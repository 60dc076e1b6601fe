"""What whoever runs the bot asks of it: `/healthz`, `/readyz`, `/metrics`.

`/healthz` says that the process answers, and asks nobody else. `/readyz` says whether it can do its work,
and else which check failed. `/metrics` is for those who have the token; without one in the settings it is not
there. Behind a proxy on the same machine everybody calls from there, so that such a call counts no more than
any other.
"""

import hmac
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.metrics import METERS
from bot.web.answers import Answer, json_answer
from bot.web.readiness import Readiness

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

HEALTH, READY, METRICS = "/healthz", "/readyz", "/metrics"
_PATHS = frozenset({HEALTH, READY, METRICS})
_NO_STORE = ("cache-control", "no-store")


class Watch:
    """A WSGI application: its three pages, and `beside` for all other paths. With a token it counts, too."""

    def __init__(self, readiness: Readiness, metrics_token: str, beside: "WSGIApplication") -> None:
        self._readiness = readiness
        self._token = metrics_token.encode()
        self._beside = beside
        if metrics_token:
            METERS.begin()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO")
        if path not in _PATHS:
            return self._beside(environ, start_response)
        if environ.get("REQUEST_METHOD") not in {"GET", "HEAD"}:
            answer = Answer(405, "text/plain", b"", (("allow", "GET, HEAD"),))
        elif path == HEALTH:
            answer = json_answer(200, {"alive": True})
        elif path == READY:
            checks = self._readiness.checks()
            answer = json_answer(200 if checks.are_all_well else 503, checks.as_json())
        else:
            answer = self._metrics(environ.get("HTTP_AUTHORIZATION", ""))
        if environ.get("REQUEST_METHOD") == "HEAD":
            answer = answer._replace(body=b"")
        return answer.start(start_response)

    def _metrics(self, authorization: str) -> Answer:
        if not self._token:
            return Answer(404, "text/plain", b"")
        scheme, _, token = authorization.partition(" ")
        # As WSGI has headers, in latin-1; what is not is no token.
        given = token.strip().encode("utf-8", "replace")
        if scheme.lower() != "bearer" or not hmac.compare_digest(given, self._token):
            return Answer(401, "text/plain", b"", (("www-authenticate", "Bearer"),))
        content_type, body = METERS.render(self._readiness.gauges)
        return Answer(200, content_type, body, (_NO_STORE,))
