"""Instants in the database: aware, in UTC, the same on both."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from storage.database import Database
from storage.types import UtcDateTime

INSTANTS = Table("instants", MetaData(), Column("id", Integer, primary_key=True), Column("at", UtcDateTime))


class ZoneWithoutOffset(tzinfo):
    """A zone that does not know how far it is from UTC: as good as none."""

    def utcoffset(self, _: datetime | None) -> None:
        return None

    dst = utcoffset

    def tzname(self, _: datetime | None) -> str:
        return "somewhere"


@pytest.fixture
def instants(empty_database: Database) -> Database:
    INSTANTS.metadata.create_all(empty_database.engine)
    return empty_database


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2026, 5, 4, 9, 30, 15, 123456, tzinfo=UTC),
        datetime(2026, 5, 4, 9, 30, tzinfo=timezone(timedelta(hours=5, minutes=45))),
        datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1),
        datetime(1, 1, 2, tzinfo=UTC),
        datetime(9999, 12, 30, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
def test_an_instant_comes_back_the_same_and_in_utc(instants: Database, instant: datetime) -> None:
    with instants.write() as tx:
        tx.execute(insert(INSTANTS).values(at=instant))

    with instants.read() as tx:
        found = tx.execute(select(INSTANTS.c.at)).scalar_one()

    assert found == instant.astimezone(UTC)
    assert found.tzinfo is UTC or found.utcoffset() == timedelta()


def test_no_instant_comes_back_as_none(instants: Database) -> None:
    with instants.write() as tx:
        tx.execute(insert(INSTANTS).values(at=None))

    with instants.read() as tx:
        assert tx.execute(select(INSTANTS.c.at)).scalar_one() is None


def test_instants_are_ordered_by_time_and_not_by_how_they_were_written(instants: Database) -> None:
    early = datetime(2026, 5, 4, 12, 0, tzinfo=timezone(timedelta(hours=9)))
    late = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)

    with instants.write() as tx:
        tx.execute(insert(INSTANTS), [{"at": late}, {"at": early}])

    with instants.read() as tx:
        assert tx.execute(select(INSTANTS.c.at).order_by(INSTANTS.c.at)).scalars().all() == [early, late]
        assert tx.execute(select(INSTANTS.c.at).where(INSTANTS.c.at < late)).scalars().all() == [early]


@pytest.mark.parametrize(
    "naive",
    [datetime(2026, 5, 4), datetime(2026, 5, 4, tzinfo=ZoneWithoutOffset())],  # noqa: DTZ001 - what is refused
)
def test_a_naive_instant_is_refused(instants: Database, naive: datetime) -> None:
    with pytest.raises(StatementError, match="naive datetime"), instants.write() as tx:
        tx.execute(insert(INSTANTS).values(at=naive))
