"""Publishes what is due: composed as of one moment, put in its place, and written down as being there.

The network is between transactions, never inside of one. Whatever is killed, wherever it stood: what is going
to stand there was written down before, so that whoever goes on knows its own page again.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from threading import Event
from uuid import uuid4

from bot import texts_publishing
from bot.errors_publish import EditedError, PublishError, Reason, Standing
from bot.metrics import METERS
from bot.pages.errors import PAGE_ERRORS
from bot.pages.reader import decode_page
from bot.publish.targets import Target
from bot.services import publishing
from bot.services.publishing import LOOK_AGAIN, Composed, LostLeaseError, Pages, TroubleError
from bot.slack.outage import Outage
from bot.slack.results import back_off
from bot.slack.trying import tried
from storage.database import Database, Tx
from storage.errors import UnreachableError
from storage.publication_claims import claim_publications
from storage.publications import Publication, give_back
from storage.revisions import Changes, changes_in

_log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
"""As long as one may take, with all that git and GitHub let wait."""
_BATCH = 20
_AT_ONCE = 4
_EDITS = 3
"""Hand edits in a row that are read back before somebody else's turn comes."""
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

    def publish_due(self, stopping: Event) -> None:
        """All that is due. Raises UnreachableError."""
        with self.database.read() as tx:
            publishing.notice_changes(tx, self._in_transaction, self.clock())
        while not stopping.is_set() and (claimed := self._claim()):
            with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="publish") as pool:
                for worked in [pool.submit(self._all, each, stopping) for each in _by_place(claimed)]:
                    worked.result()

    def publish(self, publication: Publication) -> bool:
        """One that was claimed: whether it stands there. Raises UnreachableError."""
        try:
            self._publish(publication)
        except PublishError as error:
            self._failed(publication, error.reason.value, error.detail, error.is_lasting, error.retry_after)
        except TroubleError as error:
            self._failed(publication, error.code, error.detail, is_lasting=True)
        except LostLeaseError:
            return False
        else:
            return True
        return False

    def _in_transaction(self, do: Callable[[Tx], None]) -> None:
        with self.database.write() as tx:
            do(tx)

    def _claim(self) -> Sequence[Publication]:
        with self.database.write() as tx:
            return claim_publications(tx, self.clock(), _BATCH, uuid4().hex, self.lasts)

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
        except UnreachableError as error:
            # What it had come to is found out when the lease is over.
            self.outage.went(error)

    def _broke(self, publication: Publication, reference: str) -> None:
        """A mistake of ours: the others go on."""
        self._failed(publication, "broken", reference, is_lasting=False)

    def _publish(self, publication: Publication) -> None:
        target = self.open_target(publication.address)
        if publication.sending is not None:
            publication = self._settle(publication, publication.sending, target.read())
        over: bytes | None = None
        for edits in range(_EDITS):
            composed = self._compose(publication)
            if edits == 0:
                over = self._over(publication, composed, target)
            if self._is_there(publication, composed) and over is not None:
                self._in_transaction(partial(self._done, publication, composed, is_looked=False))
                return
            is_only_looked_at = publication.published_at is not None and composed.text == composed.base
            if edits == 0 and is_only_looked_at and _stands_there(target, over):
                # Somebody might have edited it, and nobody has.
                self._in_transaction(partial(self._done, publication, composed, is_looked=True))
                return
            self._in_transaction(
                partial(publishing.record_sending, publication=publication, text=composed.text)
            )
            message = texts_publishing.commit_message(composed.changes, is_first=composed.base is None)
            try:
                published = target.publish(composed.text.encode(), message, over=over)
            except EditedError as error:
                over = self._take_edit(publication, error.standing)
                continue
            self._in_transaction(
                partial(self._stands, publication, composed, published.revision, published.url)
            )
            METERS.published("published" if published.is_new else "unchanged")
            return
        raise PublishError(Reason.EDITED, "edited again and again")

    def _compose(self, publication: Publication) -> Composed:
        with self.database.snapshot() as tx:
            return publishing.compose(tx, publication, self.pages, self.clock())

    def _is_there(self, publication: Publication, composed: Composed) -> bool:
        """Whether nothing has changed for the page, and its place was looked at today."""
        checked_at = publication.checked_at
        is_looked = checked_at is not None and self.clock() - checked_at < LOOK_AGAIN
        return composed.text == composed.base and is_looked and publication.tries == 0

    def _over(self, publication: Publication, composed: Composed, target: Target) -> bytes | None:
        """What is said to stand there: nothing, for a first time, or if a page that is gone is put back."""
        base = None if composed.base is None else composed.base.encode()
        if publication.published_at is not None and not publication.is_again:
            return base
        standing = target.read()
        if standing is None:
            return None
        if publication.published_at is None and standing.data not in {base, composed.text.encode()}:
            # Perhaps another file by mistake: it is neither written over nor read into the records.
            raise TroubleError("occupied")
        return base if base is not None else standing.data

    def _settle(self, publication: Publication, sent: str, standing: Standing | None) -> Publication:
        """Somebody had begun to publish, and is gone: if what they sent stands there, it is the page."""
        if standing is None or sent.encode() not in {standing.data, standing.since}:
            return publication
        with self.database.write() as tx:
            now = self.clock()
            page_id = publishing.record_stands(
                tx, publication, self.pages, sent, revision=standing.revision, url=publication.url, now=now
            )
        return publication.model_copy(update={"page_id": page_id, "published_at": now, "sending": None})

    def _take_edit(self, publication: Publication, standing: Standing | None) -> bytes | None:
        """A hand edit goes into the records; what is published next, is published over it."""
        if standing is None:
            raise TroubleError("gone")
        if publication.published_at is None or publication.page_id is None:
            raise TroubleError("occupied")
        page_id = publication.page_id
        try:
            since = None if standing.since is None else decode_page(standing.since)
            with self.database.write() as tx:
                publishing.record_sending(tx, publication, None)
                where, now = (tx, publication.workspace_id, page_id), self.clock()
                if since is not None:
                    self.pages.keep(*where, since, now)
                if standing.data != standing.since:
                    self.pages.read_back(*where, standing.data, standing.author, now)
                changes = changes_in(tx)
        except PAGE_ERRORS as error:
            raise TroubleError("unreadable", str(error)) from error
        self.wake()
        self.changed(publication.workspace_id, changes)
        return standing.data

    def _stands(
        self, publication: Publication, composed: Composed, revision: str, url: str | None, tx: Tx
    ) -> None:
        now = self.clock()
        publishing.record_stands(
            tx, publication, self.pages, composed.text, revision=revision, url=url, now=now
        )
        self._done(publication, composed, tx, is_looked=True)

    def _done(self, publication: Publication, composed: Composed, tx: Tx, *, is_looked: bool) -> None:
        publishing.record_done(tx, publication, composed, self.clock(), is_looked=is_looked)
        if publication.told_at is not None:
            self.wake()

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


def _stands_there(target: Target, data: bytes | None) -> bool:
    standing = target.read()
    return standing is not None and standing.data == data


def _by_place(claimed: Sequence[Publication]) -> Sequence[Sequence[Publication]]:
    """Those of one folder or repository one after the other: they would wait for each other."""
    found: dict[str, list[Publication]] = defaultdict(list)
    for each in claimed:
        found[each.address.partition("//")[0]].append(each)
    return tuple(found.values())
