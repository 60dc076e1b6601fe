"""Pages kept as the records say: what is to be published, what came of it, and who is told when nothing did.

Whoever publishes (bot/jobs/publisher.py) goes between these with the network, outside of any transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.errors_publish import Author
from bot.services.page_writing import WrittenPage
from bot.services.publishing_telling import admins_to_tell, tell_unmoved
from storage import pages, publications
from storage.database import Tx
from storage.deliveries import promise_delivery, renew_delivery
from storage.publication_changes import PublicChange, list_public_changes
from storage.publication_claims import (
    find_changed_at,
    find_next_stale_at,
    list_noticed,
    record_noticed,
    records_revision,
)
from storage.publications import Publication

QUIET = timedelta(seconds=15)
"""After the last change: what people do one after the other is one commit."""
AT_MOST = timedelta(seconds=45)
"""After the first one, however many follow."""
LOOK_AGAIN = timedelta(days=1)
"""What stands there is compared so often, even if nothing has changed; and so is what had stopped."""
TOLD_AFTER = timedelta(hours=1)
"""So long what may pass by itself is nobody's business."""
PUBLICATION = "publication"
"""The kind of delivery that tells an admin that a page is not published any more; or is again."""
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)
_CHANGES = 200
"""Changes that a commit tells of one by one, at most."""


@dataclass(frozen=True, slots=True)
class Pages:
    """How a page is written and read. Each is given a transaction first.

    `write`: it as the records say now. `keep`: this text has been published, and is what the next edit
    is compared with. `read_back`: somebody has edited the page by hand, so that these bytes stand there; what
    they changed goes into the records, and what stands there is what the next edit is compared with.
    """

    write: Callable[[Tx, Publication, datetime], WrittenPage]
    keep: Callable[[Tx, str, int, str, datetime], None]
    read_back: Callable[[Tx, str, int, bytes, Author | None, datetime], object]


@dataclass(frozen=True, slots=True)
class Composed:
    """What is to stand there, all as of one moment, and `base`: what stands there, as far as is known.

    `unmoved`: the slugs of projects that the page cannot show where they belong. `revision`: the records'
    own. `changed_at`: up to when `changes` tell. `stale_at`: when it will read otherwise though nobody says
    anything.
    """

    text: str
    unmoved: tuple[str, ...]
    base: str | None
    revision: int
    changed_at: datetime | None
    changes: tuple[PublicChange, ...]
    stale_at: datetime | None


class TroubleError(Exception):
    """It cannot be published as things stand: `code` says why, and somebody has to look at it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class LostLeaseError(Exception):
    """Somebody else is publishing it by now."""


def notice_changes(read: Tx, write: Callable[[Callable[[Tx], None]], None], now: datetime) -> int:
    """What people have changed is due when they have been quiet for a while; for how many publications.

    `write` is given what is to be done in a transaction, only if there is anything.
    """
    noticed = list_noticed(read)

    def record(tx: Tx) -> None:
        for each in noticed:
            last = min(each.changed_at or now, now)
            first = each.noticed_at or last
            record_noticed(tx, each, max(now, min(last + QUIET, first + AT_MOST)), first)

    if noticed:
        write(record)
    return len(noticed)


def compose(tx: Tx, publication: Publication, how: Pages, now: datetime) -> Composed:
    """`tx` sees everything as of one moment."""
    workspace_id = publication.workspace_id
    revision = records_revision(tx, workspace_id)
    since, written = publication.told_until, how.write(tx, publication, now)
    return Composed(
        written.text,
        written.unmoved,
        base_of(tx, publication),
        revision,
        find_changed_at(tx, workspace_id),
        () if since is None else list_public_changes(tx, workspace_id, publication.page_id, since, _CHANGES),
        find_next_stale_at(tx, workspace_id, now) if publication.with_status else None,
    )


def base_of(tx: Tx, publication: Publication) -> str | None:
    """What was published or read last; None for a page that is made from nothing and never was."""
    if publication.page_id is None:
        return None
    return pages.get_page(tx, publication.workspace_id, publication.page_id).text


def record_sending(tx: Tx, publication: Publication, text: str | None) -> None:
    """Before it leaves; None: nothing does. Raises LostLeaseError."""
    if not publications.record_sending(tx, publication, text):
        raise LostLeaseError


def record_stands(
    tx: Tx,
    publication: Publication,
    how: Pages,
    text: str,
    *,
    revision: str,
    url: str | None,
    now: datetime,
) -> int:
    """This text stands there: it is the page from now on, whose id this gives. Raises LostLeaseError."""
    workspace_id, page_id = publication.workspace_id, publication.page_id
    if page_id is None:
        # By its address, which is nobody else's.
        page_id = pages.save_page(tx, workspace_id, publication.address, text, now)
    if not publications.record_stands(tx, publication, page_id=page_id, revision=revision, url=url, now=now):
        raise LostLeaseError
    how.keep(tx, workspace_id, page_id, text, now)
    return page_id


def record_done(
    tx: Tx, publication: Publication, composed: Composed, now: datetime, *, is_looked: bool
) -> tuple[int, ...]:
    """What was composed stands there. `is_looked`: that was seen just now. Raises LostLeaseError.

    The projects, by id, of which the admins are told by this that the page cannot show where they belong.
    """
    checked_at = now if is_looked or publication.checked_at is None else publication.checked_at
    due_at = checked_at + LOOK_AGAIN
    if not publications.record_done(
        tx,
        publication,
        seen=composed.revision,
        told_until=composed.changed_at or _BEFORE_ALL,
        checked_at=checked_at,
        due_at=min(due_at, composed.stale_at or due_at),
    ):
        raise LostLeaseError
    if publication.told_at is not None and publication.failing_since is not None:
        for key, _ in _keys(tx, publication, publication.failing_since):
            renew_delivery(tx, publication.workspace_id, key, now)
    return tell_unmoved(tx, publication, composed.unmoved, now)


def record_failed(
    tx: Tx,
    publication: Publication,
    *,
    because: str,
    detail: str,
    is_lasting: bool,
    again_at: datetime,
    now: datetime,
) -> bool:
    """It came to nothing. The admins are told once of what lasts; False if somebody else has it by now."""
    since = publication.failing_since or now
    is_told = is_lasting or now - since >= TOLD_AFTER
    told_at = publication.told_at or (now if is_told else None)
    held = publications.record_failed(
        tx,
        publication,
        because=because,
        detail=detail,
        is_stopped=is_lasting,
        due_at=now + LOOK_AGAIN if is_lasting else again_at,
        told_at=told_at,
        now=now,
    )
    if not held or told_at is None:
        return held
    is_news = because != publication.failed_because
    for key, person_id in _keys(tx, publication, since):
        where = tx, publication.workspace_id, key
        if not promise_delivery(*where, PUBLICATION, channel_id=person_id, now=now) and is_news:
            renew_delivery(*where, now)
    return held


def publication_of(key: str) -> int:
    """Of the key of a delivery."""
    return int(key.split(":")[1])


def _keys(tx: Tx, publication: Publication, since: datetime) -> tuple[tuple[str, str], ...]:
    """The deliveries that tell of it, each with the admin that it is for."""
    told = admins_to_tell(tx, publication.workspace_id)
    begun = f"{PUBLICATION}:{publication.id}:{int(since.timestamp())}"
    return tuple((f"{begun}:{person_id}", person_id) for person_id in told)
