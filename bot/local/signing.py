"""How Slack signs what it sends to an app."""

import hashlib
import hmac
from datetime import datetime


def signature_headers(secret: str, body: bytes, at: datetime) -> dict[str, str]:
    """The two headers by which the app knows that the request is Slack's and recent."""
    timestamp = str(int(at.timestamp()))
    base = b"v0:" + timestamp.encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}
