"""A backup holds everything, comes from either kind of database, and goes into either."""

import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.backup import write_backup
from storage.backup_rows import tables_in
from storage.database import SCHEMA, Database
from storage.errors import SchemaError
from storage.finding import list_called
from storage.migrate import migrate
from storage.outcomes import list_outcomes
from storage.projects import get_project
from storage.search import search_projects
from storage.whole import every_table
from storage.whole_errors import NothingThereError, TakenError
from tests.storage.by_revision import continue_numbers, insert_rows, revisions, upgrade_to
from tests.support.dumps import dump, raw_dump
from tests.support.make import SEES, make_change, make_project, make_workspace
from tests.support.whole import back_up, lines_in, restore


@pytest.fixture
def full(database: Database) -> Database:
    """With a row at least in every table."""
    insert_rows(database, SCHEMA)
    continue_numbers(database)
    with database.write() as tx:
        make_workspace(tx)
        above = make_project(tx, name="Above", slug="above")
        make_project(
            tx, name="Below 🌱", parent_id=above.id, outcomes=["One", "Ünë"], links=["https://x.org"]
        )
    return database


def test_every_table_of_the_database_is_known(database: Database) -> None:
    with database.read() as tx:
        stored = {table.name for table in tables_in(tx)}

    assert stored == {table.name for table in every_table()} == set(raw_dump(database))


def test_all_that_was_there_is_there_and_backed_up_again_gives_the_same_bytes(
    full: Database, other: Database, tmp_path: Path
) -> None:
    before = dump(full)
    assert all(before.values()), "every table needs a row in rows_by_revision.py"

    written = back_up(full, tmp_path / "one.wmk")
    restored = restore(other, tmp_path / "one.wmk")
    back_up(other, tmp_path / "two.wmk")

    assert restored == written
    assert (written.schema, written.rows) == (SCHEMA, sum(map(len, before.values())))
    assert {table.name: table.rows for table in written.tables} == {k: len(v) for k, v in before.items()}
    assert dump(other) == before
    assert dump(full) == before
    assert (tmp_path / "one.wmk").read_bytes() == (tmp_path / "two.wmk").read_bytes()


def test_what_is_restored_is_found_and_goes_on(full: Database, other: Database, tmp_path: Path) -> None:
    back_up(full, tmp_path / "one.wmk")
    restore(other, tmp_path / "one.wmk")

    with other.write() as tx:
        highest = max(row["id"] for row in dump(full)["projects"])
        (found,) = search_projects(tx, "T0TEST", SEES, "below", limit=9).projects
        assert found.name == "Below 🌱"
        assert [each.project.id for each in list_called(tx, "T0TEST", SEES, "above")] == [found.parent_id]
        # Numbers go on behind the highest that was there, in every table.
        added = make_project(tx, outcomes=["New"], links=["https://x.org"], members=["Ana"], aliases=["new"])
        make_change(tx, added)
        assert added.id == highest + 1
        assert [outcome.text for outcome in list_outcomes(tx, "T0TEST", added.id)] == ["New"]


OLDER = sorted({*revisions()[:-1:4], revisions()[-2]})
"""Some of them: the upgrade of the rows of each is tested by itself."""


@pytest.mark.parametrize("revision", OLDER)
def test_a_backup_of_an_older_schema_is_restored_and_brought_up_to_date(
    sqlite_url: str, other: Database, tmp_path: Path, revision: str
) -> None:
    with closing(Database(sqlite_url)) as old:
        upgrade_to(old, revision)
        insert_rows(old, revision)

        written = back_up(old, tmp_path / "old.wmk")

        # What was backed up stays as it was; migrated itself, it is the pattern for the other.
        assert old.schema() == written.schema == revision
        assert {table.name for table in written.tables if table.rows} == set(raw_dump(old))
        migrate(old)
        restore(other, tmp_path / "old.wmk")
        assert other.schema() == SCHEMA
        assert dump(other) == dump(old)


def test_a_backup_is_of_one_moment_and_holds_nobody_up(
    full: Database, other: Database, tmp_path: Path
) -> None:
    before = dump(full)

    class Writes:
        """As the bot does, while a backup is being written."""

        def begin(self, _step: str, _rows: int) -> "Writes":
            return self

        def __call__(self, _count: int) -> None:
            with full.write() as tx:
                make_project(tx, outcomes=["Meanwhile"])

    write_backup(full, tmp_path / "one.wmk", Writes())
    restore(other, tmp_path / "one.wmk")

    assert len(dump(full)["projects"]) > len(before["projects"]) + 10
    assert dump(other) == before


def test_only_its_owner_reads_it_and_nothing_else_is_left(full: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    back_up(full, folder / "one.wmk")

    assert [path.name for path in folder.iterdir()] == ["one.wmk"]
    assert stat.S_IMODE((folder / "one.wmk").stat().st_mode) == 0o600


def test_an_older_backup_is_replaced_and_another_file_is_not(
    sqlite_database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "one.wmk"
    back_up(sqlite_database, path)
    first = path.read_bytes()
    with sqlite_database.write() as tx:
        make_workspace(tx)

    back_up(sqlite_database, path)

    assert path.read_bytes() != first
    for other in ("waymark.db", "notes.txt"):
        (tmp_path / "notes.txt").write_text("Notes")
        before = (tmp_path / other).read_bytes()
        with pytest.raises(TakenError):
            back_up(sqlite_database, tmp_path / other)
        assert (tmp_path / other).read_bytes() == before


def test_through_a_link_the_file_behind_it_is_written(sqlite_database: Database, tmp_path: Path) -> None:
    back_up(sqlite_database, tmp_path / "one.wmk")
    (tmp_path / "latest").symlink_to(tmp_path / "one.wmk")
    with sqlite_database.write() as tx:
        make_workspace(tx)

    written = back_up(sqlite_database, tmp_path / "latest")

    assert (tmp_path / "latest").is_symlink()
    assert written.rows > 0
    assert len(lines_in(tmp_path / "one.wmk")) == written.rows + 2 * len(written.tables) + 2


def test_what_is_not_there_or_newer_is_not_backed_up(empty_database: Database, tmp_path: Path) -> None:
    with pytest.raises(NothingThereError):
        back_up(empty_database, tmp_path / "one.wmk")
    migrate(empty_database)
    with empty_database.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SchemaError) as caught:
        back_up(empty_database, tmp_path / "one.wmk")

    assert caught.value.is_newer
    assert not (tmp_path / "one.wmk").exists()


def test_what_is_read_by_name_is_as_it_was(full: Database, other: Database, tmp_path: Path) -> None:
    back_up(full, tmp_path / "one.wmk")
    restore(other, tmp_path / "one.wmk")

    with full.read() as one, other.read() as two:
        for number in (1, 2):
            assert get_project(one, "T0ROWS", number) == get_project(two, "T0ROWS", number)
