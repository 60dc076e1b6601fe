"""Hard values of every kind: the same lines from both databases, and the same values back in each."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Column, Date, Float, LargeBinary, MetaData, Table, Text, Uuid

from storage.backup_rows import Stored, lines_of
from storage.backup_values import Kind, kind_of
from storage.database import Database, Tx
from storage.restored_rows import insert_rows
from storage.types import Folded, Id, UtcDateTime
from storage.whole import every_table

hard = Table(
    "hard",
    MetaData(),
    Column("id", Id, primary_key=True),
    Column("folded", Folded, primary_key=True),
    Column("text", Text()),
    Column("number", Id),
    Column("share", Float()),
    Column("is_so", Boolean()),
    Column("day", Date()),
    Column("instant", UtcDateTime),
    Column("data", LargeBinary()),
    Column("tree", JSON(none_as_null=True)),
)
COLUMNS = tuple(sorted((column.name, kind_of(column.type)) for column in hard.columns))
STORED = Stored("hard", COLUMNS, ("id", "folded"))

# PostgreSQL knows no NUL, and neither database a half of a surrogate pair.
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
numbers = st.integers(-(2**63), 2**63 - 1)
trees = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
rows = st.fixed_dictionaries(
    {"id": st.integers(1, 3), "folded": texts},
    optional={
        "text": texts,
        "number": numbers,
        # What is no number is NULL to SQLite.
        "share": st.floats(allow_nan=False),
        "is_so": st.booleans(),
        "day": st.dates(),
        "instant": st.datetimes(timezones=st.just(UTC)),
        "data": st.binary(),
        "tree": trees,
    },
)
EMPTY = dict.fromkeys(hard.columns.keys())


def same_key(row: dict[str, Any]) -> tuple[object, ...]:
    return row["id"], row["folded"]


@contextmanager
def table_in(database: Database) -> Iterator[Tx]:
    with database.write(dry_run=True) as tx:
        hard.create(tx)
        yield tx


def lines(tx: Tx) -> list[bytes]:
    return [line for batch in lines_of(tx, STORED) for line in batch]


def values(tx: Tx) -> list[dict[str, Any]]:
    found = tx.execute(hard.select().order_by(hard.c.id, hard.c.folded)).mappings()
    return [dict(row) for row in found]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(rows, max_size=6, unique_by=same_key))
@example([{"id": 1, "folded": "\U0001f331é̂", "text": "x" * 1_000_000, "share": -0.0}])
@example([{"id": 1, "folded": "", "day": date.min, "instant": datetime.min.replace(tzinfo=UTC)}])
@example([{"id": 1, "folded": "\\N", "day": date.max, "instant": datetime.max.replace(tzinfo=UTC)}])
@example([{"id": 1, "folded": "\t\n\r\\", "share": float("-inf"), "data": b"", "number": -(2**63)}])
@example([{"id": 1, "folded": c} for c in ("a", "B", "ä", "_", "Z", "\U00010000", "\uffff")])
def test_the_same_rows_are_the_same_lines_and_come_back(
    database: Database, other: Database, given_rows: list[dict[str, Any]]
) -> None:
    whole = [{**EMPTY, **row} for row in given_rows]
    with table_in(database) as one, table_in(other) as two:
        if whole:
            one.execute(hard.insert(), whole)
        written = lines(one)

        insert_rows(two, STORED, iter([orjson.loads(line) for line in written]), lambda _: None)

        assert lines(two) == written
        assert values(two) == values(one)
        assert sorted(values(two), key=same_key) == sorted(whole, key=same_key)


def test_an_instant_is_written_in_utc_whatever_zone_it_was_given_in(database: Database) -> None:
    east = timezone(timedelta(hours=14))
    with table_in(database) as tx:
        tx.execute(hard.insert().values(id=1, folded="", instant=datetime(2026, 1, 1, 3, tzinfo=east)))
        (line,) = lines(tx)

    assert b'"2025-12-31 13:00:00.000000+00:00"' in line


@pytest.mark.parametrize(
    "written", ["2026-05-04 09:30:00", "2026-05-04 09:30:00+00:00", "2026-05-04 11:30:00.000+02:00"]
)
def test_an_instant_that_sqlite_has_in_another_form_is_the_same(
    sqlite_database: Database, written: str
) -> None:
    with table_in(sqlite_database) as tx:
        tx.exec_driver_sql("INSERT INTO hard (id, folded, instant) VALUES (1, '', ?)", (written,))
        (line,) = lines(tx)

    assert b'"2026-05-04 09:30:00.000000+00:00"' in line


def test_every_column_there_is_has_a_kind() -> None:
    kinds = {kind_of(column.type) for table in every_table() for column in table.columns}

    assert kinds <= set(Kind)
    assert len(kinds) > 4


def test_a_type_of_which_nothing_is_said_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot be backed up"):
        kind_of(Uuid())
