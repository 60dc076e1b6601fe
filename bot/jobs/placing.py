"""One publication: composed as of one moment, put in its place, and written down as being there.

The network is between transactions, never inside of one. Whatever is killed, wherever it stood: what is going
to stand there was written down before, so that whoever goes on knows its own page again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot import texts_commits
from bot.errors_publish import EditedError, PublishError, Reason, Standing
from bot.metrics import METERS
from bot.pages.errors import PAGE_ERRORS
from bot.pages.reader import decode_page
from bot.publish.targets import Target
from bot.services import publishing
from bot.services.publishing import LOOK_AGAIN, Composed, Pages, TroubleError
from storage.database import Database, Tx
from storage.publications import Publication
from storage.revisions import Changes, changes_in

_log = logging.getLogger(__name__)

_EDITS = 3
"""Hand edits in a row that are read back before somebody else's turn comes."""


@dataclass(frozen=True)
class Placing:
    """For publications that were claimed. `wake` and `changed`: as Publisher has them."""

    database: Database
    clock: Callable[[], datetime]
    pages: Pages
    wake: Callable[[], None]
    changed: Callable[[str, Changes], None]

    def place(self, publication: Publication, target: Target) -> tuple[str, ...]:
        """Until it stands there; the slugs of what the page cannot show where it belongs.

        Raises PublishError, TroubleError, LostLeaseError, UnreachableError.
        """
        if publication.sending is not None:
            publication = self._settle(publication, publication.sending, target.read())
        over: bytes | None = None
        for edits in range(_EDITS):
            composed = self.compose(publication)
            if edits == 0:
                over = self._over(publication, composed, target)
            if self._is_there(publication, composed) and over is not None:
                self._in_transaction(partial(self._done, publication, composed, is_looked=False))
                return composed.unmoved
            is_known = edits == 0 and publication.published_at is not None
            if is_known and composed.text == composed.base and _stands_there(target, over):
                # Somebody might have edited it, and nobody has.
                self._in_transaction(partial(self._done, publication, composed, is_looked=True))
                return composed.unmoved
            self._in_transaction(
                partial(publishing.record_sending, publication=publication, text=composed.text)
            )
            message = texts_commits.commit_message(composed.changes, is_first=composed.base is None)
            try:
                published = target.publish(composed.text.encode(), message, over=over)
            except EditedError as error:
                over = self._take_edit(publication, error.standing)
                continue
            self._in_transaction(
                partial(self._stands, publication, composed, published.revision, published.url)
            )
            METERS.published("published" if published.is_new else "unchanged")
            return composed.unmoved
        raise PublishError(Reason.EDITED, "edited again and again")

    def compose(self, publication: Publication) -> Composed:
        """What is to stand there. Raises TroubleError, UnreachableError."""
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
        told = publishing.record_done(tx, publication, composed, self.clock(), is_looked=is_looked)
        if told:
            # By their ids: slugs are words that people wrote.
            ids = ", ".join(map(str, told))
            _log.warning("%s: projects that it cannot show where they belong: %s", publication.address, ids)
        if told or publication.told_at is not None:
            self.wake()

    def _in_transaction(self, do: Callable[[Tx], None]) -> None:
        with self.database.write() as tx:
            do(tx)


def _stands_there(target: Target, data: bytes | None) -> bool:
    standing = target.read()
    return standing is not None and standing.data == data
