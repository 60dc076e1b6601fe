"""Whatever is wrong with the database at a start is one clear line, for every command that opens it."""

import os
import signal
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from storage.database import Database
from storage.migrate import migrate
from tests.cli.conftest import ROOT, Folder
from tests.support.bot import SECRET, TOKEN
from tests.support.dumps import raw_dump
from tests.support.environment import child_environment
from tests.support.ports import free_port
from tests.support.postgres import PostgresServer, own_server
from tests.support.required import skip_or_fail
from tests.support.sending import running_slack

PASSWORD = "hunter2secret"
PAGE = "## Docs\n\n### Goal\n\nA goal.\n"
DAYS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
    "RRULE:FREQ=YEARLY\r\nDTSTART;VALUE=DATE:20260101\r\nSUMMARY:New year\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
COMMANDS = {
    "web": ("web",),
    "worker": ("worker",),
    "tick": ("tick",),
    "try": ("try",),
    "migrate": ("migrate",),
    "import": ("import", "page.md"),
    "days-off": ("days-off", "days.ics"),
}
# Root may write everywhere; without this right it may write where others may, too.
AS_OTHERS = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search")
    if os.geteuid() == 0
    else ()
)


@dataclass(frozen=True)
class Outside:
    """All that a command needs beside the database is there."""

    slack_url: str
    inputs: Path

    def run(self, folder: Folder, command: str, *before: str, **environment: str) -> str:
        """The one line that the command said, having failed."""
        slack = {
            "SLACK_API_URL": self.slack_url,
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
        }
        told = {
            "DATABASE_URL": folder.database_url,
            "PORT": str(free_port()),
            "PYTHONPATH": str(ROOT),
            **({} if command == "try" else slack),
            **environment,
        }
        name, *files = COMMANDS[command]
        done = subprocess.run(
            [*before, sys.executable, "-m", "bot", name, *(self.inputs / file for file in files)],
            cwd=folder.path,
            env=child_environment(**told),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stdout) == (1, ""), done
        assert len(done.stderr.splitlines()) == 1, done.stderr
        return done.stderr


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    inputs = tmp_path_factory.mktemp("inputs")
    (inputs / "page.md").write_text(PAGE, encoding="utf-8")
    (inputs / "days.ics").write_text(DAYS, encoding="utf-8")
    with running_slack() as slack:
        yield Outside(slack.api_url, inputs)


def a_folder(folder: Folder) -> None:
    folder.database_file.unlink()
    folder.database_file.mkdir()


def no_database(folder: Folder) -> None:
    folder.database_file.write_bytes(b"not a database, and longer than a header" * 400)


def corrupt(folder: Folder) -> None:
    with folder.database_file.open("r+b") as file:
        file.seek(100)
        file.write(os.urandom(64) * 4000)


def read_only_file(folder: Folder) -> None:
    folder.database_file.chmod(0o444)


def read_only_folder(folder: Folder) -> None:
    folder.path.chmod(0o555)


def unreadable(folder: Folder) -> None:
    folder.database_file.chmod(0)


def tables_without_version(folder: Folder) -> None:
    script(folder, "DROP TABLE alembic_version")


def unknown_revision(folder: Folder) -> None:
    script(folder, "UPDATE alembic_version SET version_num = 'abc'")


def newer(folder: Folder) -> None:
    script(folder, "UPDATE alembic_version SET version_num = '9999', compatible_from = '9999'")


def script(folder: Folder, statement: str) -> None:
    with closing(sqlite3.connect(folder.database_file)) as connection:
        connection.execute(statement)
        connection.commit()


BROKEN: dict[str, tuple[Callable[[Folder], None], str]] = {
    "a folder": (a_folder, "cannot be opened"),
    "no database": (no_database, "file is not a database"),
    "corrupt": (corrupt, "The database"),
    "read-only file": (read_only_file, "readonly database"),
    "read-only folder": (read_only_folder, "The database"),
    "unreadable": (unreadable, "unable to open database file"),
    "half of the tables": (tables_without_version, "cannot be brought up to date"),
    "unknown revision": (unknown_revision, "no version of Waymark"),
    "newer": (newer, "newer version of Waymark"),
}


# Every command with some faults, and every fault with some commands: all open the database alike.
CASES = [
    (fault, command)
    for fault in BROKEN
    for command in COMMANDS
    if fault in {"no database", "newer"} or command in {"web", "tick"}
]


@pytest.mark.parametrize(("fault", "command"), CASES)
def test_a_broken_file_is_said_in_one_line(
    folder: Folder, outside: Outside, fault: str, command: str
) -> None:
    break_it, said = BROKEN[fault]
    break_it(folder)
    try:
        line = outside.run(folder, command, *AS_OTHERS)
    finally:
        folder.path.chmod(0o755)

    assert said in line


