"""Processes that are to be killed, or to be many: forked from one that has imported what they need.

Python with the bot in it takes a second of a processor to start; a fork, a hundredth.
"""

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["tests.support.publishes", "tests.support.dies_publishing", "tests.support.commands"]
)
_LIMIT_S = 120


class Fork:
    """A process that says `what(*told)`, and how it ended."""

    def __init__(self, what: Callable[..., str], *told: str) -> None:
        self._hearing, saying = _FORKS.Pipe(duplex=False)
        self._process = _FORKS.Process(target=_say, args=(saying, what, told), daemon=True)
        self._process.start()
        # Only the process may have it: what it leaves open at its end would be waited for.
        saying.close()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def outcome(self) -> str:
        """What it said at its end, or `killed`."""
        assert self._hearing.poll(_LIMIT_S), "it does not end"
        try:
            said: str = self._hearing.recv()
        except EOFError:
            said = "killed"
        self._process.join(_LIMIT_S)
        assert self._process.exitcode == (-signal.SIGKILL if said == "killed" else 0)
        return said


def _say(saying: Connection, what: Callable[..., str], told: tuple[str, ...]) -> None:
    saying.send(what(*told))
