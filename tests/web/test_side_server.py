"""The small server for whoever watches: however many connect and say nothing, it answers, and stays small."""

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from bot.web.answers import not_found
from bot.web.side_server import MOST, SideServer

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

HOST = "127.0.0.1"


class Slow:
    """An application that answers when it is let."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.may_end = threading.Event()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        if environ["PATH_INFO"] == "/slow":
            self.begun.release()
            self.may_end.wait(30)
        return list(not_found(environ, start_response))


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def server(slow: Slow) -> Iterator[SideServer]:
    running = SideServer(slow, HOST, 0)
    running.start()
    yield running
    slow.may_end.set()
    running.stop()


def ask(server: SideServer) -> int:
    connection = http.client.HTTPConnection(HOST, server.port, timeout=20)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    finally:
        connection.close()


def answering() -> int:
    return sum("process_request_thread" in each.name for each in threading.enumerate())


def test_those_who_say_nothing_keep_nobody_out_and_take_no_more_than_their_threads(
    server: SideServer,
) -> None:
    before = answering()
    with ExitStack() as stack:
        silent = [stack.enter_context(socket.create_connection((HOST, server.port))) for _ in range(3 * MOST)]
        # Little by little is no better than nothing.
        silent[-1].sendall(b"GET / HT")

        assert ask(server) == 404
        assert answering() - before <= MOST
        silent[0].settimeout(20)
        assert silent[0].recv(1) == b"", "the first has lost its place"


def test_answers_that_are_being_made_are_made_and_more_than_there_are_places_for_are_refused(
    server: SideServer, slow: Slow
) -> None:
    before = answering()
    with ExitStack() as stack:
        for _ in range(MOST):
            each = stack.enter_context(socket.create_connection((HOST, server.port)))
            each.sendall(b"GET /slow HTTP/1.0\r\n\r\n")
            assert slow.begun.acquire(timeout=20)

        with pytest.raises((http.client.HTTPException, ConnectionError)):
            ask(server)
        assert answering() - before == MOST
    slow.may_end.set()
    assert ask(server) == 404
