"""Quiet time: the days off of a workspace, and who of its people is away."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.services.quiet import days_off, who_is_away
from storage import settings
from storage.database import Database
from tests.support.make import NOW, make_workspace
from tests.support.statements import recorded_statements

TODAY = NOW.date()


@pytest.fixture
def workspace_id(database: Database) -> str:
    with database.write() as tx:
        return make_workspace(tx)


def test_without_settings_no_day_is_off(database: Database, workspace_id: str) -> None:
    with database.read() as tx:
        assert days_off(tx, workspace_id, TODAY) == {}


def test_the_own_list_and_the_countrys_holidays_are_off(database: Database, workspace_id: str) -> None:
    with database.write() as tx:
        settings.change_settings(tx, workspace_id, country="DE-BY")
        settings.add_days_off(tx, workspace_id, {date(2026, 8, 3): "Team day", date(2026, 12, 25): "Break"})
        found = days_off(tx, workspace_id, TODAY)

    assert found[date(2026, 8, 3)] == "Team day"
    assert found[date(2027, 1, 6)] == "Epiphany"
    assert found[date(2028, 12, 26)] == "Second Day of Christmas"
    # Both: by the name that the workspace gave it.
    assert found[date(2026, 12, 25)] == "Break"
    assert list(found) == sorted(found)


def test_days_that_are_past_are_left_out(database: Database, workspace_id: str) -> None:
    with database.write() as tx:
        settings.change_settings(tx, workspace_id, country="DE")
        settings.add_days_off(tx, workspace_id, {date(2026, 5, 4): "Today", date(2026, 5, 3): "Yesterday"})
        found = days_off(tx, workspace_id, TODAY)

    assert min(found) == TODAY


def test_a_country_that_nobody_knows_any_longer_has_no_holidays(
    database: Database, workspace_id: str
) -> None:
    with database.write() as tx:
        settings.change_settings(tx, workspace_id, country="XX-YY")
        assert days_off(tx, workspace_id, TODAY) == {}


def test_it_takes_two_statements(database: Database, workspace_id: str) -> None:
    with database.write() as tx:
        settings.change_settings(tx, workspace_id, country="DE")

    with database.read() as tx, recorded_statements() as statements:
        days_off(tx, workspace_id, TODAY)

    assert len(statements) == 2


def test_who_said_so_is_away_until_the_day_that_they_are_back_on(
    database: Database, workspace_id: str
) -> None:
    with database.write() as tx:
        settings.change_absence(tx, workspace_id, "U0ANA", until=date(2026, 5, 7))

        def away_at(now: datetime, zone: str = "UTC") -> frozenset[str]:
            return who_is_away(tx, workspace_id, ["U0ANA", "U0BO"], zone, now)

        assert away_at(NOW) == {"U0ANA"}
        assert away_at(datetime(2026, 5, 6, 23, 59, tzinfo=UTC)) == {"U0ANA"}
        assert away_at(datetime(2026, 5, 7, 0, 0, tzinfo=UTC)) == frozenset()
        # There it is still the 6th, and there already the 7th.
        assert away_at(datetime(2026, 5, 7, 2, 0, tzinfo=UTC), "America/New_York") == {"U0ANA"}
        assert away_at(datetime(2026, 5, 6, 20, 0, tzinfo=UTC), "Asia/Tokyo") == frozenset()


def test_who_has_such_a_status_is_away_until_it_ends(database: Database, workspace_id: str) -> None:
    with database.write() as tx:
        settings.change_absence(
            tx, workspace_id, "U0ANA", by_status=True, status_until=NOW + timedelta(hours=3)
        )
        settings.change_absence(tx, workspace_id, "U0BO", by_status=True, status_until=None)
        people = ["U0ANA", "U0BO", "U0SAID"]

        assert who_is_away(tx, workspace_id, people, "UTC", NOW) == {"U0ANA", "U0BO"}
        assert who_is_away(tx, workspace_id, people, "UTC", NOW + timedelta(hours=3)) == {"U0BO"}


def test_nobody_is_looked_for_where_nobody_is_asked(database: Database, workspace_id: str) -> None:
    with database.read() as tx, recorded_statements() as statements:
        assert who_is_away(tx, workspace_id, [], "UTC", NOW) == frozenset()

    assert statements == []
