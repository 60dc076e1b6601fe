"""Editions as their time comes: each digest or brief that is due is promised once, and tells of its own time.

What was missed while the bot was down is sent late on the same day, or within LATE. After that it is left
out, and the next one tells of its time, too: nothing that happened goes unsaid.
"""

from collections.abc import Container
from datetime import date, datetime, timedelta

from bot.domain.cadence_words import stored_cadence
from bot.domain.days import zone_of
from bot.domain.digest import WEEK
from bot.services.digests import key_of, next_at_of, part_of
from bot.services.next_times import days_around, slot_after
from bot.services.people import is_external
from bot.services.quiet import who_is_away
from bot.services.stopping import OF_WORKSPACE
from storage import digests, editions
from storage.database import Tx
from storage.deliveries import promise_delivery
from storage.digests import Digest, DigestKind
from storage.editions import Edition
from storage.sight import is_person

BATCH = 50
LATE = timedelta(hours=6)
"""So late one is sent even on the next day."""
TROUBLE = "digest_trouble"
"""The kind of delivery that says to whoever set a digest that it has stopped."""
DETAILS = "digest_details"
"""The kind of delivery that is a part of the thread below an edition's message."""


def open_due_editions(tx: Tx, now: datetime, limit: int = BATCH) -> int:
    """Take up at most `limit` that are due, of all workspaces; how many that were.

    Each gets its edition with the delivery of its message, and its next time, in this transaction.
    """
    due = digests.claim_due_digests(tx, now, limit)
    days = {each.workspace_id: days_around(tx, each.workspace_id, now) for each in due}
    for each in due:
        _open(tx, each, days[each.workspace_id], now)
    return len(due)


def _open(tx: Tx, digest: Digest, days: Container[date], now: datetime) -> None:
    due_at = _last_due(digest, days, now)
    # A clock that was set back must not send one again.
    is_known = editions.has_edition(tx, digest.workspace_id, digest.id, due_at)
    since = digest.since or (digest.next_at or now) - WEEK
    if not is_known and _is_sent(tx, digest, due_at, now):
        edition_id = editions.add_edition(
            tx,
            digest.workspace_id,
            digest.kind,
            digest.place,
            digest_id=digest.id,
            due_at=due_at,
            since=min(since, now),
            until=now,
        )
        promise_delivery(
            tx,
            digest.workspace_id,
            key_of(edition_id),
            digest.kind.value,
            channel_id=digest.place,
            now=now,
        )
        since = now
    later = digest.model_copy(update={"since": max(since, due_at)})
    next_at = next_at_of(later, max(now, due_at), days)
    digests.change_digest(tx, digest.workspace_id, digest.id, next_at=next_at, since=since)


def _last_due(digest: Digest, days: Container[date], now: datetime) -> datetime:
    """The last instant by now at which it was due."""
    due_at = digest.next_at or now
    cadence = stored_cadence(digest.cadence or "")
    while (following := slot_after(cadence, due_at, days, due_at)) is not None and following.at <= now:
        due_at = following.at
    return due_at


def _is_sent(tx: Tx, digest: Digest, due_at: datetime, now: datetime) -> bool:
    """Whether it still helps. Whoever is away reads of their week when they are back.

    Nothing goes to somebody of another organization, who may have set it before that was known.
    """
    if is_person(digest.place) and is_external(tx, digest.workspace_id, digest.place):
        return False
    name = stored_cadence(digest.cadence or "").zone
    zone = zone_of(name)
    is_same_day = due_at.astimezone(zone).date() == now.astimezone(zone).date()
    if not is_same_day and now - due_at > LATE:
        return False
    if digest.kind is not DigestKind.MINE:
        return True
    return not who_is_away(tx, digest.workspace_id, [digest.place], name, now)


def find_edition_of(tx: Tx, workspace_id: str, delivery_key: str) -> Edition | None:
    return editions.find_edition(tx, workspace_id, part_of(delivery_key)[0])


def record_posted(
    tx: Tx, edition: Edition, delivery_key: str, *, posted_in: str, message_ts: str, now: datetime
) -> None:
    """Slack has a message of it: what is told below it comes next."""
    part = part_of(delivery_key)[1]
    if part == 0:
        editions.record_posted(tx, edition.workspace_id, edition.id, posted_in, message_ts)
    key = key_of(edition.id, part + 1)
    promise_delivery(tx, edition.workspace_id, key, DETAILS, channel_id=edition.place, now=now)


def stop_digest(tx: Tx, edition: Edition, because: str, now: datetime) -> None:
    """Slack will never take it there: no others are sent, and whoever set it is told once.

    What it would have told of, the next one tells of, should it go on. Not when the bot as a whole is shut
    out: that is over when somebody starts it anew.
    """
    if edition.digest_id is None or because in OF_WORKSPACE:
        return
    digest = digests.find_digest_by_id(tx, edition.workspace_id, edition.digest_id)
    if digest is None or digest.cadence is None or digest.stopped_because is not None:
        return
    stopped = {"stopped_because": because, "next_at": None, "since": edition.since}
    digests.change_digest(tx, edition.workspace_id, digest.id, **stopped)
    if not is_person(digest.place):
        key = f"{TROUBLE}:{edition.id}:0"
        promise_delivery(tx, edition.workspace_id, key, TROUBLE, channel_id=digest.set_by, now=now)
