"""`schedule`, `skip`, `checkin`, `preview`: when a project is asked, and what will be posted."""

import re
from dataclasses import replace
from datetime import date, datetime

from bot import texts_changes, texts_check_ins
from bot.domain.command_line import First, clean, split_first, unquote, words_in
from bot.errors import SurplusWordsError
from bot.services import digests, pausing, planning, scheduling
from bot.services.asking import Asker
from bot.services.dating import read_day
from bot.services.finding import find_meant_project, is_called
from bot.slack.commands.command import Asked, Typed, Written
from bot.slack.commands.projects import get_project
from bot.slack.commands.writing import begin, is_nothing, written
from bot.slack.queries import Query
from bot.slack.views.outcomes import instant
from bot.slack.views.schedules import preview_sheet, schedule_sheet
from bot.slack.views.sheet import Sheet
from storage.database import Tx
from storage.digests import DigestKind

SCHEDULE_USAGE = "[PROJECT] [WHEN | off]"
SCHEDULE_EXAMPLES = (
    "schedule jmte weekly mon 09:30 Europe/Berlin",
    "schedule jmte every 2 weeks thu 16:00",
    "schedule jmte monthly first tue 10:00",
    "schedule jmte off",
)
_WHEN = re.compile(
    r"(?i)(?:weekly|bi-?weekly|fortnightly|monthly|every|each|once|the|first|second|third|fourth|last|off|on|"
    r"1st|2nd|3rd|4th|(?:mon|tues?|weds?|wednes|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?)[.,]?"
)


def is_schedule_written(typed: Typed) -> bool:
    """One word, or several in quotation marks, name a project whose schedule is to be shown."""
    first = split_first(typed.raw)
    return bool(first.rest) or _is_when(first)


def ask_schedule(tx: Tx, asker: Asker, typed: Typed, _now: datetime) -> Asked:
    words = typed.rest if words_in(typed.rest) else ""
    project = find_meant_project(tx, asker, words, command=typed.name)
    return Asked(Query(name="schedule", project_id=project.id), project)


def answer_schedule(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    project = get_project(tx, asker, asked)
    return schedule_sheet(planning.read_plan(tx, asker, project, now), asker.person_id)


def schedule(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    if not _is_when(split_first(typed.raw)) and is_called(tx, asker, typed.rest):
        # Several words that a project is called by are no cadence of another.
        return Written(ask_schedule(tx, asker, typed, now).query, None, "")
    act, rest = begin(tx, asker, typed, now, follows=_is_when)
    words = clean(words_in(rest))
    if not words:
        # A project of several words, or one that is called like a part of a cadence.
        return Written(Query(name="schedule", project_id=act.project.id), None, "")
    if unquote(words).lower() == "off":
        scheduling.set_cadence(act, None)
        return written(act, "schedule", texts_check_ins.OFF)
    cadence = scheduling.read_cadence(tx, asker, act.project, words, now)
    scheduling.set_cadence(act, cadence)
    return written(act, "schedule", texts_check_ins.scheduled(scheduling.words_of(cadence)))


def skip(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    act, rest = begin(tx, asker, typed, now, follows=is_nothing)
    _require_nothing(typed, rest)
    slot = scheduling.skip_next(act)
    return written(act, "schedule", texts_check_ins.skipped(instant(slot.at)))


def check_in(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    act, rest = begin(tx, asker, typed, now, follows=is_nothing)
    _require_nothing(typed, rest)
    scheduling.check_in_now(act)
    # That people were asked cannot be taken back.
    return replace(written(act, "schedule", ""), act_id=None, said=texts_check_ins.BEGUN)


def pause_until(tx: Tx, asker: Asker, typed: Typed, now: datetime, until: str) -> Written:
    """`typed` is all that stands before "until"."""
    act, rest = begin(tx, asker, typed, now, follows=is_nothing, reaches_others=True)
    _require_nothing(typed, rest)
    day = read_day(asker, until, now, "future")
    pausing.pause_until(act, day)
    return written(act, "show", texts_check_ins.paused_until(_in_words(day)))


def ask_preview(tx: Tx, asker: Asker, typed: Typed, _now: datetime) -> Asked:
    """Of all that the person sees, unless a project is named."""
    words = typed.rest if words_in(typed.rest) else ""
    if not words:
        return Asked(Query(name="preview"))
    project = find_meant_project(tx, asker, words, command=typed.name)
    return Asked(Query(name="preview", project_id=project.id), project)


def answer_preview(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    project = None if asked.query.project_id is None else get_project(tx, asker, asked)
    planned = planning.list_ahead(tx, asker, project, now)
    comes = () if project else digests.list_set(tx, asker, *DigestKind)
    return preview_sheet(planned, project, now, comes)


def _is_when(first: First) -> bool:
    return _WHEN.fullmatch(first.word) is not None


def _require_nothing(typed: Typed, rest: str) -> None:
    if clean(rest):
        raise SurplusWordsError(f"{typed.name} PROJECT", words_in(rest))


def _in_words(day: date) -> str:
    return texts_changes.day_in_words(day)
