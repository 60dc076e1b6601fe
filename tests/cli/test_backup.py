"""`backup` and `restore`: what they say, and what is left when they cannot go on."""

import random
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest

from storage.database import SCHEMA, Database
from storage.pages import save_page
from storage.whole import every_table
from tests.cli.conftest import ROOT, Folder
from tests.support.dumps import dump, raw_dump
from tests.support.environment import child_environment
from tests.support.make import make_project, make_workspace
from tests.support.postgres import PostgresServer

TABLES = len(every_table())
NOISE = random.Random(6).randbytes(400_000).hex()
"""Nothing makes a small file of it."""


@pytest.fixture
def team(folder: Folder, database: Database) -> Folder:
    """With a workspace that has something to lose."""
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx, outcomes=["One", "Two"])
        save_page(tx, "T0TEST", "page.md", NOISE, datetime(2026, 5, 4, tzinfo=UTC))
    return folder


def rows_in(database: Database) -> int:
    return sum(map(len, dump(database).values()))


@contextmanager
def new_database(folder: Folder) -> Iterator[Database]:
    with closing(Database(f"sqlite:///{folder.path}/new.db")) as made:
        yield made


def test_a_backup_is_made_and_restored_into_a_new_file(team: Folder, database: Database) -> None:
    done = team.bot("backup", "one.wmk")

    counted = f"{rows_in(database)} rows of {TABLES} tables (schema {SCHEMA})"
    size = f"{(team.path / 'one.wmk').stat().st_size / 1000:.0f} kB"
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"Backed up {team.database_url} to one.wmk: {counted}, {size}, read back and checked.\n"
    )

    with new_database(team) as new:
        restored = team.bot("restore", "one.wmk", DATABASE_URL=new.address)
        assert (restored.returncode, restored.stderr) == (0, "")
        assert restored.stdout == f"Restored one.wmk to {new.address}: {counted}, read back and checked.\n"
        assert dump(new) == dump(database)


@pytest.mark.postgres
def test_a_team_moves_to_postgresql_and_back(
    team: Folder, database: Database, postgres_server: PostgresServer
) -> None:
    with postgres_server.new_database() as url:
        there = [team.bot("backup", "one.wmk"), team.bot("restore", "one.wmk", DATABASE_URL=url)]
        back = [team.bot("backup", "two.wmk", DATABASE_URL=url)]
    with new_database(team) as new:
        back.append(team.bot("restore", "two.wmk", DATABASE_URL=new.address))

        assert [done.returncode for done in there + back] == [0, 0, 0, 0]
        assert dump(new) == dump(database)
    assert (team.path / "one.wmk").read_bytes() == (team.path / "two.wmk").read_bytes()


def test_a_database_that_is_not_empty_is_said_and_left_alone(team: Folder, database: Database) -> None:
    team.bot("backup", "one.wmk")
    before = dump(database)

    done = team.bot("restore", "one.wmk")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("The database is not empty (there is something in workspaces). Nothing was")
    assert dump(database) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("backup", "waymark.db"), "waymark.db is there already, and is left as it is. Name another file."),
        (("backup", "no/folder/one.wmk"), "one.wmk cannot be written: No such file or directory."),
        (("backup", "."), " is there already, and is left as it is. Name another file."),
        (("restore", "waymark.db"), "That is no backup of Waymark's. Nothing was changed."),
        (("restore", "nowhere.wmk"), "nowhere.wmk cannot be read: No such file or directory."),
        (("restore", "cut.wmk"), "The backup is damaged: "),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    team: Folder, database: Database, arguments: tuple[str, ...], said: str
) -> None:
    team.bot("backup", "cut.wmk")
    (team.path / "cut.wmk").write_bytes((team.path / "cut.wmk").read_bytes()[:-9])
    before, files = dump(database), sorted(team.path.glob("*"))

    done = team.bot(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert dump(database) == before
    assert [path for path in sorted(team.path.glob("*")) if path.suffix == ".wmk"] == [
        path for path in files if path.suffix == ".wmk"
    ]


def test_a_database_that_is_not_there_is_said_and_not_made(empty_folder: Folder) -> None:
    done = empty_folder.bot("backup", "one.wmk")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith(": there is no such file\n")
    assert list(empty_folder.path.iterdir()) == []


def test_a_full_disk_is_said_in_one_line_and_leaves_no_file(team: Folder) -> None:
    done = team.bot("backup", "one.wmk", blocks="400")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("one.wmk cannot be written: File too large. Nothing was written there.\n")
    assert len(done.stderr.splitlines()) == 1
    assert not [path for path in team.path.iterdir() if "wmk" in path.name]


def test_a_full_disk_leaves_the_older_backup(team: Folder) -> None:
    team.bot("backup", "one.wmk")
    before = (team.path / "one.wmk").read_bytes()

    done = team.bot("backup", "one.wmk", blocks="400")

    assert done.returncode == 2
    assert (team.path / "one.wmk").read_bytes() == before


def test_a_disk_that_fills_while_restoring_is_said_and_leaves_nothing(team: Folder) -> None:
    team.bot("backup", "one.wmk")
    with new_database(team) as new:
        done = team.bot("restore", "one.wmk", DATABASE_URL=new.address, blocks="1800")

        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(f"The database cannot be opened ({new.address}): ")
        assert len(done.stderr.splitlines()) == 1
        assert raw_dump(new) == {}


def die(folder: Folder, what: str, url: str, step: str) -> int:
    return subprocess.run(
        [sys.executable, "-m", "tests.support.dies", what, url, "one.wmk", step],
        cwd=folder.path,
        env=child_environment(PYTHONPATH=str(ROOT)),
        timeout=120,
        check=False,
    ).returncode


@pytest.mark.parametrize("step", ["Writing", "Checking"])
def test_a_backup_that_is_killed_leaves_nothing_half(team: Folder, database: Database, step: str) -> None:
    assert die(team, "backup", team.database_url, step) == -signal.SIGKILL
    assert not (team.path / "one.wmk").exists()

    assert team.bot("backup", "one.wmk").returncode == 0
    whole = (team.path / "one.wmk").read_bytes()
    with database.write() as tx:
        make_project(tx)
    assert die(team, "backup", team.database_url, step) == -signal.SIGKILL
    assert (team.path / "one.wmk").read_bytes() == whole
    # What it leaves beside is nobody else's to read, either.
    assert {stat.S_IMODE(path.stat().st_mode) for path in team.path.glob(".one.wmk.*.part")} == {0o600}


@pytest.mark.parametrize("step", ["Restoring", "Checking"])
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_restore_that_is_killed_leaves_nothing(
    team: Folder, database: Database, request: pytest.FixtureRequest, kind: str, step: str
) -> None:
    team.bot("backup", "one.wmk")
    if kind == "sqlite":
        url = f"sqlite:///{team.path}/new.db"
        killed_and_restored(team, database, url, step)
        return
    with request.getfixturevalue("postgres_server").new_database() as url:
        killed_and_restored(team, database, url, step)


def killed_and_restored(team: Folder, database: Database, url: str, step: str) -> None:
    assert die(team, "restore", url, step) == -signal.SIGKILL
    with closing(Database(url)) as new:
        assert raw_dump(new) == {}
        assert team.bot("restore", "one.wmk", DATABASE_URL=url).returncode == 0
        assert dump(new) == dump(database)
