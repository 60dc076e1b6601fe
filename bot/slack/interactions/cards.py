"""The menus and buttons of cards that change something: the answer is the card as it is then."""

from datetime import datetime

from bot import texts_changes, texts_forms, texts_freshness
from bot.errors import OutdatedButtonError
from bot.services import editing
from bot.services.changing import Act
from bot.services.finding import get_named_project
from bot.services.freshness import confirm_goal
from bot.slack.commands.command import Written
from bot.slack.effects import Effect, OpenView, Reply, Where
from bot.slack.interactions.answering import show_written
from bot.slack.interactions.asking import asker_of
from bot.slack.interactions.forms import build_form, origin_of
from bot.slack.memos import Doing, Wanted
from bot.slack.requests import ButtonRequest
from storage.database import Tx
from storage.records import UpdateSource


def on_outcome_menu(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """What was chosen for one outcome."""
    doing = Doing.decode(request.value)
    if doing.id is None:
        raise OutdatedButtonError
    if doing.do == "update":
        wanted = Wanted(
            form="outcome",
            project_id=doing.card.project_id,
            outcome_id=doing.id,
            vouches=True,
            card=doing.card,
        )
        return OpenView(build_form(tx, asker_of(tx, request), wanted, origin_of(request), now=now))
    act = _begin(tx, request, doing, now)
    outcome = editing.get_outcome_by_id(act, doing.id)
    if doing.do == "still":
        editing.vouch(act, outcome)
        return _answer(act, request, doing, texts_forms.still_true(outcome.number, request.person_id), now)
    act.change_outcome(outcome, "owner_id", request.person_id)
    said = texts_changes.owned(f"Outcome {outcome.number}", request.person_id)
    return _answer(act, request, doing, said, now)


def on_all_still_true(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """Somebody vouches for every open outcome of a card."""
    doing = Doing.decode(request.value)
    act = _begin(tx, request, doing, now)
    count = editing.vouch_for_all(act)
    return _answer(act, request, doing, texts_forms.all_still_true(count, request.person_id), now)


def on_goal_holds(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """Somebody says that the goal of a card still holds."""
    doing = Doing.decode(request.value)
    act = _begin(tx, request, doing, now)
    confirm_goal(act)
    return _answer(act, request, doing, texts_freshness.GOAL_HOLDS, now)


def _begin(tx: Tx, request: ButtonRequest, doing: Doing, now: datetime) -> Act:
    asker = asker_of(tx, request)
    project = get_named_project(tx, asker, doing.card.project_id or 0)
    act = Act.begin(tx, asker, project.id, UpdateSource.BUTTON, now)
    editing.require_open(act)
    return act


def _answer(act: Act, request: ButtonRequest, doing: Doing, said: str, now: datetime) -> Effect:
    written = Written(
        doing.card, None if act.is_empty else act.id, texts_changes.UNCHANGED if act.is_empty else said
    )
    where = Where.REPLACE if request.is_ephemeral else Where.EPHEMERAL
    return Reply(show_written(act.tx, act.asker, written, now, is_public=request.view is not None), where)
