"""`show`, `goal`, `outcomes`, `links`: one project, or a part of it."""

from datetime import datetime

from bot.domain.command_line import words_in
from bot.services import reading
from bot.services.asking import Asker
from bot.services.finding import find_meant_project, get_named_project
from bot.slack.commands.command import Asked, Typed
from bot.slack.queries import Query
from bot.slack.views import projects as views
from bot.slack.views.sheet import Sheet
from storage.database import Tx
from storage.records import Project


def ask(tx: Tx, asker: Asker, typed: Typed) -> Asked:
    # A pair of quotation marks with nothing between them names nothing.
    words = typed.rest if words_in(typed.rest) else ""
    project = find_meant_project(tx, asker, words, command=typed.name)
    return Asked(Query.model_validate({"name": typed.name, "project_id": project.id}), project)


def answer_show(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    return views.record_sheet(reading.read_record(tx, get_project(tx, asker, asked)), asked.query, now)


def answer_goal(tx: Tx, asker: Asker, asked: Asked, _now: datetime) -> Sheet:
    return views.goal_sheet(get_project(tx, asker, asked))


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
    return views.links_sheet(project, reading.read_parts(tx, project))


def get_project(tx: Tx, asker: Asker, asked: Asked) -> Project:
    """The project that is asked about. Raises GoneProjectError."""
    return asked.project or get_named_project(tx, asker.workspace_id, asked.query.project_id or 0)
