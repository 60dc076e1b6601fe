"""The kinds of deliveries that are about pages: how each is drawn, and what follows."""

from datetime import datetime

from bot.services.page_questions import PAGE_CONFLICT, ask, conflict_of, read_question
from bot.services.rights import may_be_told
from bot.services.stopping import OF_WORKSPACE
from bot.slack.kinds import Drawn, Kind, Ready, Unneeded
from bot.slack.views.page_conflict import conflict_message
from storage.database import Tx
from storage.deliveries import Delivery
from storage.page_conflicts import ConflictState


def _draw(tx: Tx, delivery: Delivery, _now: datetime) -> Drawn:
    """Unneeded where the project may not be told of any more, or nobody was asked before it was settled."""
    record = read_question(tx, delivery.workspace_id, conflict_of(delivery.key), delivery.channel_id)
    if record is None or not may_be_told(tx, record.project, delivery.channel_id):
        return Unneeded()
    is_open = record.conflict.state is ConflictState.OPEN
    if delivery.message_ts is None and not (is_open and record.conflict.asked == delivery.key):
        return Unneeded()
    return Ready(conflict_message(record))


def _failed(tx: Tx, delivery: Delivery, because: str, now: datetime) -> None:
    """Nobody can be asked there: somebody else is."""
    if because not in OF_WORKSPACE:
        ask(tx, delivery.workspace_id, conflict_of(delivery.key), now)


PAGE_KINDS = {PAGE_CONFLICT: Kind(_draw, failed=_failed)}
