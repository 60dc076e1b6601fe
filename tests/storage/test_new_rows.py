"""What two transactions write at the same time, as two workers do: one of them does, and neither fails."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from sqlalchemy import func, select

from storage.check_in_tables import deliveries
from storage.database import Database, Tx
from storage.deliveries import promise_delivery
from storage.migrate import migrate
from storage.reminder_tables import reminder_turns
from storage.reminder_turns import add_missing_turns
from tests.support.locks import wait_until_blocked
from tests.support.make import FULL_MEMBERS, NOW, make_project, make_workspace
from tests.support.postgres import PostgresServer

WORKSPACE = "T0TEST"


@pytest.fixture
def both(postgres_server: PostgresServer) -> Iterator[tuple[Database, Database]]:
    """Those of two processes: SQLite lets one write at a time."""
    with (
        postgres_server.new_database() as url,
        closing(Database(url)) as one,
        closing(Database(url)) as another,
    ):
        migrate(one)
        with one.write() as tx:
            make_workspace(tx)
            make_project(tx, channel_id="C0REEF")
        yield one, another


def at_once(both: tuple[Database, Database], write: Callable[[Tx], int]) -> tuple[int, int]:
    """What each has written; the second one begins before the first one's commit."""
    one, another = both

    def second() -> int:
        with another.write() as tx:
            return write(tx)

    with ThreadPoolExecutor(1) as pool:
        with one.write() as tx:
            first = write(tx)
            later = pool.submit(second)
            wait_until_blocked(one, later)
        return first, later.result()


@pytest.mark.postgres
def test_whoever_has_no_turn_yet_is_given_one_by_one_of_two_workers(both: tuple[Database, Database]) -> None:
    written = at_once(both, lambda tx: add_missing_turns(tx, NOW))

    with both[0].read() as tx:
        assert tx.execute(select(func.count()).select_from(reminder_turns)).scalar_one() == sum(written)
    assert written == (len(FULL_MEMBERS) + 1, 0)


@pytest.mark.postgres
def test_what_two_promise_at_the_same_time_is_promised_once(both: tuple[Database, Database]) -> None:
    def promise(tx: Tx) -> bool:
        return promise_delivery(tx, WORKSPACE, "digest:1", "digest", channel_id="C0REEF", now=NOW)

    assert at_once(both, promise) == (True, False)
    with both[0].read() as tx:
        assert tx.execute(select(func.count()).select_from(deliveries)).scalar_one() == 1
