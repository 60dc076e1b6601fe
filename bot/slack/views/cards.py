"""What can be done from a card: a menu at each outcome, and two buttons below."""

from collections.abc import Sequence

from bot import texts_charts, texts_forms
from bot.slack import ids
from bot.slack.effects import Message
from bot.slack.memos import Charting, Doing, Wanted
from bot.slack.queries import Query
from bot.slack.views.layout import button, message, overflow, section
from storage.records import Outcome, Project, ProjectState

_UPDATE, _STILL, _ASSIGN = "Update…", "Still true", "Assign to me"


def outcome_menu(project: Project, outcome: Outcome, card: str) -> dict[str, object] | None:
    """`card` is the question that the card answers, encoded. What is archived is not changed."""
    if project.state is ProjectState.ARCHIVED:
        return None
    does = [("update", _UPDATE), ("still", _STILL), ("assign", _ASSIGN)]
    if not outcome.is_open:
        # What is done or dropped needs no more looking at.
        del does[1]
    # As `Doing` encodes it; a model for each choice of each outcome would take as long as the rest.
    choices = [(label, f'{{"do":"{do}","id":{outcome.id},"card":{card}}}') for do, label in does]
    return overflow(f"{ids.OUTCOME}:{outcome.id}", choices)


def form_message(wanted: Wanted) -> Message:
    """Where nothing was clicked: a button that opens the form, for whoever presses it."""
    words = section(texts_forms.FORM_FROM_BUTTON, button(texts_forms.OPEN_FORM, ids.FORM, wanted.encode()))
    return message(words)


def chart_button(project: Project, outcomes: Sequence[Outcome]) -> list[dict[str, object]]:
    """Whoever presses it has a chart posted, where they are. What is archived goes nowhere any more."""
    if project.state is ProjectState.ARCHIVED or not outcomes:
        return []
    return [button(texts_charts.BUTTON, ids.CHART, Charting(project_id=project.id).encode())]


def goal_button(project: Project, query: Query) -> list[dict[str, object]]:
    """What is archived is not changed, and no goal cannot hold."""
    if project.state is ProjectState.ARCHIVED or not project.goal:
        return []
    return [button("Goal still holds", ids.GOAL, Doing(do="goal", card=query).encode())]


def card_buttons(project: Project, outcomes: Sequence[Outcome], query: Query) -> list[dict[str, object]]:
    if project.state is ProjectState.ARCHIVED:
        return []
    edit = Wanted(form="project", project_id=project.id, card=query)
    buttons = [button("Edit", f"{ids.FORM}:project", edit.encode())]
    if any(outcome.is_open for outcome in outcomes):
        buttons.append(button("All still true", ids.STILL, Doing(do="still", card=query).encode()))
    return buttons
