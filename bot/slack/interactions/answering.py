"""Answers that more than one kind of request gives."""

from datetime import datetime

from bot.errors import OutdatedButtonError
from bot.services.asking import Asker
from bot.services.scheduling import has_cadence
from bot.slack.commands.command import Asked, Written
from bot.slack.effects import Message
from bot.slack.queries import Query
from bot.slack.registry import COMMANDS
from bot.slack.views.changes import with_check_in_offer, written_sheet
from bot.slack.views.sheet import Sheet, draw
from storage.database import Tx


def answer_query(tx: Tx, asker: Asker, query: Query, now: datetime) -> Sheet:
    """What the query asks for, read now. Raises OutdatedButtonError for one that no command answers."""
    answer = COMMANDS[query.name].answer
    if answer is None:
        raise OutdatedButtonError
    return answer(tx, asker, Asked(query), now)


def show_written(
    tx: Tx, asker: Asker, written: Written, now: datetime, *, is_public: bool = False
) -> Message:
    """What the record says now, with a button that takes the change back, or does it again."""
    again = "Redo" if written.is_undoing else "Undo"
    sheet = written_sheet(answer_query(tx, asker, written.query, now), written.said, written.act_id, again)
    project_id = written.query.project_id
    if written.offers_check_ins and project_id and not has_cadence(tx, asker, project_id):
        sheet = with_check_in_offer(sheet, project_id)
    return draw(sheet, written.query, is_public=is_public)
