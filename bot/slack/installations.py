"""Many workspaces, each with a token of its own: looked up when it is needed, and kept for a while."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient

from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.slack.accounts import NotInstalledError
from bot.slack.gateway import Gateway, Identity, Responded
from bot.slack.oauth import SlackApp
from bot.slack.once_a_day import OnceADay
from bot.slack.refreshing import Refresher
from storage.database import Database
from storage.errors import UnreachableError, UnreadableTokenError
from storage.installations import Installation, find_installation
from storage.keys import Keys

_log = logging.getLogger(__name__)

KEPT = timedelta(minutes=1)
"""For so long another process may not know that a workspace was installed anew, or has another token."""
_ABSENCE_KEPT = timedelta(seconds=5)
_MOST_KEPT = 10_000
_SPARE = timedelta(minutes=10)
"""A worker replaces tokens long before that; where none runs, whoever needs one does."""
_LOCKS = 16


@dataclass(frozen=True, slots=True)
class _Entry:
    installation: Installation | None
    gateway: Gateway | None = field(repr=False)
    until: datetime


class Installations:
    """As Gateways, Identities and Tokens. Safe to use from many threads."""

    workspace_id = None

    def __init__(
        self,
        database: Database,
        keys: Keys,
        app: SlackApp,
        clock: Callable[[], datetime],
        refresher: Refresher,
    ) -> None:
        self.api_url = app.api_url
        self._database = database
        self._keys = keys
        self._clock = clock
        self._refresher = refresher
        self._entries: dict[str, _Entry] = {}
        # Of the threads that want the same token, one asks.
        self._locks = tuple(threading.Lock() for _ in range(_LOCKS))
        self._unreadable = OnceADay(_log, clock)
        self._without_token = Gateway(WebClient(base_url=app.api_url))

    def of(self, workspace_id: str) -> Gateway:
        """Raises NotInstalledError, SlackUnreachableError."""
        try:
            entry = self._entry(workspace_id)
        except UnreachableError as error:
            raise SlackUnreachableError(f"the token of {workspace_id} is not known: {error}") from error
        if entry.gateway is None:
            raise NotInstalledError(workspace_id)
        return entry.gateway

    def respond(self, response_url: str, body: dict[str, Any]) -> Responded:
        return self._without_token.respond(response_url, body)

    def is_served(self, workspace_id: str) -> bool:
        try:
            return self._entry(workspace_id).installation is not None
        except (UnreachableError, SlackUnreachableError):
            # Whatever comes next finds the same, and says so.
            return True

    def identity_of(self, workspace_id: str) -> Identity | None:
        """None also while that cannot be found out."""
        try:
            found = self._entry(workspace_id).installation
        except (UnreachableError, SlackUnreachableError):
            return None
        if found is None:
            return None
        return Identity(workspace_id, workspace_id, found.bot_id, found.bot_user_id)

    def token_of(self, workspace_id: str) -> str:
        """Raises NotInstalledError, SlackUnreachableError, UnreachableError."""
        found = self._entry(workspace_id).installation
        if found is None:
            raise NotInstalledError(workspace_id)
        return found.token.get_secret_value()

    def forget(self, workspace_id: str) -> None:
        self._entries.pop(workspace_id, None)

    def _entry(self, workspace_id: str) -> _Entry:
        entry = self._entries.get(workspace_id)
        if entry is not None and self._clock() < entry.until:
            return entry
        with self._locks[hash(workspace_id) % _LOCKS]:
            entry = self._entries.get(workspace_id)
            if entry is None or self._clock() >= entry.until:
                entry = self._look_up(workspace_id)
                if len(self._entries) >= _MOST_KEPT:
                    self._entries.clear()
                self._entries[workspace_id] = entry
        return entry

    def _look_up(self, workspace_id: str) -> _Entry:
        found, now = self._find(workspace_id), self._clock()
        if found is not None and _ends_before(found, now + _SPARE):
            self._refresh(workspace_id)
            found, now = self._find(workspace_id), self._clock()
        if found is None:
            return _Entry(None, None, now + _ABSENCE_KEPT)
        if _ends_before(found, now):
            raise SlackUnreachableError(f"the token of {workspace_id} has ended, and there is no other yet")
        client = WebClient(found.token.get_secret_value(), self.api_url)
        until = now + KEPT if found.expires_at is None else min(now + KEPT, found.expires_at)
        return _Entry(found, Gateway(client, lambda: self.forget(workspace_id)), until)

    def _find(self, workspace_id: str) -> Installation | None:
        with self._database.read() as tx:
            try:
                found = find_installation(tx, workspace_id, self._keys)
            except UnreadableTokenError:
                line = f"the token of {workspace_id} cannot be decrypted: see WAYMARK_KEYS"
                self._unreadable.say(workspace_id, line, logging.ERROR)
                return None
        self._unreadable.is_over(workspace_id)
        return found

    def _refresh(self, workspace_id: str) -> None:
        try:
            self._refresher.refresh(workspace_id, _SPARE)
        except (SlackRefusedError, SlackUnreachableError) as error:
            # The one that there is may still be good.
            _log.warning("the token of %s was not replaced: %s", workspace_id, error)


def _ends_before(installation: Installation, then: datetime) -> bool:
    return installation.expires_at is not None and installation.expires_at <= then
