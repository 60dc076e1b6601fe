"""Opening a database, and its transactions."""

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.errors import UnreachableError
from storage.migrate import migrate
from storage.outcomes import change_outcome, list_outcomes
from storage.projects import find_project_by_slug
from storage.tables import workspaces
from storage.workspaces import list_workspaces
from tests.support.dumps import dump
from tests.support.make import NOW, make_project, make_workspace
from tests.support.ports import free_port
from tests.support.postgres import PostgresServer

PASSWORD = "hunter2secret"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "waymark.db",
        f"nonsense {PASSWORD}",
        f"mysql://me:{PASSWORD}@127.0.0.1/db",
        f"postgresql+asyncpg://me:{PASSWORD}@127.0.0.1/db",
        "sqlite+aiosqlite:///waymark.db",
        f"postgresql://me:{PASSWORD}@127.0.0.1:port/db",
        "sqlite://",
        "sqlite:///:memory:",
    ],
)
def test_what_is_no_address_of_a_database_is_refused_at_once(address: str) -> None:
    with pytest.raises(UnreachableError) as caught:
        Database(address)

    assert caught.value.address == "DATABASE_URL"
    assert PASSWORD not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_server_that_is_down_is_said_without_the_password(scheme: str) -> None:
    port = free_port()
    database = Database(f"{scheme}://me:{PASSWORD}@127.0.0.1:{port}/db?connect_timeout=2")

    with pytest.raises(UnreachableError) as caught, database.read():
        pass

    assert f"127.0.0.1:{port}/db" in caught.value.address
    assert "refused" in caught.value.reason.lower()
    assert "\n" not in str(caught.value)
    assert PASSWORD not in f"{caught.value} {database.address}"


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://127.0.0.1:1/db?user=me&password={PASSWORD}",
        f"postgresql://me:{PASSWORD}@127.0.0.1:1/db",
    ],
)
def test_an_address_is_shown_without_its_password(address: str) -> None:
    assert PASSWORD not in Database(address).address


@pytest.mark.parametrize("password", [f"p@{PASSWORD}", f"{PASSWORD}@{PASSWORD}", f"p@s/{PASSWORD}"])
def test_a_password_that_is_not_quoted_is_refused_and_not_taken_for_the_host(password: str) -> None:
    with pytest.raises(UnreachableError) as caught:
        Database(f"postgresql://me:{password}@127.0.0.1/db")

    assert "%40" in caught.value.reason
    assert PASSWORD not in str(caught.value)


@pytest.mark.postgres
def test_a_database_that_the_server_does_not_have_is_said(postgres_server: PostgresServer) -> None:
    database = Database(f"{postgres_server.url.rpartition('/')[0]}/no_such_database")

    with pytest.raises(UnreachableError, match="no_such_database"), database.write():
        pass


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(UnreachableError, match="unable to open"),
        Database(f"sqlite:///{tmp_path}/no/x.db").read(),
    ):
        pass


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Not a database at all. " * 100)

    with (
        pytest.raises(UnreachableError, match="not a database"),
        Database(f"sqlite:///{tmp_path}/notes.txt").read(),
    ):
        pass


def test_a_file_that_cannot_be_written_is_said_at_the_first_write(sqlite_database: Database) -> None:
    read_only = Database(f"sqlite:///file:{sqlite_database.url.database}?mode=ro&uri=true")

    with read_only.read() as tx:
        assert list_workspaces(tx) == ()
    with pytest.raises(UnreachableError, match="readonly"), read_only.write() as tx:
        make_workspace(tx)
    read_only.close()


def test_what_was_written_is_there_and_what_failed_is_not(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx, "T0KEPT")

    with pytest.raises(ZeroDivisionError):
        _make_workspace_and_fail(database, "T0LOST")

    with database.read() as tx:
        assert [workspace.id for workspace in list_workspaces(tx)] == ["T0KEPT"]


