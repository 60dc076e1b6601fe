"""Who waits for whom in PostgreSQL."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from storage.database import Database

if TYPE_CHECKING:
    from concurrent.futures import Future

_WAITING = text(
    "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) "
    "WHERE NOT granted AND datname = current_database()"
)


def wait_until_blocked(database: Database, work: "Future[Any]", count: int = 1) -> None:
    """Until so many transactions of this database wait for others; it fails if the work ends without that."""
    with database.read() as tx:
        while tx.execute(_WAITING).scalar_one() < count:
            assert not work.done(), f"it did not wait: {work.exception() or work.result()}"
