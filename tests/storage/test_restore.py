"""Into which databases a backup is restored, and which rows are refused; nothing half in any case."""

from contextlib import closing
from pathlib import Path

import orjson
import pytest
from sqlalchemy import text

from storage.backup import Step
from storage.backup_file import BackupWriter, Progress
from storage.backup_values import Kind
from storage.database import SCHEMA, Database
from storage.engines import Patience
from storage.errors import SchemaError, UnknownSchemaError, UnreachableError
from storage.migrate import migrate
from storage.restore import restore_backup
from storage.whole_errors import (
    DamagedBackupError,
    NotEmptyError,
    UnfitRowsError,
)
from tests.support.dumps import dump, raw_dump
from tests.support.make import make_project, make_workspace
from tests.support.rules import rules
from tests.support.whole import Unwatched, back_up, lines_in, restore


def test_a_database_with_rows_is_left_as_it_is(database: Database, backup: Path) -> None:
    with database.write() as tx:
        make_workspace(tx)
    before = dump(database)

    with pytest.raises(NotEmptyError, match="workspaces"):
        restore(database, backup)

    assert dump(database) == before


def test_one_that_was_migrated_and_has_no_rows_takes_it(database: Database, backup: Path) -> None:
    restore(database, backup)

    assert database.schema() == SCHEMA
    assert all(dump(database).values())


def test_what_is_restored_has_the_rules_and_indexes_of_what_is_migrated(
    database: Database, backup: Path
) -> None:
    before = rules(database)

    restore(database, backup)

    assert rules(database) == before


def test_tables_of_another_are_not_taken_away(empty_database: Database, backup: Path) -> None:
    with empty_database.write() as tx:
        tx.execute(text("CREATE TABLE projects (ours INTEGER)"))

    with pytest.raises(NotEmptyError, match="projects"):
        restore(empty_database, backup)

    assert raw_dump(empty_database) == {"projects": []}


@pytest.mark.parametrize(("version", "refused"), [("9999", SchemaError), ("none", UnknownSchemaError)])
def test_a_newer_or_unknown_database_is_left_as_it_is(
    database: Database, backup: Path, version: str, refused: type[Exception]
) -> None:
    with database.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})

    with pytest.raises(refused):
        restore(database, backup)

    assert not any(dump(database).values())


def test_tables_that_are_not_those_of_its_schema_are_refused(
    empty_database: Database, tmp_path: Path
) -> None:
    with (tmp_path / "few.wmk").open("wb") as file:
        writer = BackupWriter(file, SCHEMA)
        writer.write_table("workspaces", (("id", Kind.TEXT),), [[b'["T0"]\n']])
        writer.finish()

    with pytest.raises(DamagedBackupError, match="are not those of schema"):
        restore(empty_database, tmp_path / "few.wmk")

    assert raw_dump(empty_database) == {}


def remade(backup: Path, path: Path, old: bytes, new: bytes) -> Path:
    """The same with one text in place of another, as if it had been written so."""
    lines = lines_in(backup)
    assert any(old in line for line in lines)
    with path.open("wb") as file:
        writer = BackupWriter(file, SCHEMA)
        while b'"columns"' in (head := lines.pop(1)):
            rows = []
            while lines[1].startswith(b"["):
                rows.append(lines.pop(1).replace(old, new))
            lines.pop(1)
            table = orjson.loads(head)
            columns = tuple((name, Kind(kind)) for name, kind in table["columns"])
            writer.write_table(table["table"], columns, [rows])
        writer.finish()
    return path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"active"', b'"asleep"'),
        (b'["2026-05-04 09:30:00.000000+00:00","T0ROWS",', b'["2026-05-04 09:30:00.000000+00:00","T0ELSE",'),
        (b'"guide"', b'"docs"'),
    ],
    ids=["a state that is none", "rows of nobody", "a slug twice"],
)
def test_rows_that_do_not_fit_together_leave_nothing(
    empty_database: Database, tmp_path: Path, backup: Path, old: bytes, new: bytes
) -> None:
    path = remade(backup, tmp_path / "unfit.wmk", old, new)

    with pytest.raises(UnfitRowsError):
        restore(empty_database, path)

    assert raw_dump(empty_database) == {}
    # And it takes the right one afterwards.
    restore(empty_database, backup)
    assert all(dump(empty_database).values())


def test_nobody_sees_or_writes_anything_before_it_is_whole(empty_database: Database, backup: Path) -> None:
    address = empty_database.url.render_as_string(hide_password=False)
    hasty = Patience(connect=5, statement=5, lock=0.2, pool=5)
    refused = []

    class Looks(Unwatched):
        """As a bot that is started on the same database meanwhile."""

        def begin(self, step: str, _rows: int) -> Progress:
            if step == Step.CHECKING:
                with closing(Database(address, hasty)) as bot:
                    assert raw_dump(bot) == {}
                    with pytest.raises(UnreachableError) as caught:
                        migrate(bot)
                    refused.append(caught.value)
            return super().begin(step, _rows)

    restore_backup(empty_database, backup, Looks())

    assert len(refused) == 1
    with closing(Database(address, hasty)) as bot:
        assert migrate(bot) is False
        assert all(dump(bot).values())


@pytest.mark.postgres
def test_a_nul_goes_into_sqlite_and_is_refused_by_postgresql(other: Database, tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path}/nul.db")) as database:
        migrate(database)
        with database.write() as tx:
            make_workspace(tx)
            make_project(tx, goal="a\0b")
        back_up(database, tmp_path / "nul.wmk")
        before = dump(database)

    if other.is_sqlite:
        restore(other, tmp_path / "nul.wmk")
        assert dump(other) == before
    else:
        with pytest.raises(UnfitRowsError, match="NUL"):
            restore(other, tmp_path / "nul.wmk")
        assert raw_dump(other) == {}
