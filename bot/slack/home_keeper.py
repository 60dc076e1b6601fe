"""Keeps people's home tabs true, in a thread of its own: no answer waits for other people's homes.

What is to be looked at stands in memory alone. What is lost with the process, or refused by Slack, is
published when the person opens the home the next time: it is written down only when Slack has it.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Literal

from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.services.homes import list_people_to_look_at
from bot.slack.accounts import Gateways
from bot.slack.homes import Look, Publisher
from bot.slack.trying import tried
from storage.database import Database
from storage.errors import UnreachableError
from storage.revisions import Changes

_log = logging.getLogger(__name__)

_Person = tuple[str, str]
"""A workspace and a person in it."""
_Changed = tuple[str, Changes]

REST_S = 3.0
"""As long as a home that nobody waits for stays as it was published: of a burst of changes, each would cost
several times what it takes to write it down."""
_LONGEST_PAUSE_S = 60
_STOP_WITHIN_S = 5


class HomeKeeper:
    """Safe to use from many threads; one of its own, begun with the first home, does the work.

    `rest_s`: for so long, a home that nobody waits for is not published once more; what changes meanwhile
    shows in it afterwards.
    """

    def __init__(
        self, database: Database, gateways: Gateways, clock: Callable[[], datetime], rest_s: float = 0.0
    ) -> None:
        self._database = database
        self._clock = clock
        self._publisher = Publisher(database, gateways, clock)
        self._wake = threading.Condition()
        self._waited_for: dict[_Person, Look] = {}
        self._changed: dict[str, Changes] = {}
        self._others: dict[_Person, None] = {}
        self._rest_s = rest_s
        self._rest_until: dict[_Person, float] = {}
        self._thread: threading.Thread | None = None
        self._state: Literal["idle", "busy", "stopped"] = "idle"

    def look(self, look: Look) -> None:
        """Somebody waits for their home: before all others. Returns at once."""
        with self._wake:
            self._waited_for[look.workspace_id, look.person_id] = look
            self._begin()

    def look_after(self, workspace_id: str, changes: Changes) -> None:
        """Whosever home shows something of these changes, which are committed. Returns at once."""
        if not changes:
            return
        with self._wake:
            self._changed[workspace_id] = self._changed.get(workspace_id, Changes()) | changes
            self._begin()

    def left(self) -> int:
        """How much there is to be looked at, with what is looked at just now."""
        with self._wake:
            return len(self._waited_for) + len(self._changed) + len(self._others) + (self._state == "busy")

    def settle(self, timeout_s: float = 10.0) -> bool:
        """Wait until nothing is left to look at; whether it came to that."""
        with self._wake:
            return self._wake.wait_for(lambda: self._state != "busy" and not self._is_asked(), timeout_s)

    def stop(self) -> None:
        """After the home that is being published now; the rest is published when it is next opened."""
        with self._wake:
            self._state = "stopped"
            self._wake.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(_STOP_WITHIN_S)

    def _begin(self) -> None:
        if self._thread is None and self._state != "stopped":
            # Not in the way of an end: what it would still do is not lost.
            self._thread = threading.Thread(target=self._work, name="homes", daemon=True)
            self._thread.start()
        self._wake.notify_all()

    def _is_asked(self) -> bool:
        return bool(self._waited_for or self._changed or self._others)

    def _work(self) -> None:
        while (task := self._take()) is not None:
            pause_s = tried(_log, "home", partial(self._do, task), lambda _: 0)
            with self._wake:
                if pause_s:
                    self._wake.wait_for(lambda: self._state == "stopped", min(pause_s, _LONGEST_PAUSE_S))
                if self._state == "busy":
                    self._state = "idle"
                self._wake.notify_all()

    def _take(self) -> Look | _Changed | None:
        with self._wake:
            while self._state != "stopped":
                task = self._next(time.monotonic())
                if task is not None:
                    self._state = "busy"
                    return task
                self._wake.wait(self._until_next(time.monotonic()))
            return None

    def _next(self, now: float) -> Look | _Changed | None:
        if self._waited_for:
            return self._waited_for.pop(next(iter(self._waited_for)))
        if self._changed:
            return self._changed.popitem()
        person = next((each for each in self._others if self._rest_until.get(each, now) <= now), None)
        if person is None:
            return None
        del self._others[person]
        if self._rest_s:
            self._rest_until = {each: until for each, until in self._rest_until.items() if until > now}
            self._rest_until[person] = now + self._rest_s
        return Look(*person)

    def _until_next(self, now: float) -> float | None:
        """Seconds until somebody's home has rested; None if none does."""
        waits = [self._rest_until.get(each, now) - now for each in self._others]
        return max(0.0, min(waits)) if waits else None

    def _do(self, task: Look | _Changed) -> int:
        """How many seconds to leave Slack alone afterwards."""
        try:
            if isinstance(task, Look):
                self._publisher.publish(task)
            else:
                self._ask_for(*task)
        except SlackRefusedError as error:
            _log.warning("home: %s", error)
            if isinstance(task, Look) and error.retry_after_s is not None:
                self._again(task)
                return max(1, error.retry_after_s)
        except (SlackUnreachableError, UnreachableError) as error:
            _log.warning("home: %s", error)
        return 0

    def _ask_for(self, workspace_id: str, changes: Changes) -> None:
        with self._database.turns.taken(), self._database.read() as tx:
            people = list_people_to_look_at(tx, workspace_id, changes, self._clock())
        with self._wake:
            self._others |= {(workspace_id, person_id): None for person_id in people}

    def _again(self, look: Look) -> None:
        with self._wake:
            # Unless the person has asked anew meanwhile.
            self._waited_for.setdefault((look.workspace_id, look.person_id), look)
