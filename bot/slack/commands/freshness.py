"""`freshness` and `status`: when outcomes are due and stale, and how the whole stands."""

from contextlib import suppress
from datetime import datetime

from bot import texts_freshness
from bot.domain.command_line import First, as_typed, clean, number_in, split_word, unquote, words_in
from bot.domain.status_words import parse_said
from bot.domain.threshold_words import USUAL, parse_thresholds
from bot.errors import IncompleteCommandError, UnknownProjectError
from bot.errors_freshness import UnknownWholeStatusError
from bot.services import freshness as services
from bot.services import reading
from bot.services.asking import Asker
from bot.services.finding import find_called_project
from bot.slack.commands.command import Asked, Typed, Written
from bot.slack.commands.projects import get_project
from bot.slack.commands.writing import begin, split_outcome, written
from bot.slack.queries import Query
from bot.slack.views.freshness import freshness_sheet
from bot.slack.views.sheet import Sheet
from storage.database import Tx
from storage.records import OutcomeStatus, Thresholds
from storage.settings import get_settings

FRESHNESS_USAGE = "[PROJECT] [N] [due DAYS stale DAYS | usual]"
FRESHNESS_EXAMPLES = (
    "freshness jmte",
    "freshness jmte due 10 stale 30",
    "freshness jmte 2 due 30 stale 90",
    "freshness jmte usual",
)
STATUS_USAGE = "[PROJECT] [STATUS | usual]"
STATUS_EXAMPLES = ("status jmte", "status jmte at risk", "status jmte usual")


def is_freshness_written(typed: Typed) -> bool:
    """Whether the line ends in numbers of days, or says that the usual ones hold again."""
    words = clean(words_in(typed.raw)).split()
    return bool(words) and (words[-1].lower() in USUAL or _says_days(words))


def _says_days(words: list[str]) -> bool:
    # A project may have a number in its name; two of them, or a word for it, are days.
    said = [word.lower() for word in words[1:]]
    return "due" in said or "stale" in said or any(parse_thresholds(" ".join(said[n:])) for n in (0, 1))


def answer_freshness(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    project = get_project(tx, asker, asked)
    outcomes = reading.read_outcomes(tx, project)
    return freshness_sheet(project, outcomes, get_settings(tx, asker.workspace_id), now)


def freshness(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    act, rest = begin(tx, asker, typed, now, follows=_is_freshness)
    outcome = None
    if number_in(split_word(rest).word) is not None and parse_thresholds(_words(rest)) is None:
        outcome, rest = split_outcome(act, rest)
    services.set_thresholds(act, outcome, thresholds_in(rest, f"freshness {FRESHNESS_USAGE}", typed.name))
    is_usual = _words(rest).lower() in USUAL
    said = texts_freshness.FRESHNESS_USUAL if is_usual else texts_freshness.FRESHNESS_CHANGED
    return written(act, "freshness", said)


def thresholds_in(rest: str, usage: str, name: str) -> Thresholds | None:
    """None for the usual ones. Raises IncompleteCommandError."""
    words = _words(rest)
    if words.lower() in USUAL:
        return None
    found = parse_thresholds(words)
    if found is None:
        example = FRESHNESS_EXAMPLES[1] if name == "freshness" else "settings freshness due 7 stale 21"
        raise IncompleteCommandError(usage, example)
    return found


def _is_freshness(first: First) -> bool:
    return number_in(first.word) is not None or first.word.lower() in {"due", "stale", *USUAL}


def _words(rest: str) -> str:
    return unquote(clean(words_in(rest)))


def is_status_written(typed: Typed) -> bool:
    """Whether something follows the first word, or the words in quotation marks."""
    return bool(split_word(clean(typed.raw)).rest) or _status(typed.raw) is not None


def status(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    with suppress(UnknownProjectError):
        # Several words may be a project's name, and nothing is said of it.
        project = find_called_project(tx, asker, typed.rest, command="status")
        return Written(Query(name="status", project_id=project.id), None, "")
    act, rest = begin(tx, asker, typed, now, follows=_is_status)
    words = _words(rest)
    if words.lower() in USUAL:
        services.set_own_status(act, None)
        return written(act, "status", texts_freshness.STATUS_FOLLOWS)
    found = _status(words)
    if found is None:
        raise UnknownWholeStatusError(act.project.slug, as_typed(rest))
    services.set_own_status(act, found)
    return written(act, "status", texts_freshness.STATUS_SAID)


def _is_status(first: First) -> bool:
    return first.word.lower() in USUAL or _status(f"{first.word} {first.rest}") is not None


def _status(words: str) -> OutcomeStatus | None:
    said = parse_said(words, is_measured=False)
    return None if said is None or said.note else said.status
