"""`remind`: the ladder of a project, and where each outcome stands on it."""

from datetime import datetime

from bot.services.asking import Asker
from bot.services.reminder_plan import read_ladder
from bot.slack.commands.command import Asked
from bot.slack.commands.projects import get_project
from bot.slack.views.ladder import ladder_sheet
from bot.slack.views.sheet import Sheet
from storage.database import Tx


def answer_remind(tx: Tx, asker: Asker, asked: Asked, now: datetime) -> Sheet:
    return ladder_sheet(read_ladder(tx, asker, get_project(tx, asker, asked), now))
