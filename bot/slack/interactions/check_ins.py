"""The buttons of check-ins: on prompts, on what is asked of owners, and on schedules."""

from datetime import datetime

from bot import texts_changes, texts_check_ins, texts_forms
from bot.errors_check_ins import NotTheOwnerError, RoundOverError
from bot.services import editing, pausing, putting_off, rounds, scheduling
from bot.services.changing import Act
from bot.slack import ids
from bot.slack.commands.command import Written
from bot.slack.effects import Effect, Reply, Where
from bot.slack.interactions.answering import show_written
from bot.slack.interactions.asking import asker_of
from bot.slack.interactions.home import said_at_home
from bot.slack.memos import OfRound, Planning
from bot.slack.queries import Query, Taking
from bot.slack.requests import ButtonRequest
from bot.slack.views.layout import actions, button, message, section
from bot.slack.views.outcomes import instant
from storage import check_ins
from storage.check_ins import CheckInState
from storage.database import Tx
from storage.records import ProjectState, UpdateSource

_SNOOZES = {"snooze1": 1, "snooze2": 2}
"""In working days."""


def on_round(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """What is done with a round; whoever may change the project may do it."""
    doing = OfRound.decode(request.value)
    asker = asker_of(tx, request)
    reaches = doing.do == "pause"
    act = Act.begin(tx, asker, doing.project_id, UpdateSource.BUTTON, now, reaches_others=reaches)
    editing.require_open(act)
    if doing.do == "resume":
        scheduling.start_again(act)
        return _said(act, texts_check_ins.STARTED_AGAIN, replaces=True)
    if doing.do == "go_on":
        return _said(act, texts_check_ins.GOES_ON, replaces=True)
    if doing.do == "pause":
        pausing.set_state(act, ProjectState.PAUSED)
        return _said(act, texts_check_ins.PAUSED, replaces=True)
    return _on_open_round(act, doing)


def _on_open_round(act: Act, doing: OfRound) -> Effect:
    check_in = check_ins.find_check_in(act.tx, act.asker.workspace_id, doing.id)
    if doing.do == "again" and check_in is not None:
        putting_off.ask_again(act, doing.id)
        return _said(act, texts_check_ins.ASKED_AGAIN)
    if check_in is None or check_in.state is not CheckInState.OPEN:
        raise RoundOverError(act.project.slug)
    if doing.do == "still":
        count = editing.vouch_for_all(act)
        if act.is_empty:
            # Nothing is open, and somebody looked all the same.
            rounds.record_heard(act.tx, act.asker.workspace_id, act.project.id, act.asker.person_id, act.now)
        return _said(act, texts_forms.all_still_true(count, act.asker.person_id))
    if doing.do in _SNOOZES:
        until = putting_off.snooze_round(act, doing.id, _SNOOZES[doing.do])
        return _said(act, texts_check_ins.snoozed(instant(until)))
    putting_off.skip_round(act, doing.id)
    return _said(act, texts_check_ins.LEFT_OUT)


def on_plan(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """What is done with when a project is asked; the answer is its schedule as it is then."""
    doing = Planning.decode(request.value)
    asker = asker_of(tx, request)
    act = Act.begin(tx, asker, doing.project_id, UpdateSource.BUTTON, now)
    editing.require_open(act)
    said = _plan(act, doing, now)
    query = Query(name="schedule", project_id=act.project.id)
    if request.is_home:
        return said_at_home(request.person_id, said, None if act.is_empty else act.id)
    written = Written(query, None if act.is_empty else act.id, said)
    where = Where.REPLACE if request.is_ephemeral else Where.EPHEMERAL
    return Reply(show_written(tx, asker, written, now), where)


def _plan(act: Act, doing: Planning, now: datetime) -> str:
    match doing.do:
        case "agree":
            if act.project.owner_id != act.asker.person_id:
                raise NotTheOwnerError(act.project.slug, act.project.owner_id)
            scheduling.agree(act)
            return texts_check_ins.AGREED
        case "resume":
            scheduling.start_again(act)
            return texts_check_ins.STARTED_AGAIN
        case "skip":
            return texts_check_ins.skipped(instant(scheduling.skip_next(act).at))
        case "now":
            scheduling.check_in_now(act)
            return texts_check_ins.BEGUN
        case "weekly":
            return _weekly(act, now)


def _weekly(act: Act, now: datetime) -> str:
    if scheduling.has_cadence(act.tx, act.asker, act.project.id):
        # Somebody was faster, and knows better when.
        return texts_changes.UNCHANGED
    cadence = scheduling.usual_cadence(act.tx, act.asker, act.project, now)
    scheduling.set_cadence(act, cadence)
    return texts_check_ins.scheduled(scheduling.words_of(cadence))


def _said(act: Act, said: str, *, replaces: bool = False) -> Effect:
    """A sentence for the person alone, or in place of the message that asked them; with the way back."""
    undo = [] if act.is_empty else [button("Undo", ids.UNDO, Taking(act_id=act.id).encode())]
    where = Where.REPLACE if replaces else Where.EPHEMERAL
    return Reply(message([*section(said), *actions(undo)]), where)


BUTTONS = {ids.ROUND: on_round, ids.PLAN: on_plan}

WRITING = {ids.ROUND, ids.PLAN}
"""Buttons that change something."""
