"""Publishes what is due, and writes down what comes of it; see bot/jobs/placing.py for one publication."""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from threading import Event
from uuid import uuid4

from bot.errors_publish import PublishError
from bot.jobs.placing import Placing
from bot.metrics import METERS
from bot.publish.targets import Target
from bot.services import publishing
from bot.services.publishing import LostLeaseError, Pages, TroubleError
from bot.slack.outage import Outage
from bot.slack.results import back_off
from bot.slack.trying import tried
from storage.database import Database, Tx
from storage.errors import UnreachableError
from storage.publication_claims import claim_publication, claim_publications
from storage.publications import Publication, give_back
from storage.revisions import Changes

_log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
"""As long as one may take, with all that git and GitHub let wait."""
_BATCH = 8
_AT_ONCE = 4
_LONGEST = timedelta(minutes=15)
"""Between two tries of what may pass by itself."""


@dataclass(frozen=True)
class Publisher:
    """Any number of processes may have one: what is due is claimed once.

    `open_target` may raise PublishError. `wake`: deliveries may have been promised. `changed`: what a hand
    edit has changed.
    """

    database: Database
    clock: Callable[[], datetime]
    open_target: Callable[[str], Target]
    pages: Pages
    outage: Outage = field(default_factory=lambda: Outage(_log, "The database"))
    wake: Callable[[], None] = lambda: None
    changed: Callable[[str, Changes], None] = lambda _workspace_id, _changes: None
    lasts: timedelta = LEASE

    @property
    def placing(self) -> Placing:
        return Placing(self.database, self.clock, self.pages, self.wake, self.changed)

    def publish_due(self, stopping: Event) -> None:
        """All that is due. Raises UnreachableError."""
        with self.database.read() as tx:
            publishing.notice_changes(tx, self._in_transaction, self.clock())
        while not stopping.is_set():
            with self.database.write() as tx:
                claimed = claim_publications(tx, self.clock(), _BATCH, uuid4().hex, self.lasts)
            if not claimed:
                return
            with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="publish") as pool:
                for worked in [pool.submit(self._all, each, stopping) for each in _by_place(claimed)]:
                    worked.result()

    def publish(self, publication: Publication) -> Sequence[str] | None:
        """One that was claimed: the slugs of what it cannot show where it belongs; None if it is not there.

        Raises UnreachableError.
        """
        try:
            return self.placing.place(publication, self.open_target(publication.address))
        except PublishError as error:
            self._failed(publication, error.reason.value, error.detail, error.is_lasting, error.retry_after)
        except TroubleError as error:
            self._failed(publication, error.code, error.detail, is_lasting=True)
        except LostLeaseError:
            pass
        return None

    def publish_now(self, publication: Publication) -> Sequence[str] | None:
        """As `publish`; None, too, while somebody else is at it. Raises UnreachableError."""
        with self.database.write() as tx:
            where = tx, publication.workspace_id, publication.id
            claimed = claim_publication(*where, self.clock(), lease=uuid4().hex, lasts=self.lasts)
        return None if claimed is None else self.publish(claimed)

    def look(self, publication: Publication) -> tuple[bytes | None, bytes]:
        """What stands there, and what is to. Raises PublishError, TroubleError, UnreachableError."""
        standing = self.open_target(publication.address).read()
        return None if standing is None else standing.data, self.placing.compose(publication).text.encode()

    def _in_transaction(self, do: Callable[[Tx], None]) -> None:
        with self.database.write() as tx:
            do(tx)

    def _all(self, of_one_place: Sequence[Publication], stopping: Event) -> None:
        for each in of_one_place:
            if stopping.is_set():
                self._in_transaction(partial(self._give_back, each))
                continue
            what = f"publication {each.id}"
            tried(_log, what, partial(self._publish_or_wait, each), partial(self._broke, each))

    def _give_back(self, publication: Publication, tx: Tx) -> None:
        give_back(tx, publication, self.clock())

    def _publish_or_wait(self, publication: Publication) -> None:
        try:
            self.publish(publication)
            self.outage.came()
        except UnreachableError as error:
            # What it had come to is found out when the lease is over.
            self.outage.went(error)

    def _broke(self, publication: Publication, reference: str) -> None:
        """A mistake of ours: the others go on."""
        self._failed(publication, "broken", reference, is_lasting=False)

    def _failed(
        self,
        publication: Publication,
        because: str,
        detail: str,
        is_lasting: bool,  # noqa: FBT001 - of one error, or by name
        retry_after: timedelta | None = None,
    ) -> None:
        now = self.clock()
        wait = max(back_off(publication.tries + 2, _LONGEST), retry_after or timedelta())
        with self.database.write() as tx:
            publishing.record_failed(
                tx,
                publication,
                because=because,
                detail=detail,
                is_lasting=is_lasting,
                again_at=now + wait,
                now=now,
            )
        _log.warning("%s is not published: %s (%s)", publication.address, because, detail)
        METERS.published("failed")
        self.wake()


def _by_place(claimed: Sequence[Publication]) -> Sequence[Sequence[Publication]]:
    """Those of one folder or repository one after the other: they would wait for each other."""
    found: dict[str, list[Publication]] = defaultdict(list)
    for each in claimed:
        found[each.address.partition("//")[0]].append(each)
    return tuple(found.values())
