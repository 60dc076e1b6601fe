"""`show`, `goal`, `outcomes`, `links`: one project, or a part of it."""

import re
from dataclasses import replace
from datetime import datetime

from bot.domain.command_line import clean, number_in, words_in
from bot.errors import IncompleteCommandError, UnknownOutcomeError
from bot.services import reading
from bot.services.asking import Asker
from bot.services.dating import end_of_past_day, read_day
from bot.services.finding import find_meant_project, get_named_project, is_called
from bot.services.past import read_record_at
from bot.services.rights import require_shown
from bot.slack.commands.command import Asked, Typed
from bot.slack.queries import Query
from bot.slack.views import projects as views
from bot.slack.views.sheet import Sheet
from storage.database import Tx
from storage.records import Outcome, Project

_ON = re.compile(r"(?:^|\s)(?:--|\u2013|\u2014)on(?:$|[\s=]+(.*)$)", re.IGNORECASE)
"""Some keyboards make one dash of two."""


def ask(tx: Tx, asker: Asker, typed: Typed, _now: datetime) -> Asked:
    # A pair of quotation marks with nothing between them names nothing.
    words = typed.rest if words_in(typed.rest) else ""
    project = find_meant_project(tx, asker, words, command=typed.name)
    return Asked(Query.model_validate({"name": typed.name, "project_id": project.id}), project)


def ask_show(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Asked:
    """With `--on DATE` behind the project: as it was at the end of that day, where the person is."""
    match = _ON.search(typed.rest)
    if match is None:
        return ask(tx, asker, typed, now)
    words = clean(words_in(match[1] or ""))
    if not words:
        raise IncompleteCommandError("show PROJECT --on DATE", "show jmte --on 2026-06-01")
    asked = ask(tx, asker, replace(typed, rest=typed.rest[: match.start()]), now)
    day = read_day(asker, words, now, "past")
    at = end_of_past_day(asker, day, now)
    return replace(asked, query=asked.query.model_copy(update={"on": day, "at": at}))


def answer_show(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    project, query = get_project(tx, asker, asked), asked.query
    if query.at is None:
        return views.record_sheet(reading.read_shown_record(tx, asker, project, now), query, now)
    past = read_record_at(tx, asker, project, query.at)
    return views.past_sheet(past, query.at, query.on or query.at.date())


def answer_goal(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    return views.goal_sheet(get_project(tx, asker, asked), asked.query, now)


def answer_outcomes(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    project = get_project(tx, asker, asked)
    record = reading.read_outcomes(tx, project)
    if asked.query.outcome_id is None:
        return views.outcomes_sheet(project, record, asked.query, now)
    # One that is off the record by now has left the others.
    only = tuple(outcome for outcome in record if outcome.id == asked.query.outcome_id) or record
    return views.outcomes_sheet(project, only, asked.query, now)


def answer_links(tx: Tx, asker: Asker, asked: Asked, _now: datetime) -> Sheet:
    project = get_project(tx, asker, asked)
    return views.links_sheet(project, reading.read_parts(tx, asker, project))


def find_project_and_outcome(tx: Tx, asker: Asker, typed: Typed) -> tuple[Project, Outcome | None]:
    """A number at the end asks for one outcome; a project may be called by several words.

    Raises as `find_meant_project`, and UnknownOutcomeError.
    """
    words = typed.rest.split()
    number = number_in(words[-1]) if words else None
    if number is None or is_called(tx, asker, typed.rest):
        rest = typed.rest if words_in(typed.rest) else ""
        return find_meant_project(tx, asker, rest, command=typed.name), None
    project = find_meant_project(tx, asker, " ".join(words[:-1]), command=typed.name)
    record = reading.read_outcomes(tx, project)
    if not 1 <= number <= len(record):
        raise UnknownOutcomeError(project.slug, words[-1], len(record))
    return project, record[number - 1]


def get_project(tx: Tx, asker: Asker, asked: Asked) -> Project:
    """The project that is asked about. Raises GoneProjectError, and OnlyThereError where others read it."""
    found = asked.project or get_named_project(tx, asker, asked.query.project_id or 0)
    return require_shown(asker, found)
