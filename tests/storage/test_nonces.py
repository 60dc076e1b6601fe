"""A request that acts is remembered once, for as long as it could be sent again."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from storage.database import Database
from storage.nonces import KEPT, forget_nonces, record_nonce
from storage.slack_tables import nonces
from tests.support.make import NOW, make_workspace


@pytest.fixture(autouse=True)
def _workspaces(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_workspace(tx, "T0OTHER")


def kept(database: Database) -> int:
    with database.read() as tx:
        return int(tx.execute(select(func.count()).select_from(nonces)).scalar_one())


def test_a_request_is_new_once_in_each_workspace(database: Database) -> None:
    with database.write() as tx:
        found = [
            record_nonce(tx, workspace_id, nonce, NOW)
            for workspace_id, nonce in (("T0TEST", "a"), ("T0TEST", "a"), ("T0OTHER", "a"), ("T0TEST", "b"))
        ]

    assert found == [True, False, True, True]


def test_what_was_rolled_back_may_come_again(database: Database) -> None:
    with database.write(dry_run=True) as tx:
        record_nonce(tx, "T0TEST", "a", NOW)

    with database.write() as tx:
        assert record_nonce(tx, "T0TEST", "a", NOW)


def test_of_many_at_once_one_is_the_first(database: Database) -> None:
    together = threading.Barrier(6)

    def come(_: int) -> bool:
        together.wait(10)
        with database.write() as tx:
            return record_nonce(tx, "T0TEST", "a", NOW)

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(come, range(6)))

    assert sorted(found) == [False] * 5 + [True]


def test_those_are_forgotten_that_nobody_can_send_again(database: Database) -> None:
    later = NOW + KEPT + timedelta(seconds=1)
    with database.write() as tx:
        for number in range(1200):
            record_nonce(tx, "T0TEST", f"old{number}", NOW)
        record_nonce(tx, "T0OTHER", "old", NOW)
        record_nonce(tx, "T0TEST", "new", NOW + timedelta(seconds=2))

    forgotten = []
    for _ in range(3):
        with database.write() as tx:
            forgotten.append(forget_nonces(tx, later))

    assert forgotten == [1000, 201, 0]
    assert kept(database) == 1
