"""Has pages looked at where they are published, so that what is edited there by hand is read back."""

from datetime import datetime, timedelta

from bot.jobs.work import Work
from storage.database import Tx
from storage.publication_looks import look_soon

LOOK_EVERY = timedelta(minutes=5)


def read_pages(work: Work) -> None:
    """Whoever publishes looks, under the lease of the publication: nobody reads what another one replaces."""
    work.in_batches(_look_soon)


def _look_soon(tx: Tx, now: datetime) -> int:
    return look_soon(tx, now - LOOK_EVERY, now)
