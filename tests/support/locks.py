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


def wait_until_blocked(database: Database, work: "Future[Any]") -> None:
    """Until one transaction of this database waits for another; it fails if the work ends without that."""
    with database.read() as tx:
        while not tx.execute(_WAITING).scalar_one():
            assert not work.done(), f"it did not wait: {work.exception() or work.result()}"
