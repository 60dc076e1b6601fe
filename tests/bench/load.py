"""The load: requests over connections that stay open, one after the other on each. A process of its own.

It speaks HTTP over plain sockets, since a client that costs more than the server would measure itself.
"""

import gc
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import cycle
from typing import Self

from pydantic import BaseModel

from bot import clock
from bot.local.signing import signature_headers

_HEAD = "POST /slack/events HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\n"
_RECEIVED = 1 << 18
_SHOWN = 300


NUMBER = "NNNNNNNNNN"
"""What stands in a call for a number that is another one each time: Slack sends nothing twice."""


class Call(BaseModel, frozen=True):
    """A request that Slack would send. `updates`: so many status updates come of it."""

    body: bytes
    content_type: str = "application/x-www-form-urlencoded"
    updates: int = 0

    def numbered(self, number: int) -> Self:
        """As it is sent the so-manieth time."""
        body = self.body.replace(NUMBER.encode(), f"{number:0{len(NUMBER)}}".encode())
        return self.model_copy(update={"body": body})

    def signed(self, signature: dict[str, str]) -> bytes:
        """All of the request, as it goes over the wire."""
        headers = {
            "accept": "application/json,*/*",
            "accept-encoding": "gzip,deflate",
            "content-type": self.content_type,
            "content-length": str(len(self.body)),
            **signature,
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"{_HEAD}{lines}\r\n".encode() + self.body


class Round(BaseModel, frozen=True):
    """What to ask: the calls in turn, over `connections` at once, for `seconds`.

    `numbers` from which those in the calls are counted; without, each call is the same every time. An answer
    that is no 200, or that has one of the words of `wrong` in it, is a mistake and counted.
    """

    port: int
    secret: str
    calls: tuple[Call, ...]
    connections: int
    seconds: float
    numbers: int | None = None
    wrong: tuple[str, ...] = ()


class Timings(BaseModel, frozen=True):
    """What came of a round. `latencies` in seconds; `last` is the body of the last answer.

    `updates`: as many as should have come of what was not answered by a mistake.
    """

    latencies: tuple[float, ...]
    elapsed: float
    last: bytes
    mistakes: tuple[str, ...] = ()
    updates: int = 0


class RefusedError(ConnectionError):
    """The answer is not a 200."""


class Client:
    """One connection; asks and waits."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = b""
        self.asked_at = 0.0
        self.updates = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, request: bytes) -> None:
        self.asked_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bytes | None:
        """The body of the answer once all of it is there. Raises ConnectionError for anything but a 200."""
        data = self.socket.recv(_RECEIVED)
        if not data:
            raise ConnectionResetError("closed by the server")
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        if not end or len(body) < _length(head):
            return None
        self._received = b""
        if not head.startswith(b"HTTP/1.1 200"):
            raise RefusedError(head.decode())
        return body

    def ask(self, request: bytes) -> bytes:
        self.send(request)
        while (answer := self.receive()) is None:
            pass
        return answer


def _length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])


def run(asked: Round) -> Timings:
    """One round. The collector waits, so that its pauses are nobody's latency."""
    clients = [Client(asked.port) for _ in range(asked.connections)]
    gc.disable()
    try:
        return _run(clients, _requests(asked), asked)
    finally:
        gc.enable()
        for client in clients:
            client.socket.close()


def _requests(asked: Round) -> Iterator[tuple[bytes, int]]:
    """Each with the updates that should come of it."""
    now = clock.now()
    if asked.numbers is None:
        yield from cycle([(_signed(asked, call, now), call.updates) for call in asked.calls])
    for number, call in enumerate(cycle(asked.calls), asked.numbers or 0):
        yield _signed(asked, call.numbered(number), clock.now()), call.updates


def _signed(asked: Round, call: Call, now: datetime) -> bytes:
    return call.signed(signature_headers(asked.secret, call.body, now))


def _run(clients: Sequence[Client], requests: Iterator[tuple[bytes, int]], asked: Round) -> Timings:
    latencies: list[float] = []
    mistakes: list[str] = []
    wrong = [words.encode() for words in asked.wrong]
    updates, last = 0, b""

    def ask(client: Client) -> None:
        request, client.updates = next(requests)
        client.send(request)

    with selectors.DefaultSelector() as selector:
        began = time.perf_counter()
        for client in clients:
            selector.register(client.socket, selectors.EVENT_READ, client)
            ask(client)
        waiting = len(clients)
        while waiting:
            for key, _ in selector.select():
                client = key.data
                try:
                    answer = client.receive()
                except RefusedError as error:
                    if not wrong:
                        raise
                    mistakes.append(str(error).splitlines()[0])
                    answer = b""
                    client.updates = 0
                if answer is None:
                    continue
                now = time.perf_counter()
                latencies.append(now - client.asked_at)
                last = answer
                if any(words in answer for words in wrong):
                    mistakes.append(answer.decode()[:_SHOWN])
                else:
                    updates += client.updates
                if now - began < asked.seconds:
                    ask(client)
                else:
                    waiting -= 1
    return Timings(
        latencies=tuple(latencies),
        elapsed=time.perf_counter() - began,
        last=last,
        mistakes=tuple(mistakes),
        updates=updates,
    )


class Generator:
    """The process of the load, from outside."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def run(self, asked: Round) -> Timings:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(asked.model_dump_json().encode() + b"\n")
        self._process.stdin.flush()
        return Timings.model_validate_json(self._process.stdout.readline())


@contextmanager
def generator() -> Iterator[Generator]:
    """Start the process of the load, and stop it at the end."""
    command = [sys.executable, "-m", "tests.bench.load"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Generator(process)
        finally:
            process.communicate()


if __name__ == "__main__":
    for line in sys.stdin.buffer:
        sys.stdout.write(run(Round.model_validate_json(line)).model_dump_json() + "\n")
        sys.stdout.flush()
