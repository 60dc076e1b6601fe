"""What is answered over HTTP besides Slack's requests, and what every answer carries for browsers."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

import orjson

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

SECURITY = (
    # What is answered here is no page. One that is one needs a policy of its own.
    (
        "content-security-policy",
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
)
"""In every answer. How TLS is to be insisted on (HSTS) is for the proxy to say, which has the certificate."""


class Answer(NamedTuple):
    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()

    def start(self, start_response: "StartResponse") -> Iterable[bytes]:
        length = ("content-length", str(len(self.body)))
        start_response(
            f"{self.status} {HTTPStatus(self.status).phrase}",
            [("content-type", self.content_type), *self.headers, *SECURITY, length],
        )
        return (self.body,)


def json_answer(status: int, value: object) -> Answer:
    """It is of this moment, and nobody may keep it."""
    return Answer(status, "application/json", orjson.dumps(value), (("cache-control", "no-store"),))


def not_found(_environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    return Answer(404, "text/plain", b"").start(start_response)
