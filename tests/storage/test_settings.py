"""A workspace's settings, its days off, and its absent people."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest

from storage.database import Database
from storage.settings import (
    Absence,
    WorkspaceSettings,
    add_days_off,
    change_absence,
    change_settings,
    find_absence,
    get_settings,
    list_away,
    list_days_off,
    remove_days_off,
)
from tests.support.make import NOW, make_workspace

TODAY = NOW.date()
EVE = date(2026, 12, 24)


@pytest.fixture
def workspace_id(database: Database) -> str:
    with database.write() as tx:
        return make_workspace(tx)


def test_settings_are_empty_until_they_are_set_and_keep_what_is_not_changed(
    database: Database, workspace_id: str
) -> None:
    with database.write() as tx:
        assert get_settings(tx, workspace_id) == WorkspaceSettings()

        change_settings(tx, workspace_id, zone="Europe/Lisbon")
        change_settings(tx, workspace_id, country="DE")
        change_settings(tx, workspace_id, digest_channel_id="C0NEWS")
        change_settings(tx, workspace_id, country=None)

        found = get_settings(tx, workspace_id)
    assert found == WorkspaceSettings(zone="Europe/Lisbon", digest_channel_id="C0NEWS", country=None)


def test_days_off_come_in_order_from_a_day_on(database: Database, workspace_id: str) -> None:
    later, earlier = EVE + timedelta(1), EVE - timedelta(1)
    with database.write() as tx:
        assert add_days_off(tx, workspace_id, {later: "Christmas", EVE: "Eve", earlier: "Party"}) == 3

        assert list(list_days_off(tx, workspace_id, EVE).items()) == [(EVE, "Eve"), (later, "Christmas")]


def test_a_day_that_is_added_again_has_the_new_name_once(database: Database, workspace_id: str) -> None:
    with database.write() as tx:
        add_days_off(tx, workspace_id, {EVE: "Eve"})
        # One is renamed, one is new.
        assert add_days_off(tx, workspace_id, {EVE: "Break", EVE + timedelta(1): "Break"}) == 1

        assert list_days_off(tx, workspace_id, EVE) == {EVE: "Break", EVE + timedelta(1): "Break"}
        assert add_days_off(tx, workspace_id, {}) == 0


def test_removing_says_how_many_there_were(database: Database, workspace_id: str) -> None:
    with database.write() as tx:
        add_days_off(tx, workspace_id, {EVE: "Eve"})

        assert remove_days_off(tx, workspace_id, [EVE, EVE + timedelta(1)]) == 1
        assert remove_days_off(tx, workspace_id, [EVE]) == 0
        assert list_days_off(tx, workspace_id, EVE) == {}


def test_a_word_and_a_status_are_kept_apart(database: Database, workspace_id: str) -> None:
    until = TODAY + timedelta(7)
    with database.write() as tx:
        assert find_absence(tx, workspace_id, "U0ANA") is None

        change_absence(tx, workspace_id, "U0ANA", by_status=True, status_until=NOW)
        change_absence(tx, workspace_id, "U0ANA", until=until)
        expected = Absence(person_id="U0ANA", until=until, by_status=True, status_until=NOW)
        assert find_absence(tx, workspace_id, "U0ANA") == expected

        change_absence(tx, workspace_id, "U0ANA", by_status=False, status_until=None)
        expected = Absence(person_id="U0ANA", until=until, by_status=False, status_until=None)
        assert find_absence(tx, workspace_id, "U0ANA") == expected


def test_away_are_those_who_are_not_back_today_and_whose_status_has_not_ended(
    database: Database, workspace_id: str
) -> None:
    moment = timedelta(seconds=1)
    with database.write() as tx:
        change_absence(tx, workspace_id, "back-today", until=TODAY)
        change_absence(tx, workspace_id, "back-tomorrow", until=TODAY + timedelta(1))
        change_absence(tx, workspace_id, "ended", by_status=True, status_until=NOW)
        change_absence(tx, workspace_id, "ending", by_status=True, status_until=NOW + moment)
        change_absence(tx, workspace_id, "endless", by_status=True, status_until=None)
        change_absence(tx, workspace_id, "cleared", by_status=False, status_until=None)
        change_absence(tx, workspace_id, "not-asked", until=TODAY + timedelta(1))
        names = ["back-today", "back-tomorrow", "ended", "ending", "endless", "cleared", "unknown"]

        assert list_away(tx, workspace_id, names, TODAY, NOW) == {"back-tomorrow", "ending", "endless"}


def test_a_word_and_a_status_that_come_at_once_are_both_kept(database: Database, workspace_id: str) -> None:
    start = threading.Barrier(2)

    def change(changes: dict[str, Any]) -> None:
        start.wait()
        with database.write() as tx:
            change_absence(tx, workspace_id, "U0ANA", **changes)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(change, [{"until": EVE}, {"by_status": True, "status_until": NOW}]))

    with database.read() as tx:
        found = find_absence(tx, workspace_id, "U0ANA")
    assert found == Absence(person_id="U0ANA", until=EVE, by_status=True, status_until=NOW)
