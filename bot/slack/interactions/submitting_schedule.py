"""The form for when a project is asked, submitted."""

from datetime import datetime

from bot import texts_check_ins
from bot.errors_check_ins import UnclearCadenceError
from bot.services import editing, scheduling
from bot.services.changing import Act
from bot.slack.effects import Effect
from bot.slack.interactions.asking import asker_of
from bot.slack.interactions.finishing import done, wrong
from bot.slack.interactions.schedule_form import chosen_in
from bot.slack.memos import Memo
from bot.slack.queries import Query
from bot.slack.requests import SubmitRequest
from bot.slack.views.form_schedule import OFF, words_in
from bot.slack.views.inputs import Fields
from storage.database import Tx
from storage.records import UpdateSource

_FIELD_OF = {"weekday": "weekday", "time": "at", "zone": "zone"}
"""Where what is wrong stands; else at how often."""


def on_schedule(tx: Tx, request: SubmitRequest, now: datetime) -> Effect:
    memo = Memo.decode(request.view.private_metadata)
    asker = asker_of(tx, request)
    values = chosen_in(request.view.values)
    act = Act.begin(tx, asker, memo.project_id or 0, UpdateSource.MODAL, now)
    editing.require_open(act)
    query = Query(name="schedule", project_id=act.project.id)
    if values.get("rhythm") == OFF:
        scheduling.set_cadence(act, None)
        return done(act, memo, query, texts_check_ins.OFF, now)
    try:
        cadence = scheduling.read_cadence(tx, asker, act.project, words_in(values), now)
    except UnclearCadenceError as error:
        return wrong({_FIELD_OF.get(error.part, "rhythm"): error}, Fields(memo.times))
    scheduling.set_cadence(act, cadence)
    return done(act, memo, query, texts_check_ins.scheduled(scheduling.words_of(cadence)), now)
