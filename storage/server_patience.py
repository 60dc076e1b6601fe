"""A connection to PostgreSQL that waits for an answer so long, and no longer.

The server ends statements that take too long by itself; one that is stopped, or whose disk says nothing, does
not, and its machine still confirms what is sent to it: nothing but a clock of our own sees that.
"""

import time
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import Engine, event

_T = TypeVar("_T")


class _PatientConnection(psycopg.Connection[Any]):
    waits_s = 60.0

    def wait(self, gen: PQGen[_T], interval: float = 0.1, timeout: float | None = None) -> _T:
        """What the driver waits for; every `interval` seconds it is asked whether to go on."""
        return super().wait(self._limited(gen), interval, timeout)

    def _limited(self, gen: PQGen[_T]) -> PQGen[_T]:
        until = time.monotonic() + self.waits_s
        try:
            wants = next(gen)
            while True:
                ready = yield wants
                if not ready and time.monotonic() > until:
                    # Closed, since whatever it still says would be the answer to something else.
                    self.pgconn.finish()
                    raise psycopg.OperationalError("the server does not answer")
                wants = gen.send(ready)
        except StopIteration as end:
            value: _T = end.value
            return value


def limit_waiting(engine: Engine, seconds: float) -> None:
    """All connections of this engine wait so long for each answer."""

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, args: Any, options: Any) -> _PatientConnection:  # noqa: ANN401 - the driver's own
        connection = _PatientConnection.connect(*args, **options)
        connection.waits_s = seconds
        return connection
