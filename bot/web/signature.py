"""Whether a request is from Slack (docs.slack.dev, "Verifying requests from Slack").

slack_sdk's SignatureVerifier is not used: it fails (instead of saying no) on a body that is not UTF-8, on a
timestamp that is no number and on a signature that is not ASCII, and it reads the clock by itself.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass

WINDOW_S = 5 * 60
"""Older requests, and those from so far in the future, are somebody's replay."""

_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Signature:
    """What a request's two headers say."""

    timestamp: str
    signature: str

    def may_hold(self, now: float) -> bool:
        """Whether it is in Slack's form, and not further from `now` (Unix seconds) than WINDOW_S."""
        if not _TIMESTAMP.fullmatch(self.timestamp) or not _SIGNATURE.fullmatch(self.signature):
            return False
        return abs(now - int(self.timestamp)) <= WINDOW_S

    def holds(self, secret: str, body: bytes) -> bool:
        """Whether it is Slack's for this body. Ask `may_hold` first."""
        base = b"v0:" + self.timestamp.encode() + b":" + body
        expected = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected, self.signature)
