"""Whether a request is from Slack (docs.slack.dev, "Verifying requests from Slack").

slack_sdk's SignatureVerifier is not used: it fails (instead of saying no) on a body that is not UTF-8, on a
timestamp that is no number and on a signature that is not ASCII, and it reads the clock by itself.
"""

import hashlib
import hmac
import re

WINDOW_S = 5 * 60
"""Older requests, and those from so far in the future, are somebody's replay."""

_TIMESTAMP = re.compile(r"[0-9]{1,12}")


def is_signed(secret: str, *, timestamp: str, signature: str, body: bytes, now: float) -> bool:
    """Whether the signature is Slack's for this body and not older than WINDOW_S; `now` in Unix seconds."""
    if not _TIMESTAMP.fullmatch(timestamp) or abs(now - int(timestamp)) > WINDOW_S:
        return False
    base = b"v0:" + timestamp.encode() + b":" + body
    expected = b"v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest().encode()
    return hmac.compare_digest(expected, signature.encode("utf-8", "surrogateescape"))
