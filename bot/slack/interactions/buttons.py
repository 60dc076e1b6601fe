"""Clicks on the bot's buttons: each carries the whole of its question."""

from dataclasses import replace
from datetime import datetime

from bot.services.undoing import undo
from bot.slack import ids
from bot.slack.commands.recalling import undone
from bot.slack.effects import Effect, Nothing, Reply, Where
from bot.slack.interactions import (
    cards,
    charting,
    check_ins,
    digests,
    forms,
    home,
    page_conflicts,
    publishing,
    quiet,
    reminders,
    replies,
    schedule_form,
)
from bot.slack.interactions.answering import answer_query, show_written
from bot.slack.interactions.asking import NOWHERE, asker_of
from bot.slack.interactions.home import said_at_home
from bot.slack.queries import Query, Taking
from bot.slack.requests import ButtonRequest
from bot.slack.views.sheet import draw
from storage.database import Tx
from storage.records import UpdateSource


def on_open(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """What the query asks for, in place of a message that only this person sees."""
    query = Query.decode(request.value)
    where = Where.REPLACE if request.is_ephemeral else Where.EPHEMERAL
    # In a view there is no channel to share it in.
    is_in_view = request.view is not None
    sheet = answer_query(tx, asker_of(tx, request), query, now)
    return Reply(draw(sheet, query, is_public=is_in_view), where)


def on_share(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """The same answer, as of now, for everybody in the channel."""
    query = Query.decode(request.value).of_person(request.person_id)
    asker = replace(asker_of(tx, request), heard_in=request.channel_id or NOWHERE)
    sheet = answer_query(tx, asker, query, now)
    return Reply(draw(sheet, query, shared_by=request.person_id), Where.CHANNEL)


def on_undo(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """Take back what the person changed, or do again what was taken back."""
    asker = asker_of(tx, request)
    act = undo(tx, asker, Taking.decode(request.value).act_id, UpdateSource.BUTTON, now)
    written, again = undone(tx, act), "Redo" if act.undoes else "Undo"
    if request.is_home:
        return said_at_home(request.person_id, written.said, written.act_id, again)
    where = Where.REPLACE if request.is_ephemeral else Where.EPHEMERAL
    return Reply(show_written(tx, asker, written, now), where)


def on_link(_tx: Tx, _request: ButtonRequest, _now: datetime) -> Effect:
    return Nothing()


BUTTONS = {
    ids.OPEN: on_open,
    ids.SHARE: on_share,
    ids.UNDO: on_undo,
    ids.LINK: on_link,
    **home.BUTTONS,
    ids.FORM: forms.on_form,
    ids.TURN: forms.on_turn,
    ids.PROJECT_ID: forms.on_project_chosen,
    ids.OUTCOME_ID: forms.on_outcome_chosen,
    ids.OUTCOME: cards.on_outcome_menu,
    **check_ins.BUTTONS,
    **quiet.BUTTONS,
    **digests.BUTTONS,
    **publishing.BUTTONS,
    **reminders.BUTTONS,
    **schedule_form.BUTTONS,
    **replies.BUTTONS,
    **page_conflicts.BUTTONS,
    ids.STILL: cards.on_all_still_true,
    ids.CHART: charting.on_chart,
    ids.GOAL: cards.on_goal_holds,
}
"""What answers a click or a choice, by the name in the action id."""

_WRITING = {
    ids.UNDO,
    ids.CHART,
    ids.OUTCOME,
    ids.STILL,
    ids.GOAL,
    *home.WRITING,
    *check_ins.WRITING,
    *replies.WRITING,
    *quiet.WRITING,
    *digests.WRITING,
    *publishing.WRITING,
    *reminders.WRITING,
    *page_conflicts.WRITING,
}


def writes(request: ButtonRequest) -> bool:
    """Whether the click changes something."""
    return ids.name_of(request.action_id) in _WRITING


def is_heard(request: ButtonRequest) -> bool:
    """Whether it says something to others, though it changes no record."""
    return ids.name_of(request.action_id) == ids.SHARE


def may_come_twice(request: ButtonRequest) -> bool:
    """Whether the very same click does no harm when it is sent again within minutes.

    What was true a moment ago still is; and people click that so often that each statement counts.
    """
    is_of_home = ids.name_of(request.action_id) == ids.VOUCH
    return is_of_home or request.action_id.startswith(f"{ids.REMINDER}:still-")
