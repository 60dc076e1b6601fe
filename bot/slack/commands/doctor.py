"""`doctor`: what is wrong, to an admin; what Slack alone knows comes by direct message."""

from datetime import datetime

from bot.domain.command_line import words_in
from bot.domain.doctor import Part, examine
from bot.errors import SurplusWordsError
from bot.services.asking import Asker
from bot.services.doctor import CHECKS, DOCTOR, ask_for_slacks_word, read_records
from bot.services.rights import require_admin_alone
from bot.slack.commands.command import Asked, Typed, Written
from bot.slack.queries import Query
from bot.slack.views.doctor import doctor_sheet
from bot.slack.views.sheet import Sheet
from storage.database import Tx

_HERE = tuple(each for each in CHECKS if each.part is Part.RECORDS and not each.asks_slack)


def answer_doctor(tx: Tx, asker: Asker, _asked: Asked, now: datetime) -> Sheet:
    """From the records alone: projects that the admin does not see are counted, not named."""
    require_admin_alone(tx, asker, DOCTOR)
    seen = read_records(tx, asker.workspace_id, asker.sight, now)
    return doctor_sheet(examine(_HERE, {Part.RECORDS: seen}))


def doctor(tx: Tx, asker: Asker, typed: Typed, now: datetime) -> Written:
    if typed.rest.strip():
        raise SurplusWordsError(DOCTOR, words_in(typed.rest))
    ask_for_slacks_word(tx, asker, now)
    return Written(Query(name="doctor"), None, "")
