"""`digest`, `brief`, `mine`: what comes by itself, or now, in a channel or by direct message."""

from datetime import datetime

from bot import texts_digests
from bot.domain.cadence import Cadence, cadence_in_words
from bot.domain.command_line import channel_in, clean, split_word, unquote, words_in
from bot.domain.digest import WEEK
from bot.errors_digests import UnlinkedChannelError
from bot.services import digests
from bot.services.asking import Asker
from bot.services.digesting import read_week
from bot.services.digests import Going
from bot.slack.commands.command import Asked, Typed, Written
from bot.slack.queries import Query
from bot.slack.views.digests import digests_sheet, where
from bot.slack.views.outcomes import instant
from bot.slack.views.sheet import Sheet
from bot.slack.views.week import week_sheet
from storage.database import Tx
from storage.digests import DigestKind

DIGEST_USAGE = "[[#channel] WHEN | [#channel] off | now]"
DIGEST_EXAMPLES = (
    "digest",
    "digest #general fri 15:00",
    "digest #general every 2 weeks fri 15:00 Europe/Berlin",
    "digest #general off",
    "digest now",
)
BRIEF_USAGE = "[[#channel] WHEN | [#channel] off]"
BRIEF_EXAMPLES = ("brief", "brief #general thu 09:00", "brief thu 09:00", "brief #general off")
MINE_USAGE = "[WHEN | off]"
MINE_EXAMPLES = ("mine", "mine fri 09:00", "mine off")

_COMES = {DigestKind.DIGEST: texts_digests.DIGEST_COMES, DigestKind.BRIEF: texts_digests.BRIEF_COMES}
_OFF = frozenset({"off", "none", "stop", "no"})


def is_written(typed: Typed) -> bool:
    return bool(clean(typed.raw))


def ask_digest(_tx: Tx, _asker: Asker, _typed: Typed, _now: datetime) -> Asked:
    return Asked(Query(name="digest"))


def answer_digest(tx: Tx, asker: Asker, _asked: Asked, _now: datetime) -> Sheet:
    """All that is set, as far as the asker may know."""
    return digests_sheet(digests.list_set(tx, asker, *DigestKind), *DigestKind)


def answer_brief(tx: Tx, asker: Asker, _asked: Asked, _now: datetime) -> Sheet:
    return digests_sheet(digests.list_set(tx, asker, DigestKind.BRIEF), DigestKind.BRIEF)


def ask_mine(_tx: Tx, _asker: Asker, _typed: Typed, _now: datetime) -> Asked:
    return Asked(Query(name="mine"))


def answer_mine(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    """The week of whoever asked, in whichever channel that is read: as much of it as the reader sees."""
    of_person = asked.query.person_id
    record = read_week(
        tx, asker.workspace_id, asker.sight, asker.zone, since=now - WEEK, until=now, of_person=of_person
    )
    return week_sheet(record, of_person=of_person)


def digest(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    if unquote(clean(typed.raw)).lower() == "now":
        return send_now(tx, asker, DigestKind.DIGEST, now)
    return _set_or_end(tx, asker, DigestKind.DIGEST, typed, now)


def brief(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    """Alone, now, by direct message."""
    if unquote(clean(typed.raw)).lower() in {"", "now"}:
        return send_now(tx, asker, DigestKind.BRIEF, now)
    return _set_or_end(tx, asker, DigestKind.BRIEF, typed, now)


def mine(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    return _set_or_end(tx, asker, DigestKind.MINE, typed, now)


def send_now(tx: Tx, asker: Asker, kind: DigestKind, now: datetime) -> Written:
    """Also what a button does."""
    digests.ask_for_one(tx, asker, kind, now)
    return Written(_shown(kind), None, _COMES[kind])


def _set_or_end(tx: Tx, asker: Asker, kind: DigestKind, typed: Typed, now: datetime) -> Written:
    channel_id, rest = _split_channel(kind, typed)
    words = clean(words_in(rest))
    going = Going(kind, channel_id or asker.person_id)
    if unquote(words).lower() in _OFF:
        digests.end_digest(tx, asker, going)
        return Written(_shown(kind), None, texts_digests.ended(kind.value, where(going.place)))
    cadence = digests.read_cadence(tx, asker, going, words, now)
    return Written(_shown(kind), None, _set(tx, asker, going, cadence, now))


def _set(tx: Tx, asker: Asker, going: Going, cadence: Cadence, now: datetime) -> str:
    found = digests.set_digest(tx, asker, going, cadence, now)
    when = instant(found.next_at) if found.next_at else None
    kind, channel_id = going.kind.value, going.channel_id
    said = [texts_digests.is_set(kind, where(going.place), cadence_in_words(cadence), when)]
    said += [texts_digests.has_to_be_in(channel_id)] if channel_id else []
    return " ".join([*said, texts_digests.how_to_end(kind, channel_id)])


def _split_channel(kind: DigestKind, typed: Typed) -> tuple[str | None, str]:
    """The channel that the line begins with, if any, and what follows. One's own week has none."""
    first = split_word(typed.raw)
    channel_id = channel_in(first.word)
    if kind is DigestKind.MINE:
        return None, typed.raw
    if first.word.lower() in _OFF and (after := channel_in(clean(first.rest))):
        # The other way round, as some say it.
        return after, first.word
    if channel_id is None and first.word.startswith("#"):
        raise UnlinkedChannelError(words_in(first.word))
    return channel_id, first.rest if channel_id else typed.raw


def _shown(kind: DigestKind) -> Query:
    """What the answer shows: all that is set of it, or the week itself."""
    return {
        DigestKind.DIGEST: Query(name="digest"),
        DigestKind.BRIEF: Query(name="brief"),
        DigestKind.MINE: Query(name="mine"),
    }[kind]
