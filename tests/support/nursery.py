"""Processes of `python -m bot …` that begin in some hundredths of a second, so that each test has its own.

They are forks of one process that has loaded what they would load, and do from there on what `python -m bot`
does: with their own environment, folder and output, and nothing of this process but the modules.
"""

import multiprocessing
import os
import runpy
import signal
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.support.environment import take_environment

_LOADED = (
    "alembic",
    "prometheus_client.core",
    "prometheus_client.multiprocess",
    "pytest",
    "bot.app",
    "bot.app_publishing",
    "bot.cli",
    "bot.jobs.table",
    "bot.jobs.worker",
    "bot.slack.bolt",
    "bot.slack.every_kind",
    "bot.slack.sender",
    "bot.web.server",
    "bot.web.side_server",
    "tests.support.nursery",
)
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(list(_LOADED))


@dataclass(frozen=True)
class Child:
    """A running `python -m bot …`, in a group of its own with whatever it has started."""

    process: ForkServerProcess
    log: Path

    @property
    def output(self) -> str:
        """What it has printed so far."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    @property
    def is_alive(self) -> bool:
        return self.process.is_alive()

    def ended_within(self, seconds: float) -> int | None:
        """The exit code, if it ends by then."""
        self.process.join(seconds)
        return self.process.exitcode

    def signal(self, number: signal.Signals) -> None:
        """To all that belongs to it."""
        if self.process.pid is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """As a machine that fails."""
        self.signal(signal.SIGKILL)
        self.process.join()


def begin(*arguments: str, folder: Path, log: Path, environment: Mapping[str, str]) -> Child:
    """`python -m bot …` in this folder, with this environment alone; what it prints goes into `log`."""
    process = _context.Process(target=_become, args=(arguments, str(folder), str(log), dict(environment)))
    process.start()
    return Child(process, log)


def _become(arguments: tuple[str, ...], folder: str, log: str, environment: dict[str, str]) -> None:
    os.setsid()
    threading.Thread(target=_end_with_tests, daemon=True).start()
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(output, sys.stdout.fileno())
    os.dup2(output, sys.stderr.fileno())
    os.chdir(folder)
    take_environment(environment)
    # As where nothing was begun by this library: what the bot starts, it starts as it always does.
    multiprocessing.set_start_method(None, force=True)
    sys.argv = ["bot", *arguments]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


def _end_with_tests() -> None:
    """Whoever ran the tests may have been killed; nobody would look after this one then."""
    tests = multiprocessing.parent_process()
    if tests is not None:
        tests.join()
        os.killpg(0, signal.SIGKILL)
