"""Tokens that end are replaced in time, each refresh token by one process only.

Slack gives such a token for twelve hours, with a refresh token that is good once ("Token rotation" on
docs.slack.dev). slack_sdk's TokenRotator does not say who may spend it: two processes that do lose the
installation. Here the row is locked, the refresh token is taken for longer than Slack may need to answer, and
only then Slack is asked, so that no transaction waits for the network. The old token goes on until it ends.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.slack.oauth import TIMEOUT_S, Refreshed, SlackApp
from bot.slack.once_a_day import OnceADay
from storage.database import Database
from storage.errors import UnreachableError, UnreadableTokenError
from storage.installations import Refreshing, claim_refresh, encrypt_again, list_ending, record_refreshed
from storage.keys import Keys

_log = logging.getLogger(__name__)

IN_TIME = timedelta(hours=2)
"""So long before a token ends, a worker replaces it."""
_LASTS = timedelta(seconds=6 * TIMEOUT_S)
"""How long a refresh token is kept from others; when Slack refuses it, it is tried again that much later."""
_WRITES = 5
"""Tries to write down what Slack gave: lost, it would be lost for good."""
_AT_ONCE = 50


class Refresher:
    """Safe to use from many threads, and processes."""

    def __init__(self, database: Database, keys: Keys, app: SlackApp, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._keys = keys
        self._app = app
        self._clock = clock
        self._not_replaced = OnceADay(_log, clock)

    def refresh(self, workspace_id: str, spare: timedelta) -> bool:
        """Replace a token that ends before `spare` is over; whether it was, here and now.

        Raises UnreachableError, UnreadableTokenError; SlackRefusedError and SlackUnreachableError, after
        which the old token is what there is.
        """
        now = self._clock()
        with self._database.write() as tx:
            refreshing = claim_refresh(tx, workspace_id, self._keys, now, before=now + spare, lasts=_LASTS)
        if refreshing is None:
            return False
        with self._database.turns.given_up():
            given = self._app.refresh(refreshing.refresh_token, self._clock())
        self._write_down(workspace_id, refreshing, given)
        return True

    def refresh_ending(self) -> None:
        """All that end soon, as far as Slack gives new ones. Raises UnreachableError."""
        now = self._clock()
        with self._database.read() as tx:
            ending = list_ending(tx, now, now + IN_TIME, _AT_ONCE)
        for workspace_id in ending:
            try:
                self.refresh(workspace_id, IN_TIME)
            except (SlackRefusedError, SlackUnreachableError, UnreadableTokenError) as error:
                self._not_replaced.say(workspace_id, f"the token of {workspace_id} was not replaced: {error}")
            else:
                self._not_replaced.is_over(workspace_id)

    def encrypt_again(self) -> None:
        """What is encrypted with an older key is from now on with the newest. Raises UnreachableError.

        What is damaged stays as it is, and doctor says so.
        """
        last: str | None = ""
        while last is not None:
            with self._database.write() as tx:
                last, _ = encrypt_again(tx, self._keys, _AT_ONCE, last)

    def _write_down(self, workspace_id: str, refreshing: Refreshing, given: Refreshed) -> None:
        for left in reversed(range(_WRITES)):
            try:
                with self._database.write() as tx:
                    record_refreshed(
                        tx,
                        workspace_id,
                        refreshing,
                        self._keys,
                        token=given.token,
                        refresh_token=given.refresh_token,
                        expires_at=given.expires_at,
                    )
            except UnreachableError:
                if left == 0:
                    raise
            else:
                return
