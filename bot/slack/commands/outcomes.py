"""`update`, `outcome`, `assign`: what is changed of an outcome."""

from dataclasses import replace
from datetime import datetime

from bot import texts_changes
from bot.domain.command_line import as_typed, clean, number_in, split_word, words_in
from bot.domain.status_words import parse_said
from bot.errors import IncompleteCommandError, SurplusWordsError, UnknownStatusError
from bot.services import editing
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.finding import find_own_project
from bot.slack.commands.command import Typed, Written
from bot.slack.commands.writing import (
    begin,
    is_number,
    person_meant,
    require_words,
    split_outcome,
    text_in,
    written,
)
from bot.slack.memos import Wanted
from storage.database import Tx
from storage.records import Outcome

UPDATE_USAGE = "[PROJECT] [N] [STATUS] [NOTE]"
UPDATE_EXAMPLE = "update jmte 2 at risk: waiting for the grant office"
OUTCOME_USAGE = "add PROJECT TEXT | edit PROJECT N [TEXT] | move PROJECT N TO | drop PROJECT N"
OUTCOME_EXAMPLES = (
    "outcome add jmte Costs are published",
    "outcome edit jmte 3 Costs are published every month",
    "outcome move jmte 3 1",
    "outcome drop jmte 3",
)
ASSIGN_USAGE = "PROJECT N @person"
ASSIGN_EXAMPLE = "assign jmte 2 me"


def update(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written | Wanted:
    """An update; without a status, the form for it, and without a number, to choose the outcome in, too."""
    if not clean(typed.raw):
        own = find_own_project(tx, asker)
        return Wanted(form="update", project_id=own and own.id, vouches=True)
    act, rest = begin(tx, asker, typed, now, follows=is_number)
    if not clean(rest):
        return Wanted(form="update", project_id=act.project.id, vouches=True)
    outcome, rest = split_outcome(act, rest)
    words = as_typed(rest)
    if not clean(rest):
        return _wanted(act, outcome, vouches=True)
    said = parse_said(words, is_measured=outcome.metric is not None)
    if said is None:
        raise UnknownStatusError(words, f"update {act.project.slug} {outcome.number}")
    editing.say(act, outcome, said)
    return written(act, "outcomes", texts_changes.outcome_said(outcome.number), outcome=outcome)


def _wanted(act: Act, outcome: Outcome, *, vouches: bool = False) -> Wanted:
    return Wanted(form="outcome", project_id=act.project.id, outcome_id=outcome.id, vouches=vouches)


def outcome(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written | Wanted:
    """`outcome add`, `edit`, `move` or `drop`."""
    first = split_word(typed.raw)
    verb = _VERBS.get(first.word.lower())
    if verb is None or not first.rest:
        raise IncompleteCommandError(f"outcome {OUTCOME_USAGE}", OUTCOME_EXAMPLES[0])
    return verb(tx, asker, replace(typed, name=f"outcome {first.word.lower()}", raw=first.rest), now)


def _add(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    act, rest = begin(tx, asker, typed, now)
    text = text_in(require_words(rest, "outcome add PROJECT TEXT", OUTCOME_EXAMPLES[0]))
    outcome_id = act.add_outcome(text)
    added = next(each for each in act.outcomes if each.id == outcome_id)
    return written(act, "outcomes", texts_changes.outcome_added(added.number), outcome=added)


def _edit(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written | Wanted:
    act, rest = begin(tx, asker, typed, now, follows=is_number)
    edited, rest = split_outcome(act, rest)
    if not clean(rest):
        return _wanted(act, edited)
    text = text_in(rest)
    act.change_outcome(edited, "text", text)
    return written(act, "outcomes", texts_changes.outcome_changed(edited.number), outcome=edited)


def _move(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    act, rest = begin(tx, asker, typed, now, follows=is_number)
    moved, rest = split_outcome(act, rest)
    to = words_in(require_words(rest, "outcome move PROJECT N TO", OUTCOME_EXAMPLES[2]))
    editing.move_outcome(act, moved, number_in(to.lower().removeprefix("to ")), to)
    after = next(each.number for each in act.outcomes if each.id == moved.id)
    return written(act, "outcomes", texts_changes.outcome_moved(moved.number, after))


def _drop(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    act, rest = begin(tx, asker, typed, now, follows=is_number)
    dropped, rest = split_outcome(act, rest)
    if rest:
        # It could be that more was meant than one outcome.
        raise SurplusWordsError("outcome drop PROJECT N", words_in(rest))
    count = editing.drop_outcome(act, dropped)
    return written(act, "outcomes", texts_changes.outcome_dropped(dropped.number, count))


_VERBS = {"add": _add, "edit": _edit, "move": _move, "drop": _drop}


def assign(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    require_words(typed.raw, f"assign {ASSIGN_USAGE}", ASSIGN_EXAMPLE)
    act, rest = begin(tx, asker, typed, now, follows=is_number)
    require_words(rest, f"assign {ASSIGN_USAGE}", ASSIGN_EXAMPLE)
    assigned, rest = split_outcome(act, rest)
    person_id = person_meant(asker, require_words(rest, f"assign {ASSIGN_USAGE}", ASSIGN_EXAMPLE))
    editing.assign_outcome(act, assigned, person_id)
    said = texts_changes.owned(f"Outcome {assigned.number}", person_id)
    return written(act, "outcomes", said, outcome=assigned)
