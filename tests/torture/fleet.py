"""Several processes of the bot, of which one of each kind is killed every so often, and started again."""

import os
import random
import signal
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tests.support.ports import free_port
from tests.support.product import HOST, Program, is_answered, running_program
from tests.torture.lives import READY

Kind = Literal["web", "worker"]
KINDS: tuple[Kind, ...] = ("web", "worker")
_LOOK_S = 0.02


@dataclass
class OneLife:
    """A process from its start to its end."""

    program: Program | None = None
    is_ready: bool = False
    is_killed: bool = False


@dataclass
class Place:
    """Where one process after another runs, a web process on the same port each time."""

    kind: Kind
    folder: Path
    environment: Mapping[str, str]
    port: int = field(default_factory=free_port)
    life: OneLife = field(default_factory=OneLife)
    over: threading.Event = field(default_factory=threading.Event)
    faults: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    thread: threading.Thread | None = None

    def start(self) -> None:
        self.thread = threading.Thread(target=self._work, daemon=True)
        self.thread.start()

    def end(self) -> None:
        """As whoever runs it ends it; it is not killed."""
        self.over.set()

    def join(self) -> None:
        if self.thread is not None:
            self.thread.join()

    def kill(self) -> None:
        """With all that belongs to it, as a machine that fails."""
        life = self.life
        life.is_killed, life.is_ready = True, False
        if life.program is not None:
            with suppress(ProcessLookupError):
                os.killpg(life.program.process.pid, signal.SIGKILL)

    def _work(self) -> None:
        while not self.over.is_set():
            self.life = life = OneLife()
            with running_program(
                *self._arguments(), folder=self.folder, environment=self.environment
            ) as program:
                life.program = program
                self._watch(life, program)
            self.outputs.append(program.output)
            if "Traceback" in program.output:
                self.faults.append(f"{self.kind}:\n{program.output}")

    def _watch(self, life: OneLife, program: Program) -> None:
        while not self.over.wait(_LOOK_S):
            if program.process.poll() is not None:
                if not life.is_killed:
                    self.faults.append(f"{self.kind} ended by itself:\n{program.output}")
                    self.over.set()
                return
            life.is_ready = not life.is_killed and (life.is_ready or self._is_ready(program))

    def _is_ready(self, program: Program) -> bool:
        if self.kind == "worker":
            return READY in program.output
        return is_answered(self.port, "GET", "/")

    def _arguments(self) -> tuple[str, ...]:
        return ("web", "--port", str(self.port), "--host", HOST) if self.kind == "web" else ("worker",)


class Fleet:
    """So many places of each kind."""

    def __init__(self, each: int, folder: Path, environment: Mapping[str, str]) -> None:
        self.places = {kind: [Place(kind, folder, environment) for _ in range(each)] for kind in KINDS}
        self.kills: dict[Kind, int] = dict.fromkeys(KINDS, 0)

    @property
    def web(self) -> Sequence[Place]:
        return self.places["web"]

    @property
    def faults(self) -> list[str]:
        return [fault for places in self.places.values() for place in places for fault in place.faults]

    @property
    def output(self) -> str:
        return "\n".join(o for places in self.places.values() for place in places for o in place.outputs)

    def kill_one_of_each(self, chance: random.Random) -> None:
        """Any one that is ready, once another one is ready, too: all at once is an outage, not a death."""
        for kind in KINDS:
            ready: list[Place] = []
            while len(ready) < 2 and not self.faults:
                ready = [place for place in self.places[kind] if place.life.is_ready]
                if len(ready) < 2:
                    threading.Event().wait(_LOOK_S)
            if ready:
                chance.choice(ready).kill()
                self.kills[kind] += 1

    def wait_until_ready(self, within_s: float) -> None:
        until = time.monotonic() + within_s
        every = [place for places in self.places.values() for place in places]
        while not all(place.life.is_ready for place in every):
            assert not self.faults, self.faults[0]
            assert time.monotonic() < until, "the processes do not start"
            threading.Event().wait(_LOOK_S)


@contextmanager
def running_fleet(each: int, folder: Path, environment: Mapping[str, str]) -> Iterator[Fleet]:
    fleet = Fleet(each, folder, environment)
    every = [place for places in fleet.places.values() for place in places]
    for place in every:
        place.start()
    try:
        yield fleet
    finally:
        for place in every:
            place.end()
        for place in every:
            place.join()
