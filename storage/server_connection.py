"""Whether a connection that lay idle is still one: a server that is started anew has closed the old ones.

SQLAlchemy's own way (pre-ping) asks the server, which costs every answer a round trip; this one looks whether
the server has sent anything that nobody asked for, as it does when it ends, some two microseconds.
"""

import select
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

_LAY_IDLE = "lay idle"
"""The key, in what the pool keeps with a connection. What is new may still have something to be read."""


def watch_connection(engine: Engine) -> None:
    """Connections that the server has ended are replaced as the pool hands them out."""

    @event.listens_for(engine, "checkin")
    def note(_connection: object, record: Any) -> None:  # noqa: ANN401 - the pool's own
        record.info[_LAY_IDLE] = True

    @event.listens_for(engine, "checkout")
    def look(connection: Any, record: Any, _proxy: object) -> None:  # noqa: ANN401 - the driver's and the pool's own
        if _LAY_IDLE in record.info and _has_something_to_say(connection):
            raise DisconnectionError("the server has ended it")


def _has_something_to_say(connection: Any) -> bool:  # noqa: ANN401 - the driver's own
    if connection.closed:
        return True
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
