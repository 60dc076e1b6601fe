"""What waits to be sent, over all workspaces, and since when."""

from datetime import datetime, timedelta

import pytest

from storage.database import Database
from storage.deliveries import CHANGE, POST, promise_delivery, record_postponed, record_sent
from storage.delivery_claims import claim_deliveries
from storage.installations import save_installation
from storage.pauses import record_pause
from storage.queue import find_oldest_due, read_queue
from storage.workspaces import mark_uninstalled
from tests.storage.every_function_of_installations import KEYS, installation_of
from tests.support.make import NOW, make_workspace

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _workspaces(database: Database) -> None:
    with database.write() as tx:
        make_workspace(tx)
        make_workspace(tx, "T0OTHER")


def promise(database: Database, key: str, due_at: datetime, workspace_id: str = "T0TEST") -> None:
    with database.write() as tx:
        promise_delivery(
            tx, workspace_id, key, "prompt", channel_id=f"C0{key}", now=NOW - 9 * MINUTE, due_at=due_at
        )


def oldest(database: Database, now: datetime = NOW) -> datetime | None:
    with database.read() as tx:
        return find_oldest_due(tx, now)


def test_it_is_empty_at_first(database: Database) -> None:
    with database.read() as tx:
        queue = read_queue(tx, NOW)

    assert (queue.due, queue.sending, queue.waiting, queue.oldest_due_at) == (0, 0, 0, None)


def test_the_oldest_of_all_workspaces_counts_once_it_is_due(database: Database) -> None:
    promise(database, "A", NOW - MINUTE)
    promise(database, "B", NOW - 3 * MINUTE, "T0OTHER")
    promise(database, "C", NOW + MINUTE)

    assert oldest(database) == NOW - 3 * MINUTE
    assert oldest(database, NOW - 2 * MINUTE) == NOW - 3 * MINUTE
    assert oldest(database, NOW - 4 * MINUTE) is None


def test_it_tells_what_is_due_sending_and_waiting_and_leaves_out_what_was_sent(database: Database) -> None:
    for key in ("A", "B", "C"):
        promise(database, key, NOW - 2 * MINUTE)
    promise(database, "later", NOW + MINUTE)
    with database.write() as tx:
        first, second = claim_deliveries(tx, "T0TEST", NOW, 2, "lease")
        record_sent(tx, first, "C0A", "1.1", NOW)

    with database.read() as tx:
        queue = read_queue(tx, NOW)
        after_its_lease = read_queue(tx, NOW + 2 * MINUTE)

    assert second.key == "B"
    assert (queue.due, queue.sending, queue.waiting) == (1, 1, 1)
    assert queue.oldest_due_at == NOW - 2 * MINUTE
    assert (after_its_lease.due, after_its_lease.sending, after_its_lease.waiting) == (3, 0, 0)


def test_what_slack_wants_left_alone_is_not_late(database: Database) -> None:
    promise(database, "A", NOW - 5 * MINUTE)
    promise(database, "B", NOW - 3 * MINUTE, "T0OTHER")
    with database.write() as tx:
        record_pause(tx, "T0TEST", POST, NOW + MINUTE)
    assert oldest(database) == NOW - 3 * MINUTE
    with database.write() as tx:
        record_pause(tx, "T0OTHER", CHANGE, NOW + MINUTE)
    assert oldest(database) == NOW - 3 * MINUTE, "it is to be posted, not changed"
    with database.write() as tx:
        record_pause(tx, "T0OTHER", POST, NOW + MINUTE)
    assert oldest(database) is None

    with database.read() as tx:
        assert read_queue(tx, NOW).due == 2
        assert find_oldest_due(tx, NOW + 2 * MINUTE) == NOW - 5 * MINUTE


def test_what_is_put_off_is_due_when_its_time_has_come(database: Database) -> None:
    promise(database, "A", NOW - 5 * MINUTE)
    with database.write() as tx:
        (claimed,) = claim_deliveries(tx, "T0TEST", NOW, 1, "lease")
        record_postponed(tx, claimed, NOW + MINUTE, is_unsure=False)

    assert oldest(database) is None
    assert oldest(database, NOW + 2 * MINUTE) == NOW + MINUTE


def test_of_many_those_count_that_have_the_bot(database: Database) -> None:
    promise(database, "A", NOW - 5 * MINUTE)
    promise(database, "B", NOW - 3 * MINUTE, "T0OTHER")

    def of_many() -> tuple[datetime | None, int]:
        with database.read() as tx:
            return find_oldest_due(tx, NOW, of_many=True), read_queue(tx, NOW, of_many=True).due

    assert of_many() == (None, 0), "nobody has installed it yet"
    with database.write() as tx:
        save_installation(tx, "T0OTHER", installation_of("T0OTHER"), KEYS)
    assert of_many() == (NOW - 3 * MINUTE, 1)
    with database.write() as tx:
        assert mark_uninstalled(tx, "T0OTHER", NOW, NOW)
    assert of_many() == (None, 0)
    assert oldest(database) == NOW - 5 * MINUTE, "by one token all others count"
