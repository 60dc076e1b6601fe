"""The form for when a project is asked: opened, and changed as somebody chooses."""

from datetime import datetime

from bot.domain.zones import find_zone, zones_like
from bot.errors import OutdatedButtonError
from bot.errors_check_ins import UnclearCadenceError
from bot.services import planning, scheduling
from bot.services.asking import Asker
from bot.slack import ids
from bot.slack.effects import Effect, Options, UpdateView, View
from bot.slack.interactions.asking import asker_of
from bot.slack.interactions.filled import Values, typed_texts
from bot.slack.interactions.open_project import get_open_project
from bot.slack.memos import Memo
from bot.slack.requests import ButtonRequest, OptionsRequest
from bot.slack.views.form_schedule import CHOICES, OFF, schedule_form, values_of, words_in
from bot.slack.views.inputs import option
from bot.slack.views.schedules import place_of
from storage.database import Tx


def schedule_view(
    tx: Tx, asker: Asker, memo: Memo, now: datetime, chosen: dict[str, str] | None = None
) -> View:
    """The form, with what is chosen, or else as the project is asked now.

    Raises GoneProjectError, NotAllowedError, ArchivedProjectError.
    """
    project = get_open_project(tx, asker, memo.project_id)
    planned = planning.read_plan(tx, asker, project, now)
    values = values_of(planned.cadence, scheduling.zone_for(tx, asker, planned.schedule))
    if chosen is not None:
        values |= chosen
    slots = []
    if values["rhythm"] != OFF:
        try:
            cadence = scheduling.read_cadence(tx, asker, project, words_in(values), now)
            slots = planning.plan_of(tx, asker, cadence, now)
        except UnclearCadenceError:
            slots = []
    return schedule_form(project, memo, values, slots, place_of(planned))


def on_chosen(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """A field was changed: the prompts that it comes to."""
    if request.view is None:
        raise OutdatedButtonError
    memo = Memo.decode(request.view.private_metadata)
    return UpdateView(schedule_view(tx, asker_of(tx, request), memo, now, chosen_in(request.view.values)))


def on_zones(_tx: Tx, request: OptionsRequest, _now: datetime) -> Effect:
    """Zones by what was typed of their names or cities."""
    found = zones_like(request.typed)
    exact = find_zone(request.typed)
    names = dict.fromkeys([*([exact] if exact else []), *found])
    return Options([option(name.replace("_", " "), name) for name in names])


def chosen_in(values: Values) -> dict[str, str]:
    """What stands in the fields that are filled in."""
    return {name: value for name, value in typed_texts(values).items() if name in CHOICES and value}


BUTTONS = dict.fromkeys((ids.RHYTHM, ids.WEEKDAY, ids.AT, ids.ZONE), on_chosen)
"""Each field changes the form at once."""
