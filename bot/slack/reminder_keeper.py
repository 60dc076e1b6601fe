"""Keeps reminders true, in a thread of its own: what was dealt with elsewhere goes from the message, too.

What is to be looked at stands in memory alone. What is lost with the process is put right with the next
change of the same project: a message is always drawn whole.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.services.reminder_acts import is_shown, renew_about
from bot.slack.trying import tried
from storage.database import Database
from storage.errors import UnreachableError
from storage.revisions import Changes

_log = logging.getLogger(__name__)

_STOP_WITHIN_S = 5


class ReminderKeeper:
    """Safe to use from many threads. `wake`: called when there is something to be sent."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], wake: Callable[[], None] = lambda: None
    ) -> None:
        self._database = database
        self._clock = clock
        self._wake = wake
        self._told = threading.Condition()
        self._changed: dict[str, Changes] = {}
        self._thread: threading.Thread | None = None
        self._is_busy = self._is_stopping = False

    def look_after(self, workspace_id: str, changes: Changes) -> None:
        """Messages about these changes, which are committed. Returns at once."""
        if not changes.project_ids:
            return
        with self._told:
            self._changed[workspace_id] = self._changed.get(workspace_id, Changes()) | changes
            if self._thread is None and not self._is_stopping:
                self._thread = threading.Thread(target=self._work, name="reminders", daemon=True)
                self._thread.start()
            self._told.notify_all()

    def settle(self, timeout_s: float = 10.0) -> bool:
        """Wait until nothing is left to look at; whether it came to that."""
        with self._told:
            return self._told.wait_for(lambda: not (self._is_busy or self._changed), timeout_s)

    def stop(self) -> None:
        with self._told:
            self._is_stopping = True
            self._told.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(_STOP_WITHIN_S)

    def _work(self) -> None:
        while (task := self._take()) is not None:
            tried(_log, "reminders", partial(self._renew, *task), lambda _: None)
            with self._told:
                self._is_busy = False
                self._told.notify_all()

    def _take(self) -> tuple[str, Changes] | None:
        with self._told:
            self._told.wait_for(lambda: self._is_stopping or bool(self._changed))
            if self._is_stopping:
                return None
            self._is_busy = True
            return self._changed.popitem()

    def _renew(self, workspace_id: str, changes: Changes) -> None:
        now = self._clock()
        try:
            # Most changes are of nothing that anybody was reminded of: a look keeps no writer waiting.
            with self._database.turns.taken(), self._database.read() as tx:
                if not is_shown(tx, workspace_id, changes, now):
                    return
            with self._database.write() as tx:
                renew_about(tx, workspace_id, sorted(changes.project_ids), now)
        except UnreachableError as error:
            _log.warning("reminders: %s", error)
        else:
            self._wake()
