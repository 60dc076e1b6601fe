"""Response URLs: addresses, hard to guess, at which the app may answer five times within half an hour."""

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.local.clock import LocalClock
from bot.local.errors import SlackError

LIFETIME = timedelta(minutes=30)
USES = 5
_REMEMBERED = 10_000


@dataclass
class ResponseUrl:
    """`message_ts` is the message whose button was pressed; a command has none."""

    user_id: str
    channel_id: str
    message_ts: str | None
    issued_at: datetime
    uses: int = 0


class ResponseUrls:
    def __init__(self, clock: LocalClock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._urls: dict[str, ResponseUrl] = {}

    def issue(self, user_id: str, channel_id: str, message_ts: str | None = None) -> str:
        """The secret part of a new address."""
        with self._lock:
            secret = secrets.token_urlsafe(24)
            self._urls[secret] = ResponseUrl(user_id, channel_id, message_ts, self._clock.now())
            while len(self._urls) > _REMEMBERED:
                self._urls.pop(next(iter(self._urls)))
            return secret

    def use(self, secret: str) -> ResponseUrl:
        """The address, with one use less. A use counts even when its content is refused."""
        with self._lock:
            url = self._urls.get(secret)
            if url is None:
                raise SlackError("invalid_url")
            if self._clock.now() - url.issued_at > LIFETIME:
                raise SlackError("expired_url")
            if url.uses >= USES:
                raise SlackError("used_url")
            url.uses += 1
            return url
