"""A small HTTP server beside a process that serves nobody else: a page now and then, for its operator."""

import socket
import threading
from contextlib import suppress
from socketserver import TCPServer, ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from bot.web.server import require_free_port

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

_PATIENCE_S = 5
"""With whoever has connected and says nothing."""
MOST = 32
"""Connections at a time, each with a thread of its own. Who comes then takes the place of who came first."""
_FREE_WITHIN_S = 1
"""An answer that is being made keeps its place for longer, and who comes then is not answered."""


class SideServer:
    """Listens at once; `start` answers, in a thread of its own. Raises PortInUseError, CannotListenError."""

    def __init__(self, application: "WSGIApplication", host: str, port: int) -> None:
        require_free_port(host, port)
        self._server = _Server(application, host, port)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.2,), name="side-server", daemon=True
        )

    @property
    def port(self) -> int:
        return self._server.server_port

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, application: "WSGIApplication", host: str, port: int) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._places = threading.BoundedSemaphore(MOST)
        # In the order in which they came.
        self._open: dict[socket.socket, None] = {}
        self._lock = threading.Lock()
        super().__init__((host, port), _Handler)
        self.set_app(application)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as its base has it
        if not self._places.acquire(blocking=False):
            self._end_first()
            if not self._places.acquire(timeout=_FREE_WITHIN_S):
                self.shutdown_request(request)
                return
        with self._lock:
            self._open[request] = None
        try:
            super().process_request(request, client_address)
        except BaseException:
            # It got no thread, which alone would give its place back; whatever it was goes on as it was.
            self._leave(request)
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as above
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._leave(request)

    def _end_first(self) -> None:
        """Whoever has connected first and keeps a place by saying nothing, or little by little, loses it."""
        with self._lock:
            first = next(iter(self._open), None)
            # The next time it is the turn of the one after it, also if this one takes its time to go.
            if first is not None:
                del self._open[first]
        if first is not None:
            with suppress(OSError):
                first.shutdown(socket.SHUT_RDWR)

    def _leave(self, request: "socket.socket") -> None:
        with self._lock:
            self._open.pop(request, None)
        self._places.release()

    def server_bind(self) -> None:
        # Not as its base does, which asks a name server what this machine is called.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "", self.socket.getsockname()[1]
        self.setup_environ()

    def handle_error(self, *_: object) -> None:
        """Whoever asks has gone away."""


class _Handler(WSGIRequestHandler):
    timeout = _PATIENCE_S

    def log_message(self, *_: object) -> None:
        """Nothing: a page that is asked for every few seconds is no news."""
