"""What is claimed: one of a channel, those that waited longest first, and quickly however many wait."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import insert

from storage.check_in_tables import deliveries
from storage.database import Database
from storage.deliveries import Delivery, delivery_values, record_postponed, record_sent
from storage.delivery_claims import LEASE, PACE, claim_deliveries, has_due
from storage.pauses import list_paused, record_pause
from tests.support.make import NOW, make_workspace

MINE = "T0TEST"
_numbers = count(1)


@pytest.fixture
def made(database: Database) -> Database:
    with database.write() as tx:
        make_workspace(tx)
        make_workspace(tx, "T0THEIRS")
    return database


def promise(database: Database, *channels: str, workspace_id: str = MINE, **given: Any) -> None:
    rows = [
        delivery_values(workspace_id, f"k{next(_numbers)}", "prompt", channel, NOW) | given
        for channel in channels
    ]
    with database.write() as tx:
        tx.execute(insert(deliveries), rows)


def claim(
    database: Database, limit: int = 16, *, after: timedelta = timedelta(), lease: str = "a"
) -> list[Delivery]:
    with database.write() as tx:
        return list(claim_deliveries(tx, MINE, NOW + after, limit, lease))


def channels(claimed: list[Delivery]) -> list[str]:
    return [each.channel_id for each in claimed]


def test_one_of_each_channel_and_the_next_when_it_was_sent_a_second_ago(made: Database) -> None:
    promise(made, "C1", "C1", "C2")
    first = claim(made)
    none = claim(made, lease="b")
    with made.write() as tx:
        assert record_sent(tx, first[0], "C1", "1.1", NOW)
    too_soon = claim(made, after=PACE - timedelta(milliseconds=1), lease="c")
    next_one = claim(made, after=PACE, lease="d")

    assert channels(first) == ["C1", "C2"]
    assert (none, too_soon) == ([], [])
    assert channels(next_one) == ["C1"]
    assert first[0].id < next_one[0].id


def test_those_that_have_waited_longest_come_first(made: Database) -> None:
    promise(made, "C1")
    promise(made, "C2", due_at=NOW - timedelta(hours=1))
    promise(made, "C3", due_at=NOW + timedelta(hours=1))

    assert channels(claim(made, 1)) == ["C2"]
    assert channels(claim(made, lease="b")) == ["C1"]


def test_hundreds_of_one_channel_hold_up_no_other(made: Database) -> None:
    promise(made, *["C1"] * 300, *["C2"] * 300, "C3")

    assert channels(claim(made)) == ["C1", "C2", "C3"]


def test_whoever_had_it_is_taken_for_dead_when_the_lease_is_over(made: Database) -> None:
    promise(made, "C1")
    (first,) = claim(made)
    before = claim(made, after=LEASE - timedelta(seconds=1), lease="b")
    (second,) = claim(made, after=LEASE, lease="b")
    with made.write() as tx:
        was_held = record_sent(tx, first, "C1", "1.1", NOW)
        is_held = record_postponed(tx, second, NOW, is_unsure=True)

    assert before == []
    assert (first.is_unsure, second.is_unsure) == (False, True)
    assert (was_held, is_held) == (False, True)


def test_another_workspaces_are_left_to_it(made: Database) -> None:
    promise(made, "C1", workspace_id="T0THEIRS")

    with made.read() as tx:
        assert not has_due(tx, MINE, NOW)
        assert has_due(tx, "T0THEIRS", NOW)
    assert claim(made) == []


@pytest.mark.parametrize(
    ("method", "held"),
    [
        ("chat.postMessage", {"new", "unsure", "U1"}),
        ("chat.update", {"changed"}),
        ("chat.delete", {"taken away"}),
        ("conversations.history", {"unsure"}),
        ("conversations.replies", {"unsure"}),
        ("conversations.open", {"U1"}),
    ],
)
def test_a_pause_holds_up_what_needs_that_method(made: Database, method: str, held: set[str]) -> None:
    stands = {"posted_in": "C1", "message_ts": "1.1"}
    promise(made, "new", "U1")
    promise(made, "unsure", is_unsure=True)
    promise(made, "changed", **stands)
    promise(made, "taken away", is_wanted=False, **stands)
    until = NOW + timedelta(seconds=30)
    with made.write() as tx:
        record_pause(tx, MINE, method, until)
        record_pause(tx, MINE, method, NOW)

        assert list_paused(tx, MINE, NOW) == {method}
        assert list_paused(tx, "T0THEIRS", NOW) == frozenset()
        assert list_paused(tx, MINE, until) == frozenset()
    all_of_them = {"new", "U1", "unsure", "changed", "taken away"}
    assert set(channels(claim(made))) == all_of_them - held
    assert set(channels(claim(made, after=timedelta(seconds=30), lease="b"))) == held


def test_what_has_to_wait_is_passed_over_along_an_index(sqlite_database: Database) -> None:
    with sqlite_database.write() as tx:
        make_workspace(tx)
    promise(sqlite_database, *["C1"] * 1000, *(f"C{number}" for number in range(1000)))
    with sqlite_database.write() as tx:
        plans = list(_plans(tx))

    assert plans
    assert not [
        step for step in plans if step.startswith("SCAN deliveries") or "TEMP B-TREE FOR ORDER" in step
    ]
    assert any("USING COVERING INDEX ix_deliveries_by_due_at" in step for step in plans)


def _plans(tx: Any) -> Iterator[str]:
    """The steps of what a claim reads, as SQLite's EXPLAIN QUERY PLAN says them."""
    asked: list[str] = []
    driver = tx.connection.driver_connection
    driver.set_trace_callback(asked.append)
    try:
        claim_deliveries(tx, MINE, NOW, 16, "a")
    finally:
        driver.set_trace_callback(None)
    for statement in asked:
        if statement.startswith("SELECT deliveries"):
            yield from (row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}"))
