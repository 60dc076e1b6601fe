"""Which digests and briefs are set: by whom, for where, and when the next one comes."""

from collections.abc import Container, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.domain.cadence import Cadence, format_cadence
from bot.domain.cadence_words import UnreadCadenceError, parse_cadence, stored_cadence
from bot.domain.days import zone_of
from bot.domain.digest import WEEK
from bot.errors_digests import NoDigestError, UnclearTimeError
from bot.services.asking import ONCE_IN, Asker
from bot.services.next_times import days_around, slot_after
from bot.services.rights import require_may_send_to
from storage import digests, editions
from storage.database import Tx
from storage.deliveries import promise_delivery
from storage.digests import Digest, DigestKind
from storage.settings import get_settings
from storage.sight import is_person
from storage.workspaces import lock_workspace

WEEKLY = (DigestKind.DIGEST, DigestKind.BRIEF, DigestKind.MINE)
"""All kinds that come by themselves."""


class Going(NamedTuple):
    """What goes where: `place` is a channel, or a person for a direct message."""

    kind: DigestKind
    place: str

    @property
    def channel_id(self) -> str | None:
        return None if is_person(self.place) else self.place


def read_cadence(tx: Tx, asker: Asker, going: Going, words: str, now: datetime) -> Cadence:
    """When one is to come; a weekday and a time alone mean every week. Raises UnclearTimeError."""
    zone = _zone_for(tx, asker, going)
    today = now.astimezone(zone_of(zone)).date()
    try:
        try:
            return parse_cadence(words, zone, today)
        except UnreadCadenceError as error:
            if error.part != "frequency":
                raise
            return parse_cadence(f"weekly {words}", zone, today)
    except UnreadCadenceError as error:
        line = going.kind.value, going.channel_id
        raise UnclearTimeError(*line, error.part, error.typed, error.nearest) from error


def set_digest(tx: Tx, asker: Asker, going: Going, cadence: Cadence, now: datetime) -> Digest:
    """From now on. What was set there before is changed.

    Raises CannotSendThereError, UnknownChannelError.
    """
    require_may_send_to(tx, asker, going.place)
    lock_workspace(tx, asker.workspace_id)
    before = digests.find_digest(tx, asker.workspace_id, *going)
    is_going_on = before is not None and before.cadence is not None
    slot = slot_after(cadence, now, days_around(tx, asker.workspace_id, now), None)
    return digests.save_digest(
        tx,
        asker.workspace_id,
        *going,
        cadence=format_cadence(cadence),
        next_at=None if slot is None else slot.at,
        set_by=asker.person_id,
        # Of a time in which there were none, nobody wants to read all.
        since=before.since if before is not None and is_going_on else None,
        stopped_because=None,
    )


def end_digest(tx: Tx, asker: Asker, going: Going) -> None:
    """No more of them. Raises NoDigestError, CannotSendThereError, UnknownChannelError."""
    require_may_send_to(tx, asker, going.place)
    lock_workspace(tx, asker.workspace_id)
    found = digests.find_digest(tx, asker.workspace_id, *going)
    if found is None or found.cadence is None:
        raise NoDigestError(going.kind.value, going.channel_id)
    ended = {"cadence": None, "next_at": None, "stopped_because": None}
    digests.change_digest(tx, asker.workspace_id, found.id, **ended)


def list_set(tx: Tx, asker: Asker, *kinds: DigestKind) -> tuple[Digest, ...]:
    """Those that the asker may know of: their own, and those of channels that they can be in."""
    return digests.list_known_digests(tx, asker.workspace_id, asker.sight, kinds)


def ask_for_one(tx: Tx, asker: Asker, kind: DigestKind, now: datetime) -> None:
    """One to whoever asks, by direct message: of the last week, or since the last brief that they got."""
    where = tx, asker.workspace_id
    last = editions.find_last_until(*where, kind, asker.person_id)
    if last is not None and timedelta() <= now - last < ONCE_IN:
        return
    if kind is not DigestKind.BRIEF:
        last = None
    edition_id = editions.add_edition(
        *where,
        kind,
        asker.person_id,
        digest_id=None,
        due_at=now,
        since=min(last, now) if last is not None else now - WEEK,
        until=now,
    )
    promise_delivery(*where, key_of(edition_id), kind.value, channel_id=asker.person_id, now=now)


def key_of(edition_id: int, part: int = 0) -> str:
    """The key of the delivery of an edition's message, or of a part of the thread below it."""
    return f"edition:{edition_id}:{part}"


def part_of(key: str) -> tuple[int, int]:
    """The edition and the part of `key_of`."""
    _, edition_id, part = key.split(":")
    return int(edition_id), int(part)


def next_at_of(digest: Digest, now: datetime, days: Container[date]) -> datetime | None:
    """When it comes next, as all stands; None for one that is ended or stopped."""
    if digest.cadence is None or digest.stopped_because is not None:
        return None
    slot = slot_after(stored_cadence(digest.cadence), now, days, digest.since)
    return None if slot is None else slot.at


def keep_digest_times(tx: Tx, workspace_id: str, now: datetime) -> None:
    """Made true again after a change of the workspace's days off. One that is due stays due."""
    days: Mapping[date, str] = days_around(tx, workspace_id, now)
    for each in digests.list_digests(tx, workspace_id, WEEKLY):
        is_waiting = each.next_at is not None and each.next_at <= now
        next_at = next_at_of(each, now, days)
        if not is_waiting and next_at != each.next_at:
            digests.change_digest(tx, workspace_id, each.id, next_at=next_at)


def start_again_in(tx: Tx, workspace_id: str, place: str, because: Container[str], now: datetime) -> None:
    """What had stopped there for one of these reasons goes on."""
    for each in digests.list_digests(tx, workspace_id, WEEKLY, place):
        if each.stopped_because is not None and each.stopped_because in because:
            going = each.model_copy(update={"stopped_because": None})
            next_at = next_at_of(going, now, days_around(tx, workspace_id, now))
            digests.change_digest(tx, workspace_id, each.id, stopped_because=None, next_at=next_at)


def _zone_for(tx: Tx, asker: Asker, going: Going) -> str:
    """Where none is said: that of what is set there, else the workspace's for a channel, else one's own."""
    before = digests.find_digest(tx, asker.workspace_id, *going)
    if before is not None and before.cadence is not None:
        return stored_cadence(before.cadence).zone
    of_workspace = get_settings(tx, asker.workspace_id).zone if going.channel_id else None
    return of_workspace or asker.zone
