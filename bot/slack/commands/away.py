"""`away`: until which day somebody is not asked."""

from datetime import date, datetime

from bot import texts_changes, texts_quiet
from bot.domain.command_line import clean, split_word, words_in
from bot.errors import IncompleteCommandError
from bot.services import absence
from bot.services.asking import Asker
from bot.services.dating import read_day
from bot.slack.commands.command import Asked, Typed, Written
from bot.slack.queries import Query
from bot.slack.views.away import away_sheet
from bot.slack.views.sheet import Sheet
from storage.database import Tx

AWAY_USAGE = "[until DATE | off]"
AWAY_EXAMPLES = ("away until 7 Jan", "away until next monday", "away for 2 weeks", "away", "away off")

_UNTIL = frozenset({"until", "till", "til", "to"})
_OFF = frozenset({"off", "back", "over", "none", "no"})


def is_away_written(typed: Typed) -> bool:
    return bool(clean(typed.raw))


def ask_away(_tx: Tx, _asker: Asker, _typed: Typed, _now: datetime) -> Asked:
    return Asked(Query(name="away"))


def answer_away(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    """How it stands with whoever asked, in whichever channel that is read."""
    person_id = asked.query.person_id
    found = absence.find_own_absence(tx, asker, person_id or asker.person_id, now)
    return away_sheet(found, of_person=person_id)


def away(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    """`until DATE`, `for TWO WEEKS`, or `off`."""
    words = clean(words_in(typed.raw))
    if words.lower() in _OFF:
        return come_back(tx, asker, now)
    is_new = absence.go_away(tx, asker, _day_in(asker, words, now), now)
    return Written(_own(asker), None, "" if is_new else texts_changes.UNCHANGED)


def come_back(tx: Tx, asker: Asker, now: datetime) -> Written:
    """Also what the button does."""
    was_away = absence.come_back(tx, asker, now)
    return Written(_own(asker), None, texts_quiet.BACK if was_away else texts_changes.UNCHANGED)


def _own(asker: Asker) -> Query:
    query = Query(name="away")
    return query.of_person(asker.person_id) if asker.heard_in else query


def _day_in(asker: Asker, words: str, now: datetime) -> date:
    first = split_word(words)
    is_until, is_for = first.word.lower() in _UNTIL, first.word.lower() == "for"
    if (is_until or is_for) and not first.rest:
        raise IncompleteCommandError(f"away {AWAY_USAGE}", AWAY_EXAMPLES[0])
    if is_for:
        return read_day(asker, f"in {first.rest}", now, "future")
    return read_day(asker, first.rest if is_until else words, now, "future")
