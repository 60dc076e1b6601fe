"""Three `web` and three `worker` processes for one test, on one PostgreSQL: `make many`.

A scenario's requests go over HTTP to the web processes in turn, as from a load balancer. Their clock is the
test's: it stands in a file (CLOCK_OFFSET_FILE). The workers run all the while. That nobody waits for the
slowest job's turn, the time that passes has a `tick` of its own, which does beside them all that is due.
"""

import signal
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count, cycle
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Self

from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import func, select, text

from bot.local.server import LocalServer
from storage.check_in_tables import deliveries
from storage.database import Database
from storage.delivery_claims import PACE
from storage.errors import UnreachableError
from storage.queue import read_queue
from tests.support.environment import child_environment
from tests.support.nursery import Child, begin
from tests.support.ports import hold_port
from tests.support.product import bot_environment, is_answered, request

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

EACH = 3
KINDS = ("web", "worker")
_TOKEN = "the-token-of-whoever-watches"
_WITHIN_S = 60.0
_LOOK_S = 0.01
_MISTAKES = ('"exception":', "Traceback", "panicked")
"""In a line of the log: what nobody foresaw. That something is away, or that Slack refuses, has none."""
_CALM = 2
"""Looks in a row that find nothing left to do: what one process ends, another may just begin with."""
_OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
_OPEN_TRANSACTIONS = text(f"SELECT count(*) {_OTHERS} AND xact_start IS NOT NULL")
_OPEN_WRITERS = text(f"SELECT count(*) {_OTHERS} AND backend_xid IS NOT NULL")


class FollowedNow:
    """The time as all processes see it: it stands in the file until it is set."""

    def __init__(self, at: datetime, file: Path) -> None:
        self._file = file
        self.at = at

    @property
    def at(self) -> datetime:
        return self._at

    @at.setter
    def at(self, value: datetime) -> None:
        self._at = value
        # Renamed into place, so that nobody reads half of it.
        fresh = self._file.with_suffix(".new")
        fresh.write_text(value.isoformat(), encoding="utf-8")
        fresh.replace(self._file)

    def __call__(self) -> datetime:
        return self._at


