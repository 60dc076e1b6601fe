"""Migrations: from nothing, twice, at once, with rows, and not half."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage import history
from storage.database import SCHEMA, Database
from storage.errors import BrokenReferencesError, SchemaError
from storage.migrate import migrate, open_database
from storage.outcomes import list_outcomes
from storage.project_parts import get_parts
from storage.projects import get_project
from storage.records import OutcomeStatus
from storage.tables import metadata
from tests.storage.by_revision import config, insert_rows, revisions, upgrade_to
from tests.storage.rows_by_revision import DROPPED, ROWS
from tests.support.dumps import dump, raw_dump
from tests.support.make import SEES, make_project, make_workspace
from tests.support.postgres import PostgresServer
from tests.support.rules import rules


def test_the_revisions_are_one_line_and_the_newest_is_the_one_that_the_code_wants() -> None:
    scripts = ScriptDirectory.from_config(config())

    assert scripts.get_heads() == [SCHEMA]
    assert revisions() == [f"{number:04}" for number in range(1, len(revisions()) + 1)]


def test_an_empty_database_gets_all_tables_and_a_second_time_nothing(empty_database: Database) -> None:
    assert migrate(empty_database) is True

    with empty_database.read() as tx:
        assert set(inspect(tx).get_table_names()) == {*metadata.tables, "alembic_version"}
    assert empty_database.schema() == SCHEMA
    assert migrate(empty_database) is False
    empty_database.require_schema()


def test_the_migrated_schema_is_the_one_in_tables(database: Database) -> None:
    with database.read() as tx:
        context = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_the_migrated_schema_has_the_rules_that_a_comparison_does_not_see(
    database: Database, empty_twin: Database
) -> None:
    with empty_twin.write() as tx:
        metadata.create_all(tx)

    assert rules(database) == rules(empty_twin)


@pytest.fixture
def empty_twin(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> Iterator[Database]:
    """A second database, empty, of the same kind."""
    if database.is_sqlite:
        twin = Database(f"sqlite:///{tmp_path}/twin.db")
        yield twin
        twin.close()
        return
    with request.getfixturevalue("postgres_server").new_database() as url:
        twin = Database(url)
        yield twin
        twin.close()


@pytest.mark.parametrize("revision", revisions())
def test_rows_of_every_revision_are_there_after_the_upgrade(empty_database: Database, revision: str) -> None:
    upgrade_to(empty_database, revision)
    insert_rows(empty_database, revision)
    before = raw_dump(empty_database)
    assert all(before.values()), "every table of this revision needs a row in rows_by_revision.py"

    migrate(empty_database)

    assert empty_database.schema() == SCHEMA
    after = raw_dump(empty_database)
    for table, rows in before.items():
        kept = [{name: row[name] for name in row if f"{table}.{name}" not in DROPPED} for row in rows]
        assert [_as_before(row, old) for row, old in zip(after[table], kept, strict=True)] == kept


def test_what_was_there_before_revisions_history_and_removal_is_present_and_at_its_first_revision(
    empty_database: Database,
) -> None:
    upgrade_to(empty_database, "0001")
    insert_rows(empty_database, "0001")

    migrate(empty_database)

    with empty_database.read() as tx:
        project = get_project(tx, "T0ROWS", 1)
        assert (project.revision, history.list_changes(tx, "T0ROWS", SEES, 1, limit=9)) == (1, ())
        (outcome,) = list_outcomes(tx, "T0ROWS", 1)
        assert outcome.status is OutcomeStatus.AT_RISK
        parts = get_parts(tx, "T0ROWS", SEES, 1)
        assert (len(parts.aliases), len(parts.links), len(parts.members)) == (1, 1, 1)


def _as_before(row: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    """Without the columns that later revisions added."""
    return {name: value for name, value in row.items() if name in old}


@pytest.mark.parametrize("revision", revisions()[-1:])
def test_a_table_that_is_made_anew_keeps_what_refers_to_it(sqlite_url: str, revision: str) -> None:
    database = Database(sqlite_url)
    upgrade_to(database, revision)
    insert_rows(database, revision)
    before = dump(database)

    with database.change_schema() as tx:
        operations = Operations(MigrationContext.configure(tx))
        with operations.batch_alter_table("projects", recreate="always") as batch:
            batch.alter_column("goal", nullable=True)

    assert dump(database) == before
    with database.read() as tx:
        assert tx.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
        assert tx.execute(text("PRAGMA foreign_key_check")).all() == []
    database.close()


def test_a_change_of_the_schema_that_breaks_references_is_undone(sqlite_database: Database) -> None:
    with sqlite_database.write() as tx:
        make_workspace(tx)
        make_project(tx, outcomes=["One"])
    before = dump(sqlite_database)

    with (
        pytest.raises(BrokenReferencesError, match="outcomes to projects"),
        sqlite_database.change_schema() as tx,
    ):
        tx.execute(text("DELETE FROM projects"))

    assert dump(sqlite_database) == before


@pytest.mark.parametrize("kind", ["threads that share a database", "processes with one each"])
def test_starting_several_at_once_migrates_once(empty_database: Database, kind: str) -> None:
    count = 4
    each = [empty_database] * count
    if kind != "threads that share a database":
        each = [Database(empty_database.url.render_as_string(hide_password=False)) for _ in range(count)]
    start = threading.Barrier(count)

    def begin(database: Database) -> str | None:
        start.wait()
        migrate(database)
        return database.schema()

    with ThreadPoolExecutor(count) as pool:
        found = list(pool.map(begin, each))
    for database in each:
        database.close()

    assert found == [SCHEMA] * count


def test_a_migration_that_fails_leaves_nothing_half_done(empty_database: Database) -> None:
    last = list(ROWS["0001"])[-1]
    with empty_database.write() as tx:
        tx.execute(text(f'CREATE TABLE "{last}" (ours INTEGER)'))

    with pytest.raises(Exception, match="already exists"):
        migrate(empty_database)

    with empty_database.read() as tx:
        assert inspect(tx).get_table_names() == [last]
    assert empty_database.schema() is None


def test_it_goes_on_where_a_failed_migration_stopped(empty_database: Database) -> None:
    with empty_database.write() as tx:
        tx.execute(text("CREATE TABLE status_updates (ours INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        migrate(empty_database)
    with empty_database.write() as tx:
        tx.execute(text("DROP TABLE status_updates"))

    migrate(empty_database)

    with empty_database.write() as tx:
        make_workspace(tx)
        make_project(tx)


def test_a_database_of_a_newer_version_is_left_alone(database: Database) -> None:
    with database.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999', compatible_from = '9999'"))

    with pytest.raises(SchemaError) as caught:
        migrate(database)

    assert (caught.value.found, caught.value.wanted, caught.value.is_newer) == ("9999", SCHEMA, True)
    with pytest.raises(SchemaError):
        database.require_schema()


def test_opening_migrates_what_is_empty(database_url: str) -> None:
    database = open_database(database_url)

    assert database.schema() == SCHEMA
    database.close()


@pytest.mark.postgres
def test_opening_does_not_migrate_a_server_that_others_work_with(postgres_server: PostgresServer) -> None:
    with postgres_server.new_database() as url:
        with closing(Database(url)) as database:
            upgrade_to(database, "0001")
            with database.write() as tx:
                tx.execute(text("UPDATE alembic_version SET version_num = '0000'"))

        with pytest.raises(SchemaError) as caught:
            open_database(url)

    assert (caught.value.found, caught.value.is_newer) == ("0000", False)
