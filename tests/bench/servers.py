"""Servers in processes of their own, and what they cost."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote_plus

from bot import clock, texts
from bot.local.signing import signature_headers
from tests.bench import apps
from tests.bench.filling import WORKSPACE
from tests.bench.load import Call, Client
from tests.support.environment import child_environment
from tests.support.ports import free_port

_TIMEOUT_S = 30
_IDENTITY = (
    f'{{"ok": true, "url": "https://bench.slack.com/", "team": "Bench", "team_id": "{WORKSPACE}", '
    '"user": "waymark", "user_id": "U0BOT", "bot_id": "B0BOT"}'
).encode()


said_wrong: list[str] = []
"""What the bots have sent to the stand-in for Slack that says that something went wrong."""
EXCUSES = tuple(
    sentence.removeprefix("⚠️ ").partition(".")[0]
    for sentence in (texts.DATABASE_AWAY, texts.INTERNAL_ERROR, texts.NO_FORM)
)
"""How it says so."""


class _Slack(BaseHTTPRequestHandler):
    """As much of Slack as a start and a click need: who the bot is, and "ok" to everything it sends."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("content-length", 0)))
        said_wrong.extend(
            excuse for excuse in EXCUSES if excuse.encode() in sent or quote_plus(excuse).encode() in sent
        )
        body = _IDENTITY if self.path.startswith("/api/") else b"ok"
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        pass


@contextmanager
def slack() -> Iterator[str]:
    """The address of a stand-in for Slack."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Slack)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(frozen=True)
class Server:
    """A running server. `started_s`: from the start of its process to its first answer."""

    port: int
    workers: tuple[int, ...]
    started_s: float

    def cpu_s(self) -> float:
        """What its workers have used of the CPU so far."""
        return sum(map(_cpu_s, self.workers))

    def memory_mb(self) -> float:
        """What its workers have in memory now."""
        said = subprocess.run(
            ["ps", "-o", "rss=", "-p", ",".join(map(str, self.workers))],
            capture_output=True,
            text=True,
            check=True,
        )
        return sum(map(int, said.stdout.split())) / 1024


@contextmanager
def serve(command: list[str], slack_url: str, database: str, first: Call) -> Iterator[Server]:
    """Start it, wait for its first answer, stop it at the end."""
    port = free_port()
    # Bolt would take a token from the environment, too; the bare one is given its own.
    settings = {
        "SLACK_SIGNING_SECRET": apps.SECRET,
        "SLACK_API_URL": f"{slack_url}/api/",
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "DATABASE_URL": database,
    }
    environment = child_environment(**(settings if "tests.bench.apps" not in command else {}))
    arguments = [each.format(port=port, api_url=f"{slack_url}/api/") for each in command]
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(process, port, first)
        started = time.perf_counter() - began
        yield Server(port, _workers_of(process.pid), started)
    finally:
        process.terminate()
        try:
            process.wait(_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int, first: Call) -> None:
    deadline = time.perf_counter() + _TIMEOUT_S
    while time.perf_counter() < deadline and process.poll() is None:
        try:
            with Client(port) as client:
                client.ask(first.signed(signature_headers(apps.SECRET, first.body, clock.now())))
                return
        except ConnectionError:
            # Nobody listens yet. A server says by its first answer alone that it is ready, which is measured
            # here; asking without a pause would take the processor that it starts on.
            time.sleep(0.005)
    raise RuntimeError(f"the server on port {port} did not answer: {process.args!r}")


def _workers_of(pid: int) -> tuple[int, ...]:
    """The children of the process, which answer; the parent only watches over them."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    children = [int(line.split()[0]) for line in listed.splitlines() if int(line.split()[1]) == pid]
    return tuple(children) or (pid,)


def _cpu_s(pid: int) -> float:
    stat = Path(f"/proc/{pid}/stat")
    if stat.exists():
        user, system = stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    # Elsewhere `ps` says it, as [[days-]hours:]minutes:seconds.hundredths.
    said = subprocess.run(["ps", "-o", "time=", "-p", str(pid)], capture_output=True, text=True, check=True)
    seconds = 0.0
    for part in said.stdout.strip().replace("-", ":").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds
