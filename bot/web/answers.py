"""What is answered over HTTP besides Slack's requests, and what every answer carries for browsers."""

from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

SECURITY = (
    # Whoever answers with a page that needs more says so in a header of its own, which stays.
    (
        "content-security-policy",
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
)
"""How TLS is to be insisted on (HSTS) is for the proxy to say, which has the certificate."""


class Answer(NamedTuple):
    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()

    def start(self, start_response: "StartResponse") -> Iterable[bytes]:
        length = ("content-length", str(len(self.body)))
        start_response(
            f"{self.status} {HTTPStatus(self.status).phrase}",
            [("content-type", self.content_type), *self.headers, length],
        )
        return (self.body,)


def json_answer(status: int, value: object) -> Answer:
    """It is of this moment, and nobody may keep it."""
    return Answer(status, "application/json", orjson.dumps(value), (("cache-control", "no-store"),))


def not_found(_environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    return Answer(404, "text/plain", b"").start(start_response)


def secured(application: "WSGIApplication") -> "WSGIApplication":
    """The same, with SECURITY in each answer."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        return application(environ, _with_security(start_response))

    return answer


def _with_security(start_response: "StartResponse") -> "StartResponse":
    def start(status: str, headers: Sequence[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:  # noqa: ANN401 - as PEP 3333 has it
        given = {name.lower() for name, _ in headers}
        added = [each for each in SECURITY if each[0] not in given]
        return start_response(status, [*headers, *added], *rest)

    return start
