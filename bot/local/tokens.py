"""The app's tokens in one workspace, as Slack hands them out, replaces them and takes them back."""

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.local.clock import LocalClock
from bot.local.errors import SlackError

LASTS = timedelta(hours=12)
_ACTIVE = 2
"""Of the tokens that end, so many are good at a time: the oldest goes when there is another one."""


@dataclass
class _Token:
    text: str
    ends_at: datetime | None = None
    is_revoked: bool = False


@dataclass(frozen=True)
class Given:
    """A token; where tokens end, with what is good for the next one, once."""

    token: str
    refresh_token: str | None = None
    expires_in: int | None = None


class Tokens:
    """Safe to use from many threads. `preset`: one that was there from the beginning, and never ends."""

    def __init__(self, clock: LocalClock, preset: str = "") -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._tokens = [_Token(preset)] if preset else []
        self._refresh_tokens: set[str] = set()

    def is_one(self, text: str) -> bool:
        """Whether it is, or ever was, a token of this workspace's."""
        return self._find(text) is not None

    def require_good(self, text: str) -> None:
        """Refuses one that was revoked, or has ended."""
        token = self._find(text)
        if token is None:
            raise SlackError("invalid_auth")
        if token.is_revoked:
            raise SlackError("token_revoked")
        if token.ends_at is not None and token.ends_at <= self._clock.now():
            raise SlackError("token_expired")

    def give(self, *, ends: bool) -> Given:
        """A new one for an installation; without `ends` the same that is good already, as Slack does."""
        with self._lock:
            if ends:
                return self._give_ending()
            good = [each for each in self._tokens if not each.is_revoked and each.ends_at is None]
            if not good:
                good = [_Token(f"xoxb-{secrets.token_hex(24)}")]
                self._tokens += good
            return Given(good[0].text)

    def refresh(self, refresh_token: str) -> Given:
        """The next one, for a refresh token that nobody has spent."""
        with self._lock:
            if refresh_token not in self._refresh_tokens:
                raise SlackError("invalid_refresh_token")
            self._refresh_tokens.remove(refresh_token)
            return self._give_ending()

    def knows_refresh_token(self, refresh_token: str) -> bool:
        with self._lock:
            return refresh_token in self._refresh_tokens

    def revoke(self, text: str) -> bool:
        """Whether a good one is left."""
        with self._lock:
            for each in self._tokens:
                each.is_revoked = each.is_revoked or each.text == text
            return any(not each.is_revoked for each in self._tokens)

    def revoke_all(self) -> None:
        with self._lock:
            for each in self._tokens:
                each.is_revoked = True
            self._refresh_tokens.clear()

    def _give_ending(self) -> Given:
        token = _Token(f"xoxe.xoxb-1-{secrets.token_hex(60)}", self._clock.now() + LASTS)
        good = [each for each in self._tokens if not each.is_revoked]
        for each in good[: len(good) - _ACTIVE + 1]:
            each.is_revoked = True
        self._tokens.append(token)
        refresh_token = f"xoxe-1-{secrets.token_hex(60)}"
        self._refresh_tokens.add(refresh_token)
        return Given(token.text, refresh_token, int(LASTS.total_seconds()))

    def _find(self, text: str) -> _Token | None:
        with self._lock:
            return next((each for each in self._tokens if each.text == text), None)