def test_a_dry_run_does_all_and_leaves_nothing(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
    before = dump(database)

    with database.write(dry_run=True) as tx:
        make_project(tx, slug="ghost", outcomes=["Seen by nobody"])
        assert find_project_by_slug(tx, "T0TEST", "ghost") is not None

    assert dump(database) == before


def test_a_dry_run_can_be_followed_by_a_real_one(database: Database) -> None:
    with database.write(dry_run=True) as tx:
        make_workspace(tx)

    with database.write() as tx:
        make_workspace(tx)

    with database.read() as tx:
        assert len(list_workspaces(tx)) == 1


def test_a_reader_sees_what_was_committed_and_not_what_is_being_written(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        with database.read() as reader:
            assert list_workspaces(reader) == ()

    with database.read() as reader:
        assert len(list_workspaces(reader)) == 1


def test_many_threads_that_write_lose_nothing(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        project = make_project(tx, outcomes=["0"])
    count, start = 8, threading.Barrier(8)

    def add(_: int) -> None:
        start.wait()
        for _round in range(25):
            with database.write() as tx:
                # The row is locked before it is read, as PostgreSQL wants it; SQLite has locked all.
                tx.execute(update(workspaces).values(name="writing"))
                (outcome,) = list_outcomes(tx, "T0TEST", project.id)
                change_outcome(tx, "T0TEST", outcome.id, NOW, text=str(int(outcome.text) + 1))

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(add, range(count)))

    with database.read() as tx:
        assert [outcome.text for outcome in list_outcomes(tx, "T0TEST", project.id)] == ["200"]


def test_a_write_that_failed_does_not_keep_the_others_waiting(sqlite_database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        _make_workspace_and_fail(sqlite_database, "T0LOST")

    with ThreadPoolExecutor(1) as pool:
        name = pool.submit(_make_workspace, sqlite_database).result(timeout=10)

    assert name == "T0TEST"


def _make_workspace_and_fail(database: Database, workspace_id: str) -> None:
    with database.write() as tx:
        make_workspace(tx, workspace_id)
        raise ZeroDivisionError


def _make_workspace(database: Database) -> str:
    with database.write() as tx:
        return make_workspace(tx)


def test_two_processes_that_write_the_same_file_lose_nothing(sqlite_database: Database) -> None:
    with sqlite_database.write() as tx:
        tx.execute(text("CREATE TABLE tally (count INTEGER NOT NULL)"))
        tx.execute(text("INSERT INTO tally VALUES (0)"))
    script = (
        "import sys; from sqlalchemy import text; from storage.database import Database\n"
        "database = Database(sys.argv[1])\n"
        "for _ in range(100):\n"
        "    with database.write() as tx:\n"
        "        count = tx.execute(text('SELECT count FROM tally')).scalar_one()\n"
        "        tx.execute(text('UPDATE tally SET count = :count'), {'count': count + 1})\n"
    )

    command = [sys.executable, "-c", script, str(sqlite_database.url)]
    root = Path(__file__).parents[2]
    running = [subprocess.Popen(command, cwd=root) for _ in range(2)]

    assert [process.wait(timeout=60) for process in running] == [0, 0]
    with sqlite_database.read() as tx:
        assert tx.execute(text("SELECT count FROM tally")).scalar_one() == 200


def test_what_refers_to_a_row_goes_with_it(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx, outcomes=["One"], links=["https://example.org"], members=["Ana"], aliases=["also"])

    with database.write() as tx:
        tx.execute(workspaces.delete())

    assert {name: rows for name, rows in dump(database).items() if rows} == {}


def test_sqlite_keeps_a_transaction_through_a_loss_of_power(sqlite_database: Database) -> None:
    with sqlite_database.read() as tx:
        settings = [
            tx.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert settings == ["wal", 2, 1]


def test_an_error_does_not_repeat_what_people_wrote(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx, "T0", name="a secret plan")

    with database.write(dry_run=True) as tx, pytest.raises(IntegrityError) as caught:
        tx.execute(workspaces.insert().values(id="T0", name="a secret plan", created_at=NOW))

    assert "a secret plan" not in str(caught.value)


def test_another_program_that_writes_for_too_long_is_said(sqlite_database: Database) -> None:
    other = sqlite3.connect(sqlite_database.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with sqlite_database.read() as tx:
        # The one connection of the pool, which the write then takes.
        tx.execute(text("PRAGMA busy_timeout = 1"))
    with pytest.raises(UnreachableError, match="locked"), sqlite_database.write():
        pass
    other.close()


def test_a_database_that_was_never_migrated_stands_nowhere(empty_database: Database) -> None:
    assert empty_database.schema() is None
    assert migrate(empty_database) is True
    assert migrate(empty_database) is False
