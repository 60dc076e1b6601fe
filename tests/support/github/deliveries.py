"""Webhooks: what is told to whoever asked for it."""

import hashlib
import hmac
import json
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from typing import Any

from tests.support.github.model import Event


@dataclass(frozen=True)
class Delivery:
    """A webhook's request, and what it was answered (None: nothing)."""

    event: str
    payload: dict[str, Any]
    status: int | None


def deliver(event: Event) -> Delivery:
    """Signed, as GitHub does it."""
    hook, payload = event.hook, event.payload
    data = json.dumps(payload).encode()
    signature = hmac.new(hook.secret.encode(), data, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "GitHub-Hookshot/1",
        "X-GitHub-Event": event.name,
        "X-GitHub-Delivery": str(uuid.uuid4()),
        "X-Hub-Signature-256": f"sha256={signature}",
    }
    asked = urllib.request.Request(hook.url, data, headers)  # noqa: S310 - the test's own address
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310 - as above
            return Delivery(event.name, payload, int(answer.status))
    except urllib.error.HTTPError as error:
        return Delivery(event.name, payload, error.code)
    except OSError:
        return Delivery(event.name, payload, None)
