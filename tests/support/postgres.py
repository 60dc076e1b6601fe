"""A real PostgreSQL for the tests: one that is given, or this machine's, started in a folder of its own."""

import getpass
import os
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.support.ports import free_port


@dataclass(frozen=True)
class PostgresServer:
    """`url` leads to a database of the server in which others can be made."""

    url: str

    @contextmanager
    def new_database(self) -> Iterator[str]:
        """The address of an empty database, dropped afterwards."""
        name = f"waymark_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.url, autocommit=True) as admin:
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"{self.url.rpartition('/')[0]}/{name}"
        finally:
            with psycopg.connect(self.url, autocommit=True) as admin:
                admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@dataclass(frozen=True)
class OwnServer(PostgresServer):
    """One that was started here, and can be stopped and started again."""

    control: tuple[str, ...]
    start_options: tuple[str, ...]

    def start(self) -> None:
        """Ready when this returns."""
        _run([*self.control, "-w", *self.start_options, "start"])

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It keeps its connections and says nothing, as where its disk does not answer."""
        first = Path(self.control[-1], "postmaster.pid").read_text(encoding="utf-8").split()[0]
        processes = [int(first)]
        try:
            # The first one first: then it begins no other while these are looked for.
            os.kill(int(first), signal.SIGSTOP)
            children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="utf-8").split()
            for process in map(int, children):
                # One that was about to end is not missed.
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGSTOP)
                    processes.append(process)
            yield
        finally:
            for process in reversed(processes):
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGCONT)

    def stop(self) -> None:
        """As if its machine was switched off."""
        _run([*self.control, "-w", "-m", "immediate", "stop"])


@contextmanager
def find_server(url: str | None, *, is_durable: bool = False) -> Iterator[PostgresServer | None]:
    """The one given, else one started here, else None.

    `is_durable`: one that is started waits for the disk at each commit, as PostgreSQL does where it is used;
    tests, whose databases are thrown away, need not.
    """
    if url:
        yield PostgresServer(url)
        return
    with own_server(is_durable=is_durable) as server:
        yield server


@contextmanager
def own_server(*, is_durable: bool = False, password: str | None = None) -> Iterator[OwnServer | None]:
    """One started here; None where PostgreSQL is missing. `password`: the one that it asks for."""
    binaries = _binaries()
    # PostgreSQL refuses to run as root; there its package's own user runs it.
    as_user = ["runuser", "-u", "postgres", "--"] if getpass.getuser() == "root" else []
    if binaries is None or (as_user and not _has_user("postgres")):
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="waymark-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o777)
        data, asks = f"{folder}/data", ["-A", "trust"]
        if password is not None:
            (file := Path(folder) / "password").write_text(password, encoding="utf-8")
            asks = ["-A", "scram-sha-256", "--pwfile", str(file)]
        _run([*as_user, f"{binaries}/initdb", "-D", data, "-U", "waymark", *asks, "-E", "UTF8"])
        port = free_port()
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        # `make many` has up to 18 processes of the bot on one at the same time.
        options += " -c max_connections=400" + ("" if is_durable else " -c fsync=off")
        who = "waymark" if password is None else f"waymark:{password}"
        server = OwnServer(
            f"postgresql://{who}@127.0.0.1:{port}/postgres",
            (*as_user, f"{binaries}/pg_ctl", "-D", data),
            ("-l", f"{folder}/log", "-o", options),
        )
        server.start()
        try:
            yield server
        finally:
            with suppress(RuntimeError):  # a test may have stopped it
                server.stop()


def _binaries() -> Path | None:
    """Debian keeps them off the PATH, a folder a version."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb")
    if candidates:
        return candidates[-1].parent
    return Path(found).resolve().parent if found else None


def _has_user(name: str) -> bool:
    return subprocess.run(["id", name], capture_output=True, check=False).returncode == 0


def _run(command: list[str]) -> None:
    # To a file and not to a pipe: the server inherits it, and would hold the pipe open for ever.
    with tempfile.TemporaryFile() as output:
        result = subprocess.run(command, stdout=output, stderr=output, check=False)
        if result.returncode:
            output.seek(0)
            raise RuntimeError(f"{command[-1]}: {output.read().decode()}")
