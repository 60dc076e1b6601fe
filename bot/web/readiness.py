"""Whether this process can do its work: its database answers, is migrated, and nothing is late.

Asked as often as anybody likes: the database is, once a second.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from bot.slack.outage import Outage
from bot.slack.trying import tried
from storage.database import Database
from storage.errors import SchemaError, UnknownSchemaError, UnreachableError
from storage.queue import find_oldest_due, read_queue

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

_log = logging.getLogger(__name__)
_KEPT_S = 1.0
_OK = "ok"

T = TypeVar("T")


class Kept(Generic[T]):
    """What was found out, kept for a second. One thread finds out; the others get what was found before."""

    def __init__(self, find: Callable[[], T]) -> None:
        self._find = find
        self._lock = threading.Lock()
        self._found: tuple[float, T] | None = None

    def __call__(self) -> T:
        known = self._found
        if known is not None and time.monotonic() - known[0] <= _KEPT_S:
            return known[1]
        # A database that is away takes its time to say so, and threads are there to answer people.
        if not self._lock.acquire(blocking=known is None):
            return known[1] if known is not None else self._find()
        try:
            if self._found is known:
                found = self._find()
                self._found = (time.monotonic(), found)
            else:
                found = self._found[1] if self._found is not None else self._find()
        finally:
            self._lock.release()
        return found


@dataclass(frozen=True, slots=True)
class Checks:
    """Of each: "ok", or what is wrong in some words; nothing of an address or of what a driver says."""

    database: str
    migrations: str
    queue: str
    late_s: int

    @property
    def are_all_well(self) -> bool:
        return self.database == self.migrations == self.queue == _OK

    def as_json(self) -> dict[str, Any]:
        checks = {"database": self.database, "migrations": self.migrations, "queue": self.queue}
        return {"ready": self.are_all_well, "checks": checks, "oldest_due_s": self.late_s}


@dataclass
class Served:
    """Whose messages this process sends: of one workspace, once it is known which, or (`of_many`) of all.

    What others wait for, that are in the same database, is no business of a process without their tokens.
    """

    workspace_id: str | None = None
    of_many: bool = False


class Readiness:
    """Safe to use from many threads. `late_after`: a message may be late by so much; 0: by any time."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        late_after: timedelta,
        served: Served,
    ) -> None:
        self._database = database
        self._served = served
        self._clock = clock
        self._late_after = late_after
        self._away = Outage(_log, "The database, asked whether this process is ready,")
        self.checks = Kept(self._check)
        self._queue = Kept(self._measure)

    def _check(self) -> Checks:
        unknown = Checks("away", "not known", "not known", 0)
        return tried(_log, "readiness", self._look, lambda _: unknown)

    def _look(self) -> Checks:
        try:
            migrations, now, oldest = self._migrations(), self._clock(), None
            if migrations == _OK:
                with self._database.read() as tx:
                    mine = self._served
                    oldest = find_oldest_due(tx, now, of_many=mine.of_many, only=mine.workspace_id)
        except UnreachableError as error:
            self._away.went(error)
            return Checks("away", "not known", "not known", 0)
        self._away.came()
        if migrations != _OK:
            return Checks(_OK, migrations, "not known", 0)
        late = now - oldest if oldest else timedelta()
        is_late = bool(self._late_after) and late > self._late_after
        late_s = round(late.total_seconds())
        queue = f"a message should have been sent {late_s} s ago: is a worker running?" if is_late else _OK
        return Checks(_OK, migrations, queue, late_s)

    def _migrations(self) -> str:
        """As at a start: what this version would not have begun with, it cannot go on with."""
        try:
            self._database.require_schema()
        except UnknownSchemaError:
            return "not Waymark's"
        except SchemaError as error:
            if error.is_newer:
                return f"at {error.found}, this version knows {error.wanted}: update Waymark"
            return f"at {error.found or 'nothing'}, {error.wanted} is needed: run python -m bot migrate"
        return _OK

    def _measure(self) -> dict[str, float] | None:
        try:
            with self._database.read() as tx:
                now, mine = self._clock(), self._served
                queue = read_queue(tx, now, of_many=mine.of_many, only=mine.workspace_id)
        except UnreachableError:
            return None
        late = now - queue.oldest_due_at if queue.oldest_due_at else timedelta()
        return {
            "due": queue.due,
            "sending": queue.sending,
            "waiting": queue.waiting,
            "late": late.total_seconds(),
        }

    def gauges(self) -> "Iterable[Metric]":
        """For Prometheus: the same from every process, since they are the database's."""
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 - only where it is asked for

        found = tried(_log, "metrics", self._queue, lambda _: None)
        yield GaugeMetricFamily(
            "waymark_database_up", "Whether the database answers.", float(found is not None)
        )
        if found is None:
            return
        states = GaugeMetricFamily(
            "waymark_deliveries", "Deliveries that are not where they should be yet.", labels=("state",)
        )
        for state in ("due", "sending", "waiting"):
            states.add_metric((state,), found[state])
        yield states
        yield GaugeMetricFamily(
            "waymark_delivery_lag_seconds",
            "How late the oldest delivery is that nothing holds up.",
            found["late"],
        )
