"""How long a database may take, and which of its errors mean that it is away."""

import sqlite3
import time
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import bindparam, select, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from storage.database import Database
from storage.engines import BRIEF, Patience, is_away
from storage.errors import NotFoundError, UnreachableError
from storage.prepared import Prepared
from storage.tables import outcomes
from storage.workspaces import lock_workspace
from tests.support.make import NOW, make_project, make_workspace
from tests.support.postgres import PostgresServer

HASTY = Patience(connect=2, statement=0.5, lock=0.1, pool=0.1)


def test_a_server_that_never_answers_is_away_before_slack_gives_up(silent_server: str) -> None:
    began = time.monotonic()

    with pytest.raises(UnreachableError), Database(silent_server, BRIEF).read():
        pass

    assert time.monotonic() - began < 3


@pytest.mark.postgres
def test_a_statement_that_takes_too_long_is_given_up(postgres_server: PostgresServer) -> None:
    database = Database(postgres_server.url, HASTY)

    with pytest.raises(UnreachableError, match="statement timeout"), database.read() as tx:
        tx.execute(text("SELECT pg_sleep(60)"))
    database.close()


@pytest.mark.postgres
def test_what_the_address_says_of_time_has_the_last_word(postgres_server: PostgresServer) -> None:
    address = f"{postgres_server.url}?options=-c%20lock_timeout%3D77&connect_timeout=7"
    database = Database(address, HASTY)

    with database.read() as tx:
        found = [tx.execute(text(f"SHOW {name}_timeout")).scalar_one() for name in ("lock", "statement")]

    assert found == ["77ms", "500ms"]
    database.close()


def test_a_new_file_that_somebody_writes_is_waited_for_before_it_is_given_up(tmp_path: Path) -> None:
    # The first to open a file switches it to another journal, which SQLite by itself does not wait for.
    with closing(sqlite3.connect(tmp_path / "new.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        database = Database(f"sqlite:///{tmp_path}/new.db", HASTY)
        began = time.monotonic()

        with pytest.raises(UnreachableError, match="locked"), database.read():
            pass
        waited = time.monotonic() - began
        other.rollback()
        with database.read() as tx:
            mode = tx.execute(text("PRAGMA journal_mode")).scalar_one()
    database.close()

    assert HASTY.lock <= waited < 3
    assert mode == "wal"


def test_a_lock_that_somebody_holds_for_too_long_is_given_up(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
    other = Database(database.url.render_as_string(hide_password=False), HASTY)

    with database.write() as tx:
        lock_workspace(tx, "T0TEST")
        with pytest.raises(UnreachableError, match="lock"), other.write() as too_late:
            lock_workspace(too_late, "T0TEST")
    other.close()


def test_a_workspace_that_there_is_not_cannot_be_locked(database: Database) -> None:
    with pytest.raises(NotFoundError), database.write() as tx:
        lock_workspace(tx, "T0NOBODY")


def test_a_connection_that_never_becomes_free_is_given_up(sqlite_database: Database) -> None:
    database = Database(str(sqlite_database.url), HASTY)

    with ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(database.read())
        with pytest.raises(UnreachableError, match="timed out"):
            stack.enter_context(database.read())
    database.close()


@pytest.mark.parametrize("statement", ["SELECT 1 FROM nowhere", "SELECT nothing FROM workspaces"])
def test_a_wrong_statement_is_our_mistake(database: Database, statement: str) -> None:
    with pytest.raises((OperationalError, ProgrammingError)), database.read() as tx:
        tx.execute(text(statement))


def test_a_wrong_prepared_statement_is_our_mistake_too(empty_database: Database) -> None:
    with pytest.raises(Exception, match="outcomes") as caught, empty_database.read() as tx:
        Prepared(select(outcomes.c.id)).rows(tx)

    assert not isinstance(caught.value, UnreachableError)
    with empty_database.read() as tx:
        assert tx.execute(text("SELECT 1")).scalar_one() == 1


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (sqlite3.SQLITE_BUSY_SNAPSHOT, True),
        (sqlite3.SQLITE_IOERR_READ, True),
        (sqlite3.SQLITE_READONLY_DBMOVED, True),
        (sqlite3.SQLITE_FULL, True),
        (sqlite3.SQLITE_ERROR, False),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, False),
        (sqlite3.SQLITE_MISUSE, False),
    ],
)
def test_what_sqlite_says_of_itself_and_of_us(sqlite_database: Database, code: int, expected: bool) -> None:  # noqa: FBT001 - a case's value
    error = sqlite3.OperationalError("said")
    error.sqlite_errorcode = code

    assert is_away(error, sqlite_database.engine.dialect) is expected


def test_an_instant_is_asked_for_as_it_is_written_down(database: Database) -> None:
    since = bindparam("since", type_=outcomes.c.created_at.type)
    mine = outcomes.c.workspace_id == bindparam("workspace_id")
    prepared = Prepared(select(outcomes.c.text).where(mine, outcomes.c.created_at >= since))
    tokyo = NOW.astimezone(ZoneInfo("Asia/Tokyo"))
    with database.write() as tx:
        make_workspace(tx)
        make_project(tx, outcomes=["One"])

        assert prepared.rows(tx, workspace_id="T0TEST", since=tokyo) == [("One",)]
        assert prepared.rows(tx, workspace_id="T0TEST", since=tokyo + timedelta(microseconds=1)) == []
        with pytest.raises(ValueError, match="naive"):
            prepared.rows(tx, workspace_id="T0TEST", since=NOW.replace(tzinfo=None))


def test_values_that_would_need_a_conversion_are_refused() -> None:
    instants = bindparam("instants", type_=outcomes.c.created_at.type, expanding=True)

    with pytest.raises(ValueError, match="instants"):
        Prepared(select(outcomes.c.id).where(outcomes.c.created_at.in_(instants)))
    with pytest.raises(ValueError, match="due_on"):
        Prepared(select(select(outcomes.c.id).where(outcomes.c.due_on == bindparam("due_on")).subquery()))
    with pytest.raises(ValueError, match="ids"):
        Prepared(select(outcomes.c.id).where(outcomes.c.id.in_(bindparam("ids", expanding=True))))
    with pytest.raises(ValueError, match="created_at"):
        Prepared(select(outcomes.c.id).where(outcomes.c.created_at == datetime.min))  # noqa: DTZ901 - never used
