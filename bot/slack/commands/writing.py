"""What all commands that write have in common: the project, the number, the person in what was typed."""

from dataclasses import replace
from datetime import datetime

from bot import texts_changes
from bot.domain.command_line import (
    First,
    as_typed,
    clean,
    number_in,
    person_in,
    split_word,
    unquote,
    words_in,
)
from bot.errors import IncompleteCommandError, NotUnderstoodError, UnknownOutcomeError
from bot.errors_rights import NotAllowedError
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.editing import get_outcome, require_open, require_short
from bot.services.finding import Follows, find_project_and_rest
from bot.slack.commands.command import Typed, Write, Written
from bot.slack.queries import Query
from storage.database import Tx
from storage.records import Outcome, UpdateSource

_NOBODY = frozenset({"nobody", "none", "-"})


def is_text(_first: First) -> bool:
    """Any words can be a text."""
    return True


def is_number(first: First) -> bool:
    return number_in(first.word) is not None


def is_person(first: First) -> bool:
    return person_in(first.word) is not None or first.word.lower() in {"me", *_NOBODY}


def is_address(first: First) -> bool:
    return "://" in first.word


def is_last(first: First) -> bool:
    """One word, or several in quotation marks, with nothing behind."""
    return not first.rest


def is_nothing(_first: First) -> bool:
    """Nothing comes after the project."""
    return False


def begin(
    tx: Tx,
    asker: Asker,
    typed: Typed,
    now: datetime,
    *,
    follows: Follows = is_text,
    may_be_archived: bool = False,
    reaches_others: bool = False,
) -> tuple[Act, str]:
    """The act, and what was typed after the project. `typed.name` is all that stands before the project.

    `follows`: whether a text begins with what has to come after the project. `reaches_others`: see Act.
    """
    named = find_project_and_rest(tx, asker, typed.raw, command=typed.name, follows=follows)
    try:
        act = Act.begin(tx, asker, named.project.id, UpdateSource.COMMAND, now, reaches_others=reaches_others)
    except NotAllowedError as error:
        raise replace(error, rest=named.rest) from error
    if not may_be_archived:
        require_open(act, named.rest)
    return act, named.rest


def split_outcome(act: Act, rest: str) -> tuple[Outcome, str]:
    """The outcome that the first word counts, and what follows. Raises UnknownOutcomeError."""
    first = split_word(rest)
    try:
        return get_outcome(act, number_in(first.word), words_in(first.word)), first.rest
    except UnknownOutcomeError as error:
        raise replace(error, rest=first.rest) from error


def text_in(rest: str) -> str:
    """A text as it was typed. Raises TextTooLongError."""
    return require_short(as_typed(rest))


def person_meant(asker: Asker, rest: str) -> str | None:
    """A mention, `me`, or None for `nobody`. Raises NotUnderstoodError."""
    found = person_in(clean(rest))
    word = unquote(clean(rest)).lower()
    if found is None and word not in {"me", *_NOBODY}:
        raise NotUnderstoodError("person", words_in(rest))
    return found or (asker.person_id if word == "me" else None)


def split_verb(typed: Typed, verbs: dict[str, Write], usage: str, example: str) -> tuple[Write, Typed]:
    """What the first word after the command says to do, and to what."""
    first = split_word(typed.raw)
    verb = verbs.get(first.word.lower())
    if verb is None or not first.rest:
        raise IncompleteCommandError(f"{typed.name} {usage}", example)
    return verb, replace(typed, name=f"{typed.name} {first.word.lower()}", raw=first.rest)


def require_words(rest: str, usage: str, example: str) -> str:
    """What was typed. Raises IncompleteCommandError when nothing was."""
    if not clean(rest):
        raise IncompleteCommandError(usage, example)
    return rest


def written(act: Act, query: str, said: str, *, outcome: Outcome | None = None) -> Written:
    """`query` is the command that shows what was changed."""
    shown = Query.model_validate(
        {"name": query, "project_id": act.project.id, "outcome_id": outcome and outcome.id}
    )
    if act.is_empty:
        return Written(shown, None, texts_changes.UNCHANGED)
    return Written(shown, act.id, said)
