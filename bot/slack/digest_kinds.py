"""The kinds of deliveries that are a digest or a brief: how each is drawn, and what follows."""

from collections.abc import Sequence
from datetime import datetime

from bot.services.charting import read_workspace_charts
from bot.services.digesting import read_brief, read_digest, read_week
from bot.services.digests import part_of
from bot.services.editions import DETAILS, TROUBLE, find_edition_of, record_posted, stop_digest
from bot.slack.effects import Message
from bot.slack.kinds import Drawn, Kind, Ready, Unneeded
from bot.slack.views.brief import brief_messages
from bot.slack.views.charts import workspace_parts
from bot.slack.views.digest import digest_message, digest_thread
from bot.slack.views.digest_lines import why
from bot.slack.views.digests import trouble_message
from bot.slack.views.week import week_messages
from storage.database import Tx
from storage.deliveries import Delivery
from storage.digests import Digest, DigestKind, find_digest_by_id
from storage.editions import Edition
from storage.people import NO_ZONE, find_person
from storage.sight import Sight, of_place


def _read(tx: Tx, delivery: Delivery) -> tuple[Edition | None, Digest | None]:
    """The edition, and what is set, where it came by itself."""
    edition = find_edition_of(tx, delivery.workspace_id, delivery.key)
    if edition is None or edition.digest_id is None:
        return edition, None
    return edition, find_digest_by_id(tx, edition.workspace_id, edition.digest_id)


def _first(tx: Tx, edition: Edition, digest: Digest | None) -> Message:
    """The first message of an edition."""
    if edition.kind is DigestKind.DIGEST:
        charts = read_workspace_charts(tx, edition.workspace_id, of_place(edition.place), edition.until)
        return digest_message(read_digest(tx, edition, digest), workspace_parts(charts))
    return _in_order(tx, edition, digest)[0]


def _thread(tx: Tx, edition: Edition, digest: Digest | None) -> Sequence[Message]:
    """What stands below it."""
    if edition.kind is DigestKind.DIGEST:
        return digest_thread(read_digest(tx, edition, digest))
    return _in_order(tx, edition, digest)[1:]


def _in_order(tx: Tx, edition: Edition, digest: Digest | None) -> Sequence[Message]:
    """All messages of one that goes on in its thread where the first one ends."""
    if edition.kind is DigestKind.BRIEF:
        return brief_messages(read_brief(tx, edition, digest))
    return _week(tx, edition, digest)


def _week(tx: Tx, edition: Edition, digest: Digest | None) -> Sequence[Message]:
    person = find_person(tx, edition.workspace_id, edition.place)
    record = read_week(
        tx,
        edition.workspace_id,
        Sight(edition.place),
        person.zone if person else NO_ZONE,
        since=edition.since,
        until=edition.until,
    )
    return week_messages(record, why(edition, digest))


def _draw_first(tx: Tx, delivery: Delivery, _now: datetime) -> Drawn:
    """Unneeded where somebody has ended it since it was promised."""
    edition, digest = _read(tx, delivery)
    is_ended = digest is not None and digest.cadence is None
    return Unneeded() if edition is None or is_ended else Ready(_first(tx, edition, digest))


def _draw_details(tx: Tx, delivery: Delivery, _now: datetime) -> Drawn:
    """Unneeded behind the last one: each part promises the next, so that none is lost that came meanwhile."""
    edition, digest = _read(tx, delivery)
    if edition is None or edition.message_ts is None:
        return Unneeded()
    thread, part = _thread(tx, edition, digest), part_of(delivery.key)[1]
    if part > len(thread):
        return Unneeded(edition.message_ts)
    return Ready(thread[part - 1], edition.message_ts)


def _sent(tx: Tx, delivery: Delivery, posted_in: str, message_ts: str, now: datetime) -> None:
    edition = find_edition_of(tx, delivery.workspace_id, delivery.key)
    if edition is not None:
        record_posted(tx, edition, delivery.key, posted_in=posted_in, message_ts=message_ts, now=now)


def _failed(tx: Tx, delivery: Delivery, because: str, now: datetime) -> None:
    edition = find_edition_of(tx, delivery.workspace_id, delivery.key)
    if edition is not None:
        stop_digest(tx, edition, because, now)


def _draw_trouble(tx: Tx, delivery: Delivery, _now: datetime) -> Drawn:
    _, digest = _read(tx, delivery)
    return Unneeded() if digest is None else Ready(trouble_message(digest))


DIGEST_KINDS = {
    **{kind.value: Kind(_draw_first, _sent, _failed) for kind in DigestKind},
    DETAILS: Kind(_draw_details, _sent),
    TROUBLE: Kind(_draw_trouble),
}
