"""Sends what was promised: an event loop in a thread of its own, many messages at once, connections kept.

What is promised stands in the database, and what came of it is written there: whatever is killed, wherever it
stood, the next one goes on from there. See storage/deliveries.py.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from bot import current
from bot.slack.accounts import Tokens
from bot.slack.calling import open_session, slack_outage
from bot.slack.claimer import Claimed, Claimer
from bot.slack.delivering import CALLS_IN_A_LEASE, Delivering, doing
from bot.slack.kinds import Kinds
from bot.slack.lines import Lines
from bot.slack.outage import Outage
from bot.slack.recorder import Recorder
from bot.slack.trying import tried
from storage.database import Database
from storage.deliveries import Delivery
from storage.delivery_claims import LEASE, PACE
from storage.revisions import Changes

_log = logging.getLogger(__name__)

AT_ONCE = 16
_POLL_S = 1.0
"""How often to look for what other processes have promised."""
_POLL_HELD_S = 0.25
"""How often to look for what waits for its channel only."""
_END_WITHIN_S = 3.0
"""What is on its way when it is told to stop; after that it is given back."""
_STOP_WITHIN_S = 7.0


class Sender:
    """Safe to use from many threads. `lease`: how long one try may take; `pace`: between two of a channel.

    `changed`: see Recorder.
    """

    def __init__(
        self,
        database: Database,
        tokens: Tokens,
        kinds: Kinds,
        clock: Callable[[], datetime],
        database_away: Outage,
        *,
        lease: timedelta = LEASE,
        pace: timedelta = PACE,
        changed: Callable[[str, Changes], None] = lambda _workspace_id, _changes: None,
    ) -> None:
        self._database = database
        self._tokens = tokens
        self._slack = slack_outage()
        self._kinds = kinds
        self._clock = clock
        self._lease = lease
        self._claimer = Claimer(database, tokens.workspace_id, clock, lease, pace)
        self._recorder = Recorder(database, kinds, clock, database_away, changed)
        self._delivering = Delivering(
            database, kinds, clock, lease, self._recorder, database_away, lambda: self._is_stopping
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self._database_away = database_away
        self._look_in_s = 0.0
        self._has_more = self._is_choosing = False
        # What threads tell each other, under this lock.
        self._told = threading.Condition()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = asyncio.Event()
        self._is_stopping = False
        self._asked = self._answered = 0
        self._thread: threading.Thread | None = None

    @property
    def is_cut_off(self) -> bool:
        """Whether the database or Slack is known to be away."""
        return any(each.pause_s for each in (self._database_away, self._slack))

    def left(self) -> int:
        """How many it has taken, and perhaps one that it is taking."""
        return len(self._tasks) + self._is_choosing

    def start(self) -> None:
        """Begin to send. Returns at once."""
        self._thread = threading.Thread(target=self._work, name="sender", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Something new was promised, and committed. Returns at once."""
        with self._told:
            # Before it has begun, and after it has ended, there is nobody to be woken.
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._woken.set)

    def settle(self, timeout_s: float = 10.0) -> bool:
        """Wait until nothing is due or on its way, by the clock as it is then; whether it came to that.

        What Slack wants left alone for a while is not waited for.
        """
        with self._told:
            self._asked += 1
            mine = self._asked
        self.wake()
        with self._told:
            return self._told.wait_for(lambda: self._answered >= mine, timeout_s)

    def stop(self) -> None:
        """Within ten seconds. What is not sent by then is given back, for whoever sends next."""
        with self._told:
            self._is_stopping = self._recorder.is_stopping = True
            self._told.notify_all()
        self.wake()
        if self._thread is not None:
            self._thread.join(_STOP_WITHIN_S)

    def _work(self) -> None:
        while not self._is_stopping:
            tried(_log, "sender", lambda: asyncio.run(self._run()), lambda _: None)
            with self._told:
                self._told.wait_for(lambda: self._is_stopping, _POLL_S)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        # As many as the database has connections to give without making new ones.
        loop.set_default_executor(ThreadPoolExecutor(8, thread_name_prefix="sender"))
        timeout_s = self._lease.total_seconds() / CALLS_IN_A_LEASE
        async with open_session(connections=AT_ONCE, timeout_s=timeout_s) as session:
            lines = Lines(self._tokens, session, self._slack, self._clock)
            with self._told:
                self._loop = loop
            try:
                while not self._is_stopping:
                    await self._look(lines)
                    await self._wait(self._look_in_s)
            finally:
                with self._told:
                    self._loop = None
                await self._end()

    async def _look(self, lines: Lines) -> None:
        """Take as much as there is room for, and begin with it."""
        loop = asyncio.get_running_loop()
        self._woken.clear()
        with self._told:
            asked = self._asked
        # While Slack is away, one at a time finds out whether it is back.
        room = (1 if self._slack.pause_s else AT_ONCE) - len(self._tasks)
        self._has_more = room <= 0
        if room <= 0:
            self._look_in_s = self._lease.total_seconds()
            return
        began, self._is_choosing = loop.time(), True
        found = await asyncio.to_thread(
            tried, _log, "claim", partial(self._claimer.claim, room), Claimed.broken
        )
        if found.away is not None:
            self._is_choosing = False
            self._look_in_s = self._database_away.went(found.away)
            return
        self._database_away.came()
        for delivery in found.claimed:
            task = loop.create_task(self._delivering.deliver(delivery, lines, began))
            self._tasks.add(task)
            task.add_done_callback(partial(self._done, delivery))
        self._is_choosing = False
        self._has_more = len(found.claimed) == room
        is_held = bool(found.has_due and self._tasks)
        self._look_in_s = max(_POLL_HELD_S if is_held else _POLL_S, self._slack.pause_s)
        if not (self._tasks or found.has_due):
            self._answer(asked)

    def _done(self, delivery: Delivery, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        loop = asyncio.get_running_loop()
        with suppress(asyncio.CancelledError), current.being_done(doing(delivery)):
            if not tried(_log, "delivery", partial(_is_through, task), lambda _: False):
                broken = loop.create_task(self._delivering.put_off(delivery))
                self._tasks.add(broken)
                broken.add_done_callback(self._tasks.discard)
        with self._told:
            is_waited_for = self._answered < self._asked
        if self._has_more or is_waited_for:
            self._woken.set()

    async def _wait(self, seconds: float) -> None:
        """Until woken, or so many seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), max(0.0, seconds))

    def _answer(self, asked: int) -> None:
        with self._told:
            self._answered = asked
            self._told.notify_all()

    async def _end(self) -> None:
        tasks = set(self._tasks)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=_END_WITHIN_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


def _is_through(task: "asyncio.Task[None]") -> bool:
    """Raises what the task raised."""
    task.result()
    return True
