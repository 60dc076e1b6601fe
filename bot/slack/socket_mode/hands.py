"""The threads in which requests are answered while the event loop listens."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue

from bot.slack.receiver import Received
from bot.slack.trying import tried

_log = logging.getLogger(__name__)

COUNT = 8
"""As many as one process has over HTTP; see bot/web/server.py."""
_FAILED = 500

_Task = tuple["Future[Received]", Callable[[], Received]]


class Hands:
    """Not an executor: Python waits for an executor's threads at its end, whatever these wait for."""

    def __init__(self) -> None:
        self._tasks: SimpleQueue[_Task] = SimpleQueue()
        for number in range(COUNT):
            threading.Thread(target=self._work, name=f"socket-mode-{number}", daemon=True).start()

    def do(self, work: Callable[[], Received]) -> "Future[Received]":
        """As soon as a thread has time for it. The future never raises."""
        done: Future[Received] = Future()
        self._tasks.put((done, work))
        return done

    def _work(self) -> None:
        while True:
            done, work = self._tasks.get()
            if done.set_running_or_notify_cancel():
                done.set_result(tried(_log, "envelope", work, lambda _: Received(_FAILED)))
