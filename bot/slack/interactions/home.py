"""The home tab: opened, turned to other pages, and what its buttons do. What is done in it is said in it."""

from datetime import datetime

from bot import texts_home
from bot.errors import GoneOutcomeError
from bot.services.still_true import say_still_true
from bot.slack import ids
from bot.slack.effects import Effect, PublishHome
from bot.slack.home_values import HomePlace, OutcomeTarget
from bot.slack.interactions.asking import asker_of
from bot.slack.queries import Taking
from bot.slack.requests import ButtonRequest, HomeRequest
from bot.slack.views.layout import actions, briefly, button, message, section
from storage import homes
from storage.database import Tx

_TEXT = 150
"""Characters of an outcome that was just vouched for."""


def on_home(tx: Tx, request: HomeRequest, now: datetime) -> Effect:
    homes.open_home(tx, request.workspace_id, request.person_id, now)
    return PublishHome(request.person_id, seen=request.seen)


def on_page(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    place = HomePlace.decode(request.value)
    homes.turn_home(tx, request.workspace_id, request.person_id, place.encode(), now)
    return PublishHome(request.person_id)


def on_vouch(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """What was last said of the outcome holds: how it stands stays, and it is fresh again."""
    target = OutcomeTarget.decode(request.value)
    asker = asker_of(tx, request)
    try:
        vouched = say_still_true(tx, asker, target.project_id, target.outcome_id, now)
    except GoneOutcomeError:
        return said_at_home(request.person_id, texts_home.OFF_THE_RECORD, None)
    said = texts_home.still_true(briefly(vouched.text, _TEXT))
    return said_at_home(request.person_id, said, vouched.act_id)


def said_at_home(person_id: str, said: str, act_id: str | None, label: str = "Undo") -> PublishHome:
    """What was changed by a button in the home tab, and a button that takes it back. `said` is mrkdwn."""
    undo = [] if act_id is None else [button(label, ids.UNDO, Taking(act_id=act_id).encode())]
    return PublishHome(person_id, message([*section(said), *actions(undo)]))


BUTTONS = {ids.HOME_PAGE: on_page, ids.VOUCH: on_vouch}

WRITING = {ids.HOME_PAGE, ids.VOUCH}
"""Buttons that change something, if only where the person is."""
