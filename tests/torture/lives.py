"""Workers that are killed and started again, over and over, until enough have died; the last ones live on."""

import random
import subprocess
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.product import Program, running_program

READY = "Waymark asks"


@dataclass
class Deaths:
    """How many there are to be, and how many messages stood at each."""

    wanted: int
    standing: list[int] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def are_enough(self) -> bool:
        return len(self.standing) >= self.wanted

    def add(self, kill: Callable[[], None], stand: int) -> bool:
        """Kill, unless enough have died already; whether it was done."""
        with self._lock:
            if self.are_enough:
                return False
            kill()
            self.standing.append(stand)
            return True


@dataclass
class Keeper:
    """Keeps one worker running, and kills it now and then. `end` ends the last one."""

    folder: Path
    environment: Mapping[str, str]
    deaths: Deaths
    chance: random.Random
    count_standing: Callable[[], int]
    longest_life_s: float
    over: threading.Event = field(default_factory=threading.Event)
    outputs: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    thread: threading.Thread | None = None

    def start(self) -> None:
        self.thread = threading.Thread(target=self._work, daemon=True)
        self.thread.start()

    def end(self) -> None:
        self.over.set()
        if self.thread is not None:
            self.thread.join()

    def _work(self) -> None:
        while not self.over.is_set():
            with running_program("worker", folder=self.folder, environment=self.environment) as program:
                self._live(program)
            self.outputs.append(program.output)
            if "Traceback" in program.output:
                self.faults.append(program.output)

    def _live(self, program: Program) -> None:
        # Now and then it dies before it has begun.
        if self.chance.random() < 0.9:
            program.wait_for(READY)
        life_s = self.chance.uniform(0.02, self.longest_life_s)
        while True:
            try:
                program.process.wait(life_s)
            except subprocess.TimeoutExpired:
                if self.over.is_set():
                    return
                if self.deaths.add(program.process.kill, self.count_standing()):
                    program.process.wait()
                    return
                # One of the last: it lives until all is done.
                life_s = 0.2
            else:
                self.faults.append(f"ended by itself:\n{program.output}")
                return
