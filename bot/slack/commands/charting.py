"""`chart`: how a project or an outcome went, posted as a message of its own."""

from datetime import datetime

from bot import texts_charts
from bot.services.asking import Asker
from bot.services.charting import ask_for_chart
from bot.slack.commands.command import Typed
from bot.slack.commands.projects import find_project_and_outcome
from bot.slack.effects import Message
from bot.slack.views.charts import on_its_way_message
from storage.database import Tx

CHART_USAGE = "[PROJECT] [N]"
CHART_EXAMPLES = ("chart jmte", "chart jmte 1")


def chart(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Message:
    """Drawing takes its time, and Slack may have to be asked twice: the answer says where it will be."""
    project, outcome = find_project_and_outcome(tx, asker, typed)
    promised = ask_for_chart(tx, asker, project, outcome, now)
    return on_its_way_message(
        texts_charts.on_its_way(promised.place, asker.channel_id, is_new=promised.is_new)
    )
