"""`metric`, `member`, `channel`: how an outcome is measured, who takes part, where the project lives."""

from dataclasses import replace
from datetime import datetime

from bot import texts_changes
from bot.domain.command_line import as_typed, channel_in, clean, person_in, split_word, words_in
from bot.domain.status_words import parse_number
from bot.errors import IncompleteCommandError, NotUnderstoodError
from bot.services import editing
from bot.services.asking import Asker
from bot.slack.commands.command import Typed, Write, Written
from bot.slack.commands.writing import (
    begin,
    is_number,
    is_person,
    require_words,
    split_outcome,
    split_verb,
    written,
)
from bot.slack.memos import Wanted
from bot.slack.views.history import value_in_words
from storage.database import Tx

METRIC_USAGE = "PROJECT N START TARGET [UNIT] | PROJECT N none"
METRIC_EXAMPLE = "metric jmte 1 0 52 weeks"
MEMBER_USAGE = "add PROJECT @people | remove PROJECT @people"
MEMBER_EXAMPLES = ("member add jmte me", "member remove jmte me")
CHANNEL_USAGE = "PROJECT #channel"
CHANNEL_EXAMPLE = "channel jmte #proj-jmte"


def metric(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    require_words(typed.raw, f"metric {METRIC_USAGE}", METRIC_EXAMPLE)
    act, rest = begin(tx, asker, typed, now, follows=is_number)
    outcome, rest = split_outcome(act, rest)
    start, target = split_word(rest), split_word(split_word(rest).rest)
    numbers = [parse_number(word) for word in (start.word, target.word)]
    if clean(rest).lower() == "none":
        act.change_outcome(outcome, "metric", None)
        said = texts_changes.outcome_measured(outcome.number, None)
    elif None in numbers or numbers[0] == numbers[1]:
        raise IncompleteCommandError(f"metric {METRIC_USAGE}", METRIC_EXAMPLE)
    else:
        unit = editing.require_short(clean(as_typed(target.rest)), editing.LONGEST_UNIT)
        act.change_outcome(outcome, "metric", [*numbers, unit])
        way = value_in_words("metric", [*numbers, unit])
        said = texts_changes.outcome_measured(outcome.number, way)
    return written(act, "outcomes", said, outcome=outcome)


def member(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written | Wanted:
    """`member add` or `remove`, of one person or several."""
    verbs: dict[str, Write] = {"add": _change_members, "remove": _change_members}
    verb, of = split_verb(typed, verbs, MEMBER_USAGE, MEMBER_EXAMPLES[0])
    return verb(tx, asker, of, now)


def _change_members(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    act, rest = begin(tx, asker, typed, now, follows=is_person)
    usage = f"{typed.name} PROJECT @people"
    words = require_words(rest, usage, MEMBER_EXAMPLES[0]).replace(",", " ").split()
    people = [person_in(word) or (asker.person_id if word.lower() == "me" else None) for word in words]
    for word, person_id in zip(words, people, strict=True):
        if person_id is None:
            raise NotUnderstoodError("person", words_in(word))
        change = editing.add_member if typed.name == "member add" else editing.remove_member
        change(act, person_id)
    return written(act, "show", texts_changes.TEAM)


def channel(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    act, rest = begin(tx, asker, typed, now, follows=lambda _first: False, reaches_others=True)
    channel_id = channel_in(clean(rest))
    if channel_id is None:
        raise IncompleteCommandError(f"channel {CHANNEL_USAGE}", CHANNEL_EXAMPLE)
    editing.set_channel(act, channel_id)
    return replace(written(act, "show", texts_changes.CHANNEL), offers_check_ins=not act.is_empty)
