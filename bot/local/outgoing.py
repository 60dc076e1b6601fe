"""One HTTP request from Slack to the app: signed, three seconds, no redirect followed."""

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.local.clock import LocalClock
from bot.local.settings import LocalSettings
from bot.local.signing import signature_headers

BODY_LIMIT = 1_000_000
_USER_AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


@dataclass(frozen=True)
class Answer:
    """What the app answered. `failure` is Slack's reason when it did not, or not with 2xx."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    failure: str | None = None

    @property
    def ok(self) -> bool:
        return self.failure is None


def send(
    settings: LocalSettings,
    clock: LocalClock,
    body: bytes,
    content_type: str,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """POST the body to the app's request URL and wait for the answer as long as Slack does."""
    address = urlsplit(settings.request_url)
    connection_class = (
        http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    )
    connection = connection_class(address.hostname or "", address.port, timeout=settings.ack_seconds)
    all_headers = {
        "Content-Type": content_type,
        "User-Agent": _USER_AGENT,
        "Accept": "application/json,*/*",
        **signature_headers(settings.signing_secret, body, clock.machine_now()),
        **(headers or {}),
    }
    path = address.path or "/"
    target = f"{path}?{address.query}" if address.query else path
    try:
        return _exchange(connection, target, body, all_headers, settings.ack_seconds)
    except TimeoutError:
        return Answer(failure="http_timeout")
    except (OSError, http.client.HTTPException):
        return Answer(failure="connection_failed")
    finally:
        connection.close()


def _exchange(
    connection: http.client.HTTPConnection,
    target: str,
    body: bytes,
    headers: Mapping[str, str],
    seconds: float,
) -> Answer:
    deadline = time.monotonic() + seconds
    connection.request("POST", target, body, dict(headers))
    # The time is for the whole exchange; the socket's own limit is for each read.
    connection.sock.settimeout(_left(deadline))
    response = connection.getresponse()
    received = bytearray()
    while len(received) < BODY_LIMIT:
        # The connection gives its socket away to the last response on it.
        if connection.sock:
            connection.sock.settimeout(_left(deadline))
        part = response.read1(65_536)
        if not part:
            break
        received += part
    answer_headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, answer_headers, bytes(received), _failure(response.status))


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _failure(status: int) -> str | None:
    if http.HTTPStatus.OK <= status < http.HTTPStatus.MULTIPLE_CHOICES:
        return None
    return "too_many_redirects" if status < http.HTTPStatus.BAD_REQUEST else "http_error"
