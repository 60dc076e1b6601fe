"""The button that has a chart posted."""

from datetime import datetime

from bot import texts_charts
from bot.errors import OutdatedButtonError
from bot.services.charting import ask_for_chart
from bot.services.finding import get_named_project
from bot.services.reading import read_outcomes
from bot.slack.effects import Effect, Reply
from bot.slack.interactions.asking import asker_of
from bot.slack.memos import Charting
from bot.slack.requests import ButtonRequest
from bot.slack.views.charts import on_its_way_message
from storage.database import Tx


def on_chart(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """As `/project chart` where the button is."""
    wanted, asker = Charting.decode(request.value), asker_of(tx, request)
    project = get_named_project(tx, asker, wanted.project_id)
    outcome = None
    if wanted.outcome_id is not None:
        outcome = next((each for each in read_outcomes(tx, project) if each.id == wanted.outcome_id), None)
        if outcome is None:
            raise OutdatedButtonError
    promised = ask_for_chart(tx, asker, project, outcome, now)
    said = texts_charts.on_its_way(promised.place, asker.channel_id, is_new=promised.is_new)
    return Reply(on_its_way_message(said))