@dataclass
class Processes:
    """All of one test; a WSGI application that gives each request to the next web process."""

    folder: Path
    environment: dict[str, str] = field(repr=False)
    database: Database
    now: FollowedNow
    children: list[tuple[Child, int]] = field(default_factory=list)
    _turns: Iterator[int] = field(default_factory=lambda: iter(()))
    _numbers: Iterator[int] = field(default_factory=count)
    _ports: list[socket.socket] = field(default_factory=list)

    def __len__(self) -> int:
        return EACH

    def start(self) -> Self:
        """Ready to answer, and at work, when this returns."""
        self.children = [self._serve(kind) for kind in KINDS for _ in range(EACH)]
        self._wait(self._is_up)
        self._turns = cycle([port for _, port in self.children[:EACH]])
        return self

    def _serve(self, kind: str) -> tuple[Child, int]:
        self._ports.append(hold_port())
        port = self._ports[-1].getsockname()[1]
        return self._begin(kind, "--port" if kind == "web" else "--watch-port", str(port)), port

    def _is_up(self) -> bool:
        return all(is_answered(port, "GET", "/healthz") for _, port in self.children)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        headers = {
            name.removeprefix("HTTP_").replace("_", "-"): value
            for name, value in environ.items()
            if name.startswith("HTTP_") and name not in {"HTTP_HOST", "HTTP_CONNECTION"}
        }
        headers["Content-Type"] = environ.get("CONTENT_TYPE", "")
        path = "?".join(filter(None, (environ["PATH_INFO"], environ.get("QUERY_STRING"))))
        answer = request(next(self._turns), environ["REQUEST_METHOD"], path, body, headers)
        start_response(f"{answer.status} ", [*answer.headers.items()])
        return [answer.body]

    def beat(self) -> None:
        """As cron would: all that is due by now, beside the workers, who are at it, too."""
        tick = self._begin("tick")
        try:
            self._wait(lambda: not tick.is_alive)
            assert tick.ended_within(0) == 0, f"a tick went wrong:\n{tick.output}"
        finally:
            tick.kill()

    def settle(self, timeout_s: float) -> bool:
        """Until no process has anything left to do by this time. Fails with what is left, if there is."""
        calm = 0

        def is_calm() -> bool:
            nonlocal calm
            calm = calm + 1 if self._has_nothing_left() else 0
            return calm >= _CALM

        self._wait(is_calm, timeout_s)
        return True

    @contextmanager
    def held(self) -> Iterator[None]:
        """Meanwhile the workers stand still, none of them in a transaction."""
        workers = [child for child, _ in self.children[EACH:]]
        are_told = False

        def stand_still() -> bool:
            nonlocal are_told
            if not are_told:
                for worker in workers:
                    worker.signal(signal.SIGSTOP)
                # They do so in a moment, and are looked at after it.
                are_told = True
                return False
            with self.database.read() as tx:
                if tx.execute(_OPEN_TRANSACTIONS).scalar_one() == 0:
                    return True
            for worker in workers:
                worker.signal(signal.SIGCONT)
            are_told = False
            return False

        self._wait(stand_still)
        try:
            yield
        finally:
            for worker in workers:
                worker.signal(signal.SIGCONT)

    def stop(self) -> None:
        """All at once, however far they are. None may have ended by itself, or by a mistake of ours."""
        ended = [child for child, _ in self.children if not child.is_alive]
        for child, _ in self.children:
            child.kill()
        for port in self._ports:
            port.close()
        assert not ended, f"ended by itself:\n{ended[0].output}"
        said = "".join(log.read_text(encoding="utf-8") for log in sorted(self.folder.glob("*.log")))
        mistakes = [line for line in said.splitlines() if any(sign in line for sign in _MISTAKES)]
        assert not mistakes, f"a mistake of ours:\n{mistakes[0]}"

    def _begin(self, *arguments: str) -> Child:
        log = self.folder / f"{arguments[0]}-{next(self._numbers)}.log"
        return begin(*arguments, folder=self.folder, log=log, environment=self.environment)

    def _wait(self, is_so: Callable[[], bool], timeout_s: float = _WITHIN_S) -> None:
        until, look_s = time.monotonic() + timeout_s, _LOOK_S
        while not is_so():
            dead = [child for child, _ in self.children if not child.is_alive]
            assert not dead, f"ended by itself:\n{dead[0].output}"
            assert time.monotonic() < until, (
                f"it did not come so far: {self._in_database()}, {self._in_memory()}"
            )
            self._let_channels_rest()
            # Whoever ends by itself is noticed at once.
            wait([child.process.sentinel for child, _ in self.children], look_s)
            look_s = min(2 * look_s, 0.1)

    def _let_channels_rest(self) -> None:
        """A channel takes a message a second, and the clock stands: what waits for that alone gets it."""
        due_in = select(deliveries.c.channel_id).where(deliveries.c.due_at <= self.now())
        just_sent = select(func.count()).where(
            deliveries.c.sent_at > self.now() - PACE,
            deliveries.c.sent_at <= self.now(),
            deliveries.c.channel_id.in_(due_in),
        )
        with suppress(UnreachableError), self.database.read() as tx:
            if tx.execute(just_sent).scalar_one():
                self.now.at += PACE

    def _has_nothing_left(self) -> bool:
        # The database first: what is written down there may be what a process is to look at.
        try:
            left = self._in_database()
        except UnreachableError:
            # A test has taken it away: nobody can do anything that is written down there.
            left = {}
        return not (any(left.values()) or self._in_memory())

    def _in_database(self) -> dict[str, int]:
        with self.database.read() as tx:
            queue = read_queue(tx, self.now())
            writing = tx.execute(_OPEN_WRITERS).scalar_one()
        # What Slack wants left alone for a while is not waited for.
        due = queue.due if queue.oldest_due_at else 0
        return {"due": due, "writing": writing}

    def _in_memory(self) -> float:
        return sum(self.counted("web", "waymark_in_memory") + self.counted("worker", "waymark_in_memory"))

    def counted(self, kind: str, metric: str) -> list[float]:
        """What each process of this kind says of it by itself, all labels together."""
        begin = KINDS.index(kind) * EACH
        return [_counted(port, metric) for _, port in self.children[begin : begin + EACH]]


def _counted(port: int, metric: str) -> float:
    answer = request(port, "GET", "/metrics", headers={"Authorization": f"Bearer {_TOKEN}"})
    assert answer.status == 200
    families = text_string_to_metric_families(answer.body.decode())
    return sum(s.value for each in families for s in each.samples if s.name == metric)


@contextmanager
def many_processes(folder: Path, slack: LocalServer, database: Database, at: datetime) -> Iterator[Processes]:
    """Of one workspace, which is in the database already; their clock stands at `at`."""
    assert not database.is_sqlite, "many processes need PostgreSQL"
    clock = folder / "clock"
    now = FollowedNow(at, clock)
    address = database.url.render_as_string(hide_password=False)
    settings = bot_environment(slack, address, CLOCK_OFFSET_FILE=str(clock), METRICS_TOKEN=_TOKEN)
    with ExitStack() as ended:
        processes = Processes(folder, child_environment(**settings), database, now)
        ended.callback(processes.stop)
        yield processes.start()
