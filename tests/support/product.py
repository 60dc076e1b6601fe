"""The product as it is run: processes of `python -m bot`, spoken to over HTTP, stopped at the end."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.local.seed import seeded_workspace
from bot.local.server import LocalServer
from bot.local.settings import LocalSettings
from tests.support import signing
from tests.support.environment import child_environment
from tests.support.ports import free_port
from tests.support.signing import SECRET, TOKEN

_START_WITHIN_S = 60
_STOP_WITHIN_S = 15
_PATIENCE_S = 30
_TRIES = 1200
_BETWEEN_TRIES_S = 0.05
HOST = "127.0.0.1"


def bot_environment(slack: LocalServer, database_url: str, **more: str) -> dict[str, str]:
    """By which a process of the bot finds this workspace and this database. `more`: of its settings."""
    return {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "DATABASE_URL": database_url,
        **more,
    }


@dataclass
class Program:
    """A running `python -m bot …`, and what it has printed so far."""

    process: "subprocess.Popen[str]"
    lines: list[str] = field(default_factory=list)
    said: threading.Condition = field(default_factory=threading.Condition)
    ended: bool = False

    @property
    def output(self) -> str:
        with self.said:
            return "".join(self.lines)

    def wait_for(self, words: str) -> None:
        """Until it has printed these words."""
        with self.said:
            found = self.said.wait_for(lambda: words in "".join(self.lines) or self.ended, _START_WITHIN_S)
        assert found, f"never said {words!r}:\n{self.output}"
        assert words in self.output, f"ended without {words!r}:\n{self.output}"

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Until that is so; it fails as soon as the program has ended."""
        for _ in range(_TRIES):
            if is_so():
                return
            try:
                self.process.wait(_BETWEEN_TRIES_S)
            except subprocess.TimeoutExpired:
                continue
            break
        raise AssertionError(f"it did not get so far:\n{self.output}")

    def read(self) -> None:
        for line in self.process.stdout or ():
            with self.said:
                self.lines.append(line)
                self.said.notify_all()
        with self.said:
            self.ended = True
            self.said.notify_all()


@contextmanager
def running_program(*arguments: str, folder: Path, environment: Mapping[str, str]) -> Iterator[Program]:
    """`python -m bot …` in this folder, with nothing of this process's own settings."""
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        env=child_environment(**environment, PYTHONPATH=str(root), PYTHONUNBUFFERED="1"),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A group of its own: an interrupt is for all of it, as on a terminal.
        start_new_session=True,
    )
    program = Program(process)
    reader = threading.Thread(target=program.read, daemon=True)
    reader.start()
    try:
        yield program
    finally:
        _stop(process)
        reader.join(_STOP_WITHIN_S)
        # While something that it has started still holds the other end, closing this one would wait for that.
        assert not reader.is_alive(), f"something of it goes on:\n{program.output}"
        if process.stdout:
            process.stdout.close()


@dataclass
class Web:
    """`python -m bot web` with the local workspace as its Slack."""

    program: Program
    slack: LocalServer
    port: int

    def send(self, body: bytes, headers: Mapping[str, str] | None = None) -> signing.Response:
        """A signed request over HTTP, unless other headers are given."""
        sent = {
            "Content-Type": signing.FORM,
            **(signing.signed(SECRET, body) if headers is None else headers),
        }
        return request(self.port, "POST", signing.PATH, body, sent)


@contextmanager
def running_web(folder: Path, database_url: str, *arguments: str, **more: str) -> Iterator[Web]:
    """The bot as it is deployed, ready to answer. `more`: of its settings."""
    port = free_port()
    settings = LocalSettings(
        signing_secret=SECRET, bot_token=TOKEN, request_url=f"http://{HOST}:{port}{signing.PATH}"
    )
    with LocalServer(seeded_workspace(), settings) as slack:
        environment = bot_environment(slack, database_url, **more)
        arguments = ("web", "--port", str(port), *arguments)
        with running_program(*arguments, folder=folder, environment=environment) as program:
            program.wait_until(lambda: is_answered(port, "GET", "/"))
            yield Web(program, slack, port)


@contextmanager
def running_trial(folder: Path, *arguments: str) -> Iterator[str]:
    """What `make run` starts, with its own database in this folder; the address of its page."""
    port = free_port()
    environment = {"PORT": str(port)}
    # What people see is looked at, not how fast it comes.
    told = ("try", "--patience", str(_PATIENCE_S), *arguments)
    with running_program(*told, folder=folder, environment=environment) as program:
        program.wait_for("Waymark is ready")
        program.wait_until(lambda: bot_answers(port))
        yield f"http://{HOST}:{port}/"


def request(
    port: int,
    method: str,
    path: str,
    body: bytes | Iterator[bytes] = b"",
    headers: Mapping[str, str] | None = None,
) -> signing.Response:
    """One request to a port of this machine."""
    connection = http.client.HTTPConnection(HOST, port, timeout=_STOP_WITHIN_S)
    try:
        connection.request(method, path, body, dict(headers or {}))
        response = connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        return signing.Response(response.status, names, response.read())
    finally:
        connection.close()


def is_answered(port: int, method: str, path: str) -> bool:
    try:
        request(port, method, path)
    except OSError:
        return False
    return True


def bot_answers(port: int) -> bool:
    """It is connected, or proves that it listens when the workspace asks it to, as Slack does."""
    sockets = json.loads(request(port, "GET", "/local/sockets").body)
    if sockets["enabled"]:
        return bool(sockets["connections"])
    found = request(port, "POST", "/local/verify-url", b"{}", {"Content-Type": signing.JSON})
    return json.loads(found.body)["ok"] is True


def _stop(process: "subprocess.Popen[str]") -> None:
    """As Ctrl-C would, on the whole group; what does not listen is killed."""
    for means in (signal.SIGINT, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, means)
        try:
            process.wait(_STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            continue
        return
