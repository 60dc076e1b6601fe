"""The public page: how long it takes to make one, and how many are answered beside a bare WSGI function.

python -m tests.bench.public_pages
"""

import random
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from subprocess import Popen
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from bot.web.answers import not_found
from bot.web.projects import PublicPages, Shown
from bot.web.server import THREADS
from storage.database import Database
from storage.migrate import migrate
from storage.outcomes import list_outcomes
from storage.records import OutcomeStatus
from tests.support.make import NOW, make_project, make_workspace, say
from tests.support.ports import free_port
from tests.support.product import is_answered
from tests.support.public import WORKSPACE, publish

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_SIZES = (100, 1_000)
_PATHS = ("/projects", "/projects.json", "/projects.atom", "/projects/p-0050")
_ROUNDS, _SECONDS = 5, 1.0
_BODY = b"x" * 150_000


def fill(address: str, count: int) -> None:
    """Projects with three outcomes each, of which something was said three times."""
    dice = random.Random(1)
    with closing(Database(address)) as database:
        migrate(database)
        with database.write() as tx:
            make_workspace(tx, WORKSPACE, "Many")
            for number in range(count):
                project = make_project(
                    tx, slug=f"p-{number:04}", name=f"Project {number:04}", outcomes=["One", "Two", "Three"]
                )
                for outcome in list_outcomes(tx, WORKSPACE, project.id):
                    for weeks in (10, 6, 2):
                        say(tx, outcome, dice.choice(list(OutcomeStatus)), ago=timedelta(weeks=weeks))
            publish(tx)


def application(address: str, clock: Callable[[], datetime] = lambda: NOW) -> "WSGIApplication":
    return PublicPages(not_found, Database(address), clock, Shown(WORKSPACE, ""))


def bare(_address: str) -> "WSGIApplication":
    """As many bytes as a page of a hundred projects has."""

    def answer(_environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        start_response("200 OK", [("content-type", "text/html"), ("content-length", str(len(_BODY)))])
        return (_BODY,)

    return answer


def made_in(address: str, path: str) -> float:
    """Seconds to make a page anew, a minute later each time."""
    now = [NOW]
    pages = application(address, lambda: now[0])
    taken = []
    for _ in range(_ROUNDS):
        now[0] += timedelta(minutes=1)
        begun = time.perf_counter()
        list(pages({"PATH_INFO": path, "REQUEST_METHOD": "GET", "QUERY_STRING": ""}, lambda *_: print))
        taken.append(time.perf_counter() - begun)
    return min(taken)


@contextmanager
def served(name: str, address: str) -> Iterator[int]:
    port = free_port()
    process = Popen([sys.executable, "-m", __spec__.name, name, str(port), address])
    try:
        while not is_answered(port, "GET", "/projects"):
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def requests_s(port: int) -> float:
    """Over one connection that stays open; a client that costs little."""
    ask = b"GET /projects HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port)) as connection:
        done, begun = 0, time.perf_counter()
        while time.perf_counter() - begun < _SECONDS:
            connection.sendall(ask)
            received = connection.recv(1 << 18)
            head, _, body = received.partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            left = int(head.lower().partition(b"content-length: ")[2].split()[0]) - len(body)
            while left > 0:
                left -= len(connection.recv(1 << 18))
            done += 1
        return done / (time.perf_counter() - begun)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        addresses = {size: f"sqlite:///{Path(folder) / f'{size}.db'}" for size in _SIZES}
        for size, address in addresses.items():
            fill(address, size)
            for path in _PATHS:
                print(f"{path}, of {size:,}: {made_in(address, path) * 1000:.1f} ms to make")
        few = addresses[_SIZES[0]]
        with served("page", few) as page, served("bare", few) as plain:
            found = [(requests_s(page), requests_s(plain)) for _ in range(_ROUNDS)]
        print(f"kept page: {median(each[0] for each in found):,.0f} requests/s")
        print(f"bare function: {median(each[1] for each in found):,.0f} requests/s")


def serve(name: str, port: str, address: str) -> None:
    """As the bot is served."""
    create: Callable[[str], WSGIApplication] = application if name == "page" else bare
    Granian(
        name,
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve(target_loader=lambda: create(address), wrap_loader=False)


if __name__ == "__main__":
    serve(*sys.argv[1:]) if sys.argv[1:] else main()