@pytest.mark.parametrize("command", ["web", "import", "migrate"])
def test_a_file_that_another_program_has_locked(folder: Folder, outside: Outside, command: str) -> None:
    with closing(sqlite3.connect(folder.database_file)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")

        line = outside.run(folder, command, DATABASE_URL=f"{folder.database_url}?timeout=0.2")

    assert line == f"The database cannot be opened ({folder.database_url}): database is locked\n"


FULL = 'mount -t tmpfs -o size=64k none disk && exec "$@"'
"""A disk of its own, seen by this process alone."""


@pytest.mark.parametrize("command", ["worker", "try", "migrate"])
def test_a_full_disk(empty_folder: Folder, outside: Outside, command: str) -> None:
    (empty_folder.path / "disk").mkdir()
    mount = ("unshare", "-Urm", "sh", "-c", FULL, "sh")
    if not can_run(empty_folder, *mount, "true"):
        pytest.skip("this system lets nobody mount a small disk")

    line = outside.run(empty_folder, command, *mount, DATABASE_URL="sqlite:///disk/waymark.db")

    assert line == "The database cannot be opened (sqlite:///disk/waymark.db): database or disk is full\n"


def can_run(folder: Folder, *command: str) -> bool:
    with suppress(FileNotFoundError):
        return subprocess.run(command, cwd=folder.path, capture_output=True, check=False).returncode == 0
    return False


ON_POSTGRESQL: dict[str, tuple[LiteralString, str]] = {
    "no rights": ("CREATE ROLE {role} LOGIN", "permission denied for table alembic_version"),
    "only read": (
        "CREATE ROLE {role} LOGIN SUPERUSER; ALTER ROLE {role} SET default_transaction_read_only = on",
        "cannot execute INSERT in a read-only transaction",
    ),
}


@pytest.mark.postgres
@pytest.mark.parametrize("fault", ON_POSTGRESQL)
def test_a_postgresql_that_does_not_let_us_in(
    folder: Folder, outside: Outside, postgres_server: PostgresServer, fault: str
) -> None:
    statement, said = ON_POSTGRESQL[fault]
    role = f"waymark_{uuid.uuid4().hex[:8]}"
    lines = {}
    with postgres_server.new_database() as url, as_admin(postgres_server.url, statement, role):
        migrate_to(url)
        for command in ("web", "import", "days-off"):
            lines[command] = outside.run(folder, command, DATABASE_URL=as_role(url, role))

    assert all(said in line for line in lines.values()), lines


@contextmanager
def as_admin(url: str, statement: LiteralString, role: str) -> Iterator[None]:
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(sql.SQL(statement).format(role=sql.Identifier(role)))
        try:
            yield
        finally:
            admin.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def migrate_to(url: str) -> None:
    with closing(Database(url)) as database:
        migrate(database)


def as_role(url: str, role: str) -> str:
    host = url.partition("://")[2].rpartition("@")[2]
    return f"postgresql://{role}:{PASSWORD}@{host}"


@pytest.mark.postgres
def test_a_user_who_may_make_no_tables(
    folder: Folder, outside: Outside, postgres_server: PostgresServer
) -> None:
    role = f"waymark_{uuid.uuid4().hex[:8]}"
    with (
        postgres_server.new_database() as url,
        as_admin(postgres_server.url, "CREATE ROLE {role} LOGIN", role),
    ):
        line = outside.run(folder, "migrate", DATABASE_URL=as_role(url, role))

    assert "permission denied for schema public" in line


@pytest.mark.postgres
def test_a_wrong_password(folder: Folder, outside: Outside) -> None:
    with own_server(password="right") as server:
        if server is None:
            skip_or_fail("no PostgreSQL to be started: install it")
        url = server.url.replace("right", PASSWORD)
        lines = {command: outside.run(folder, command, DATABASE_URL=url) for command in ("worker", "tick")}

    for line in lines.values():
        assert "password authentication failed" in line
        assert PASSWORD not in line


@pytest.mark.parametrize("statements", [3, 90])
def test_a_migration_that_was_killed_in_the_middle_is_done_by_the_next(
    empty_folder: Folder, database_url: str, statements: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.killed_migration", database_url, str(statements)],
        cwd=ROOT,
        check=False,
    )
    with closing(Database(database_url)) as database:
        half = database.schema()
        tables = list(raw_dump(database))

    again = empty_folder.bot("migrate", DATABASE_URL=database_url)

    assert done.returncode == -signal.SIGKILL
    assert (half, tables) == (None, [])
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout.endswith(": brought up to date\n")
