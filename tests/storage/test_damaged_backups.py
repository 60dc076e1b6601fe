"""Files that are refused before anything is changed: damaged ones, those of a newer version, and others."""

import gzip
import hashlib
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.backup_file import BackupWriter
from storage.database import Database
from storage.whole_errors import (
    CannotReadError,
    DamagedBackupError,
    NewerBackupError,
    NotABackupError,
    UnfitRowsError,
)
from tests.support.dumps import raw_dump
from tests.support.whole import lines_in, restore, write_lines


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


WRONG = {
    "too short": lambda row: row[:-1],
    "too long": lambda row: [*row, None],
    "of objects": lambda row: [{"a": 1} for _ in row],
    "of lists": lambda row: [["a"] for _ in row],
    "of numbers": lambda row: [5 for _ in row],
    "of huge numbers": lambda row: [2**64 - 1 for _ in row],
    "of texts": lambda row: ["a" for _ in row],
    "of NULs": lambda row: ["\0" for _ in row],
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_rows_of_another_make_are_refused_though_the_checksums_fit(
    other: Database, tmp_path: Path, backup: Path, wrong: Callable[[list[Any]], list[Any]]
) -> None:
    lines = lines_in(backup)
    # One of texts and instants, and one with nearly every kind besides.
    for name in ("workspaces", "outcomes"):
        place = next(at for at, line in enumerate(lines) if line.startswith(f'{{"table":"{name}"'.encode()))
        row = orjson.loads(lines[place + 1])
        forged = [*lines[: place + 1], orjson.dumps(wrong(row)) + b"\n", *lines[place + 2 :]]
        path = write_lines(tmp_path / "forged.wmk", with_checksums(forged))

        with pytest.raises(UnfitRowsError) as raised:
            restore(other, path)

        assert name in raised.value.table
        assert raw_dump(other) == {}


def with_checksums(lines: list[bytes]) -> list[bytes]:
    """As a program would write them that knows how."""
    made: list[bytes] = []
    rows: list[bytes] = []
    for line in lines:
        head = orjson.loads(line)
        if isinstance(head, list):
            rows.append(line)
        elif "sha256" in head:
            of, count = (rows, {"rows": len(rows)}) if "table" in head else (made, {})
            head |= {**count, "sha256": hashlib.sha256(b"".join(of)).hexdigest()}
            rows = []
        made.append(line if isinstance(head, list) else orjson.dumps(head) + b"\n")
    return made


@pytest.mark.parametrize("schema", ["001", "00015", "0000", "0001 ", "\u0661\u0661\u0661\u0661", "../1"])
def test_a_schema_that_never_was_is_refused(sqlite_url: str, tmp_path: Path, schema: str) -> None:
    with (tmp_path / "schema.wmk").open("wb") as file:
        BackupWriter(file, schema).finish()

    refused_before(sqlite_url, tmp_path / "schema.wmk", NewerBackupError)


def test_a_line_that_never_ends_does_not_fill_the_memory(sqlite_url: str, tmp_path: Path) -> None:
    with gzip.open(tmp_path / "bomb.wmk", "wb", compresslevel=1) as file:
        file.write(b'{"waymark": "backup", "format": 1, "schema": "0001"}\n[')
        for _ in range(300):
            file.write(b" " * (1 << 20))

    tracemalloc.start()
    try:
        refused_before(sqlite_url, tmp_path / "bomb.wmk", DamagedBackupError)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 200 * 1_000_000
