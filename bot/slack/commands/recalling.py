"""`undo` and `history`: what was changed, and taking it back."""

from datetime import datetime

from bot import texts_changes
from bot.domain.command_line import clean, words_in
from bot.errors import SurplusWordsError
from bot.services import reading, undoing
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.slack.commands.command import Asked, Typed, Written
from bot.slack.commands.projects import find_project_and_outcome, get_project
from bot.slack.queries import Query
from bot.slack.views.history import history_sheet
from bot.slack.views.projects import top
from bot.slack.views.sheet import Sheet
from storage import history
from storage.database import Tx
from storage.history_records import ORDER, WHOLE, ChangedItem
from storage.records import UpdateSource


def undo(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    """The last change, of whatever project: one that was named could be another."""
    if clean(typed.rest):
        raise SurplusWordsError("undo", words_in(typed.rest))
    return undone(tx, undoing.undo(tx, asker, None, UpdateSource.COMMAND, now))


def undone(tx: Tx, act: Act) -> Written:
    """What the record says now where something was taken back, or done again."""
    changes = history.list_changes_of_act(tx, act.asker.workspace_id, act.id)
    item, item_id = changes[0].item, changes[0].item_id
    name = {
        ChangedItem.OUTCOME: "outcomes",
        ChangedItem.LINK: "links",
        ChangedItem.SCHEDULE: "schedule",
    }.get(item, "show")
    if [change.field for change in changes] == ["goal"]:
        name = "goal"
    shown: dict[str, object] = {"name": name, "project_id": act.project.id}
    if item is ChangedItem.OUTCOME and changes[0].field not in {WHOLE, ORDER}:
        shown["outcome_id"] = item_id
    said = texts_changes.UNDONE if act.undoes else texts_changes.REDONE
    return Written(Query.model_validate(shown), act.id, said, is_undoing=act.undoes is not None)


def ask_history(tx: Tx, asker: Asker, typed: Typed, _now: datetime) -> Asked:
    project, outcome = find_project_and_outcome(tx, asker, typed)
    query = Query(name="history", project_id=project.id, outcome_id=None if outcome is None else outcome.id)
    return Asked(query, project)


def answer_history(tx: Tx, asker: Asker, asked: Asked, _now: datetime) -> Sheet:
    project = get_project(tx, asker, asked)
    query = asked.query
    found = reading.read_history(tx, asker, project, query.outcome_id, query.page)
    return history_sheet(top(project, [texts_changes.HISTORY]), found)
