"""Puts right, after a change, what tells of the same thing elsewhere; in a thread of its own.

What was dealt with goes from the reminder, too, and a click that says how an outcome stands is a reply to the
round that is open.

What is to be looked at stands in memory alone. What is lost with the process is put right later: a reminder
with the next change of the same project, since it is always drawn whole; a reply before its round goes on.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.services import reminder_acts, rounds
from bot.slack.trying import tried
from storage.database import Database
from storage.errors import UnreachableError
from storage.revisions import Changes

_log = logging.getLogger(__name__)

_STOP_WITHIN_S = 5


class ChangeKeeper:
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
        """Whatever tells of these changes, which are committed. Returns at once."""
        if not changes.project_ids:
            return
        with self._told:
            self._changed[workspace_id] = self._changed.get(workspace_id, Changes()) | changes
            if self._thread is None and not self._is_stopping:
                self._thread = threading.Thread(target=self._work, name="changes", daemon=True)
                self._thread.start()
            self._told.notify_all()

    def left(self) -> int:
        """How many workspaces there are to be looked at, with the one that is just now."""
        with self._told:
            return len(self._changed) + self._is_busy

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
            tried(_log, "changes", partial(self._put_right, *task), lambda _: None)
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

    def _put_right(self, workspace_id: str, changes: Changes) -> None:
        now, project_ids = self._clock(), sorted(changes.project_ids)
        try:
            # Most changes are told of nowhere else: a look keeps no writer waiting.
            with self._database.turns.taken(), self._database.read() as tx:
                is_shown = reminder_acts.is_shown(tx, workspace_id, changes, now)
                is_reply = rounds.has_unheard_clicks(tx, workspace_id, project_ids)
            if not (is_shown or is_reply):
                return
            with self._database.write() as tx:
                if is_shown:
                    reminder_acts.renew_about(tx, workspace_id, project_ids, now)
                if is_reply:
                    rounds.hear_clicks(tx, workspace_id, project_ids, now)
        except UnreachableError as error:
            _log.warning("changes: %s", error)
        else:
            self._wake()
