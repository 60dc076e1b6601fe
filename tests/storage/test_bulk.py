"""Rows that go to the database as one text come out of it as they went in."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Column, Date, String, select
from sqlalchemy.exc import StatementError

from storage.bulk import is_among, listed, packed, rows_in
from storage.check_in_tables import schedules
from storage.database import Database
from storage.types import Id, UtcDateTime
from tests.support.make import NOW

COLUMNS = (
    Column("id", Id),
    Column("said", String()),
    Column("at", UtcDateTime),
    Column("day", Date()),
)
ODD = [
    "",
    "NULL",
    'a "quote"',
    "back\\slash",
    "{1,2}",
    "naïve 🌴 \u2028",
    "'; DROP TABLE x; --",
    "line\nline",
]


def through(database: Database, rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    given = rows_in("sqlite" if database.is_sqlite else "postgresql", "rows", COLUMNS)
    with database.read() as tx:
        found = tx.execute(select(*given.c).order_by(given.c.id), {"rows": packed(tx, COLUMNS, rows)})
        return [tuple(row) for row in found]


def test_values_of_every_kind_and_none(database: Database) -> None:
    later = datetime(2026, 5, 4, 11, 30, 0, 123456, timezone(timedelta(hours=2)))
    rows: list[dict[str, Any]] = [
        {"id": 1, "said": "x", "at": NOW, "day": date(2026, 5, 4)},
        {"id": 2**40, "said": None, "at": later, "day": None},
        {"id": 2**41, "said": "y", "at": None, "day": date(2026, 12, 31)},
    ]

    assert through(database, rows) == [
        (1, "x", NOW, date(2026, 5, 4)),
        (2**40, None, later.astimezone(UTC), None),
        (2**41, "y", None, date(2026, 12, 31)),
    ]


def test_words_that_mean_something_to_a_database_are_words(database: Database) -> None:
    rows: list[dict[str, Any]] = [
        {"id": n, "said": said, "at": None, "day": None} for n, said in enumerate(ODD)
    ]

    assert [said for _, said, _, _ in through(database, rows)] == ODD


def test_an_instant_without_its_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 5, 4)  # noqa: DTZ001 - which is what is refused

    with pytest.raises((ValueError, StatementError)):
        through(database, [{"id": 1, "said": "", "at": naive, "day": None}])


@pytest.mark.parametrize("numbers", [[], [7], [1, 2**40, 3]])
def test_among_numbers(database: Database, numbers: list[int]) -> None:
    kind = "sqlite" if database.is_sqlite else "postgresql"
    statement = select(schedules.c.project_id).where(is_among(kind, schedules.c.project_id, "of"))
    given = rows_in(kind, "rows", COLUMNS[:1])
    among = select(given.c.id).where(is_among(kind, given.c.id, "of")).order_by(given.c.id)
    rows = [{"id": n} for n in (1, 2, 3, 7, 2**40)]
    with database.read() as tx:
        values = {"of": listed(tx, numbers), "rows": packed(tx, COLUMNS[:1], rows)}
        assert tx.execute(among, values).scalars().all() == sorted(numbers)
        assert tx.execute(statement, {"of": listed(tx, numbers)}).all() == []
