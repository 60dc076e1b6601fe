"""`due`: when an outcome is to be reached."""

from datetime import datetime

from bot import texts_changes
from bot.domain.command_line import clean, words_in
from bot.services.asking import Asker
from bot.services.dating import change_due, read_day
from bot.slack.commands.command import Typed, Written
from bot.slack.commands.writing import begin, is_number, require_words, split_outcome, written
from storage.database import Tx

DUE_USAGE = "PROJECT N DATE | PROJECT N none"
DUE_EXAMPLE = "due jmte 2 24 Dec"
DUE_EXAMPLES = (DUE_EXAMPLE, "due jmte 2 next friday", "due jmte 2 none")

_NO_DATE = frozenset({"none", "never", "nothing", "-"})


def due(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    usage = f"due {DUE_USAGE}"
    require_words(typed.raw, usage, DUE_EXAMPLE)
    act, rest = begin(tx, asker, typed, now, follows=is_number)
    require_words(rest, usage, DUE_EXAMPLE)
    outcome, rest = split_outcome(act, rest)
    words = clean(words_in(require_words(rest, usage, DUE_EXAMPLE)))
    day = None if words.lower() in _NO_DATE else read_day(asker, words, now, "future")
    change_due(act, outcome, day)
    return written(act, "outcomes", texts_changes.due(outcome.number, day), outcome=outcome)
