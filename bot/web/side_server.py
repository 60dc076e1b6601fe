"""A small HTTP server beside a process that serves nobody else: a page now and then, for its operator."""

import socket
import threading
from socketserver import TCPServer, ThreadingMixIn
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from bot.web.server import require_free_port

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

_PATIENCE_S = 5
"""With whoever has connected and says nothing."""


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
        super().__init__((host, port), _Handler)
        self.set_app(application)

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
