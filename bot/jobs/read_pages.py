"""Has pages looked at where they are published, so that what is edited there by hand is read back."""

from datetime import datetime, timedelta

from bot.jobs.work import Work
from bot.services.reading_back import settle_overtaken
from storage.database import Tx
from storage.publication_looks import look_soon

LOOK_EVERY = timedelta(minutes=5)


def read_pages(work: Work) -> None:
    """Whoever publishes looks, under the lease of the publication: nobody reads what another one replaces."""
    work.in_batches(_look_soon)


def settle_conflicts(work: Work) -> None:
    """What was asked about a page, and has changed in chat since."""
    work.in_batches(settle_overtaken)


def _look_soon(tx: Tx, now: datetime) -> int:
    return look_soon(tx, now - LOOK_EVERY, now)
