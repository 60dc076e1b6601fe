"""The kinds of deliveries that are a digest or a brief: how each is drawn, and what follows."""

from collections.abc import Sequence
from datetime import datetime

from bot.services.digesting import read_brief, read_digest, read_week
from bot.services.digests import part_of
from bot.services.editions import DETAILS, TROUBLE, find_edition_of, record_posted, stop_digest
from bot.slack.effects import Message
from bot.slack.kinds import Drawn, Kind, Ready, Unneeded
from bot.slack.views.brief import brief_messages
from bot.slack.views.digest import digest_messages
from bot.slack.views.digest_lines import why
from bot.slack.views.digests import trouble_message
from bot.slack.views.week import week_messages
from storage.database import Tx
from storage.deliveries import Delivery
from storage.digests import DigestKind, find_digest_by_id
from storage.editions import Edition
from storage.people import NO_ZONE, find_person
from storage.sight import Sight


def _messages(tx: Tx, edition: Edition) -> Sequence[Message]:
    """All of an edition: the first message, and those of its thread."""
    match edition.kind:
        case DigestKind.DIGEST:
            return digest_messages(read_digest(tx, edition))
        case DigestKind.BRIEF:
            return brief_messages(read_brief(tx, edition))
        case DigestKind.MINE:
            return _week(tx, edition)


def _week(tx: Tx, edition: Edition) -> Sequence[Message]:
    person = find_person(tx, edition.workspace_id, edition.place)
    record = read_week(
        tx,
        edition.workspace_id,
        Sight(edition.place),
        person.zone if person else NO_ZONE,
        since=edition.since,
        until=edition.until,
    )
    digest = find_digest_by_id(tx, edition.workspace_id, edition.digest_id or 0)
    return week_messages(record, why(edition, digest))


def _draw_first(tx: Tx, delivery: Delivery, _now: datetime) -> Drawn:
    edition = find_edition_of(tx, delivery.workspace_id, delivery.key)
    if edition is None or _is_ended(tx, edition):
        return Unneeded()
    return Ready(_messages(tx, edition)[0])


def _is_ended(tx: Tx, edition: Edition) -> bool:
    """Somebody has ended it since it was promised."""
    if edition.digest_id is None:
        return False
    digest = find_digest_by_id(tx, edition.workspace_id, edition.digest_id)
    return digest is None or digest.cadence is None


def _draw_details(tx: Tx, delivery: Delivery, _now: datetime) -> Drawn:
    """Unneeded behind the last one: each part promises the next, so that none is lost that came meanwhile."""
    edition = find_edition_of(tx, delivery.workspace_id, delivery.key)
    if edition is None or edition.message_ts is None:
        return Unneeded()
    messages, part = _messages(tx, edition), part_of(delivery.key)[1]
    if part >= len(messages):
        return Unneeded(edition.message_ts)
    return Ready(messages[part], edition.message_ts)


def _sent(tx: Tx, delivery: Delivery, posted_in: str, message_ts: str, now: datetime) -> None:
    edition = find_edition_of(tx, delivery.workspace_id, delivery.key)
    if edition is not None:
        record_posted(tx, edition, delivery.key, posted_in=posted_in, message_ts=message_ts, now=now)


def _failed(tx: Tx, delivery: Delivery, because: str, now: datetime) -> None:
    edition = find_edition_of(tx, delivery.workspace_id, delivery.key)
    if edition is not None:
        stop_digest(tx, edition, because, now)


def _draw_trouble(tx: Tx, delivery: Delivery, _now: datetime) -> Drawn:
    edition = find_edition_of(tx, delivery.workspace_id, delivery.key)
    id_ = edition.digest_id if edition is not None else None
    digest = find_digest_by_id(tx, delivery.workspace_id, id_ or 0)
    return Unneeded() if digest is None else Ready(trouble_message(digest))


DIGEST_KINDS = {
    **{kind.value: Kind(_draw_first, _sent, _failed) for kind in DigestKind},
    DETAILS: Kind(_draw_details, _sent),
    TROUBLE: Kind(_draw_trouble),
}
