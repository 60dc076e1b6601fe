"""A tiny real HTTP server in the place of the app: it checks signatures and answers as a test tells it to."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from slack_sdk.signature import SignatureVerifier

if TYPE_CHECKING:
    from collections.abc import Callable

SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


@dataclass
class Received:
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def payload(self) -> Any:
        return json.loads(self.form["payload"])

    @property
    def event(self) -> Any:
        return json.loads(self.body)["event"]


@dataclass
class Reply:
    """What the app answers. `until` holds the answer back until it is set."""

    status: int = 200
    body: str | dict[str, Any] = ""
    headers: dict[str, str] = field(default_factory=dict)
    until: threading.Event | None = None


class Receiver:
    def __init__(self) -> None:
        self.received: list[Received] = []
        self.replies: list[Reply] = []
        self.otherwise: Callable[[Received], Reply] = lambda _: Reply()
        self.released = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.handle(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/slack/events"

    def handle(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        genuine = SignatureVerifier(SIGNING_SECRET).is_valid_request(body, headers)
        received = Received(headers, body)
        self.received.append(received)
        reply = self.replies.pop(0) if self.replies else self.otherwise(received)
        if reply.until:
            reply.until.wait(10)
        is_json = isinstance(reply.body, dict)
        content = (json.dumps(reply.body) if is_json else str(reply.body)).encode()
        try:
            handler.send_response(reply.status if genuine else 401)
            handler.send_header("Content-Type", "application/json" if is_json else "text/plain;charset=utf-8")
            handler.send_header("Content-Length", str(len(content)))
            for name, value in reply.headers.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(content)
        except ConnectionError:
            pass  # the other side did not wait

    def stop(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
