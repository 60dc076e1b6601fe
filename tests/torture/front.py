"""What stands before several `web` processes: takes requests in turn to each, and knows nothing of them.

As a load balancer does it: a process that takes no connection is passed over, and a request that one has
taken is never given to another, since nobody knows what was done with it.
"""

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Protocol, Self

_PATIENCE_S = 30
"""Longer than anybody waits: what has not come by then never comes."""
_LOOK_AGAIN_S = 0.02
_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length", "server", "date"})


class Life(Protocol):
    """A process, from its start to its end."""

    @property
    def is_killed(self) -> bool: ...


class Backend(Protocol):
    """A place where one process after another listens."""

    @property
    def port(self) -> int: ...

    @property
    def life(self) -> Life: ...


@dataclass
class Taken:
    """What became of the requests. `unanswered`: by which process each was taken; `seconds` of the others."""

    seconds: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    unanswered: list[Life] = field(default_factory=list)
    nobody_there: int = 0


class Front:
    """with Front() as front: … front.url; `backends` can be named later."""

    def __init__(self, backends: Sequence[Backend] = ()) -> None:
        self.taken = Taken()
        self.backends = backends
        self._numbers = count()
        front = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                front.answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, asked: BaseHTTPRequestHandler) -> None:
        body = asked.rfile.read(int(asked.headers["content-length"]))
        began = time.monotonic()
        reached = self._reach(began + _PATIENCE_S)
        if reached is None:
            self.taken.nobody_there += 1
            _send(asked, 503)
            return
        connection, backend = reached
        # Read after it was reached: a later one would not be there yet.
        life = backend.life
        try:
            connection.request("POST", asked.path, body, dict(asked.headers.items()))
            response = connection.getresponse()
            answered = response.read()
        except (OSError, http.client.HTTPException):
            self.taken.unanswered.append(life)
            _send(asked, 502)
        else:
            self.taken.seconds.append(time.monotonic() - began)
            self.taken.statuses.append(response.status)
            headers = {name: value for name, value in response.getheaders() if name.lower() not in _HOP}
            _send(asked, response.status, answered, headers)
        finally:
            connection.close()

    def _reach(self, until: float) -> tuple[http.client.HTTPConnection, Backend] | None:
        """A connection to the next process that takes one."""
        pause = threading.Event()
        while time.monotonic() < until:
            for _ in self.backends:
                # Others ask at the same time, so that this one may meet the same one twice; it asks again.
                backend = self.backends[next(self._numbers) % len(self.backends)]
                connection = http.client.HTTPConnection("127.0.0.1", backend.port, timeout=_PATIENCE_S)
                try:
                    connection.connect()
                except OSError:
                    continue
                return connection, backend
            pause.wait(_LOOK_AGAIN_S)
        return None


def _send(
    asked: BaseHTTPRequestHandler, status: int, body: bytes = b"", headers: dict[str, str] | None = None
) -> None:
    try:
        asked.send_response(status)
        for name, value in (headers or {}).items():
            asked.send_header(name, value)
        asked.send_header("content-length", str(len(body)))
        asked.end_headers()
        asked.wfile.write(body)
    except OSError:
        # Whoever asked has gone; what came of it is written down.
        asked.close_connection = True
