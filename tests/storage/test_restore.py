"""What is not restored: damaged, foreign and newer files, and into databases that hold something."""

import gzip
from contextlib import closing
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
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
    CannotReadError,
    DamagedBackupError,
    NewerBackupError,
    NotABackupError,
    NotEmptyError,
    UnfitRowsError,
)
from tests.storage.by_revision import insert_rows
from tests.support.dumps import dump, raw_dump
from tests.support.make import make_project, make_workspace
from tests.support.whole import Unwatched, back_up, lines_in, restore, write_lines


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole one."""
    folder = tmp_path_factory.mktemp("backup")
    with closing(Database(f"sqlite:///{folder}/waymark.db")) as database:
        migrate(database)
        insert_rows(database, SCHEMA)
        back_up(database, folder / "one.wmk")
    return folder / "one.wmk"


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


def test_the_backup_of_a_newer_version_is_refused(sqlite_url: str, tmp_path: Path, backup: Path) -> None:
    lines = lines_in(backup)
    head = orjson.loads(lines[0])
    newer = [orjson.dumps(head | {"format": 2}) + b"\n", *lines[1:]]
    refused_before(sqlite_url, write_lines(tmp_path / "format.wmk", newer), NewerBackupError)

    with (tmp_path / "schema.wmk").open("wb") as file:
        BackupWriter(file, "9999").finish()
    refused_before(sqlite_url, tmp_path / "schema.wmk", NewerBackupError)


def refused_before(url: str, path: Path, error: type[Exception] | tuple[type[Exception], ...]) -> None:
    """It is refused, and the database has not so much as a table."""
    with closing(Database(url)) as database:
        with pytest.raises(error):
            restore(database, path)
        assert raw_dump(database) == {}


OTHERS = {
    "nothing": b"",
    "a page": b"## Docs\n",
    "an archive of something": gzip.compress(b"## Docs\n"),
    "an archive of nothing": gzip.compress(b""),
    "an archive of JSON": gzip.compress(b'{"waymark": "export"}\n'),
    "an archive of rows": gzip.compress(b"[1, 2]\n"),
}


@pytest.mark.parametrize("data", OTHERS.values(), ids=OTHERS.keys())
def test_another_file_is_refused(sqlite_url: str, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "other").write_bytes(data)

    refused_before(sqlite_url, tmp_path / "other", NotABackupError)


@pytest.mark.parametrize("name", ["nowhere.wmk", ".", "/dev/zero"])
def test_what_cannot_be_read_twice_is_refused(sqlite_url: str, tmp_path: Path, name: str) -> None:
    refused_before(sqlite_url, tmp_path / name, CannotReadError)


def test_wherever_it_is_cut_it_is_refused(sqlite_url: str, tmp_path: Path, backup: Path) -> None:
    whole = backup.read_bytes()
    for length in range(20, len(whole), len(whole) // 40):
        (tmp_path / "cut.wmk").write_bytes(whole[:length])
        refused_before(sqlite_url, tmp_path / "cut.wmk", DamagedBackupError)


def test_a_cut_between_lines_is_refused(sqlite_url: str, tmp_path: Path, backup: Path) -> None:
    lines = lines_in(backup)
    for count in range(1, len(lines)):
        cut = write_lines(tmp_path / "cut.wmk", lines[:count])
        refused_before(sqlite_url, cut, DamagedBackupError)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_byte_is_another_it_is_refused(
    tmp_path_factory: pytest.TempPathFactory, backup: Path, data: st.DataObject
) -> None:
    whole = bytearray(backup.read_bytes())
    # The first ten are the archive's own, of which some mean nothing.
    place = data.draw(st.integers(10, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "damaged.wmk").write_bytes(whole)

    refused_before(f"sqlite:///{folder}/x.db", folder / "damaged.wmk", (DamagedBackupError, NotABackupError))


@pytest.mark.parametrize(
    "change", ["a row more", "a row less", "a row twice", "another value", "a line more"]
)
def test_changed_by_hand_it_is_refused(sqlite_url: str, tmp_path: Path, backup: Path, change: str) -> None:
    lines = lines_in(backup)
    place = next(number for number, line in enumerate(lines) if line.startswith(b"["))
    changed = {
        "a row more": [*lines[:place], b'["2026-05-04 09:30:00.000000+00:00","T0","x"]\n', *lines[place:]],
        "a row less": lines[:place] + lines[place + 1 :],
        "a row twice": [*lines[:place], lines[place], *lines[place:]],
        "another value": [line.replace(b"Tidewater", b"Tidewaters") for line in lines],
        "a line more": [*lines, b"{}\n"],
    }[change]
    assert changed != lines

    refused_before(sqlite_url, write_lines(tmp_path / "changed.wmk", changed), DamagedBackupError)


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
    [(b'"active"', b'"asleep"'), (b'"T0ROWS","Tidewater"', b'"T0ELSE","Tidewater"'), (b'"guide"', b'"docs"')],
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
