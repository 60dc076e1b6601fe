"""The kind of delivery that says what Slack alone knows, to an admin who asked with `/project doctor`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.doctor import Part, examine
from bot.domain.doctor_slack import SlackSeen
from bot.errors import SlackUnreachableError
from bot.services.doctor import CHECKS, DOCTOR, Questions, read_questions, read_records
from bot.services.rights import is_admin
from bot.slack.doctor_look import look_at_slack
from bot.slack.kinds import Asking, Drawn, Kind, Ready, Unneeded
from bot.slack.views.doctor import slacks_word_message
from storage.database import Tx
from storage.deliveries import Delivery
from storage.sight import Sight

if TYPE_CHECKING:
    from bot.slack.calling import Caller

_ASKING_SLACK = tuple(each for each in CHECKS if each.asks_slack or each.name == "people")


def _draw(tx: Tx, delivery: Delivery, now: datetime) -> Asking | Unneeded:
    """Unneeded for somebody who is no admin any more."""
    if not is_admin(tx, delivery.workspace_id, delivery.channel_id):
        return Unneeded()
    questions = read_questions(tx, delivery.workspace_id, now)
    return Asking(lambda caller, clock: _ask(caller, delivery, questions, clock))


async def _ask(
    caller: "Caller", delivery: Delivery, questions: Questions, clock: Callable[[], datetime]
) -> Callable[[Tx, datetime], Drawn]:
    seen = await look_at_slack(caller, delivery.workspace_id, questions, clock)
    if seen.unreachable is not None:
        # Then it cannot be sent either.
        raise SlackUnreachableError(seen.unreachable)
    return lambda tx, now: _drawn(tx, delivery, seen, now)


def _drawn(tx: Tx, delivery: Delivery, slack: SlackSeen, now: datetime) -> Drawn:
    records = read_records(tx, delivery.workspace_id, Sight(delivery.channel_id), now, slack)
    # Of whom the records say that they have left, the answer to the command has told.
    records = replace(records, gone=tuple(each for each in records.gone if not each.is_known))
    seen = {Part.SLACK: slack, Part.RECORDS: records}
    return Ready(slacks_word_message(examine(_ASKING_SLACK, seen)))


DOCTOR_KINDS = {DOCTOR: Kind(_draw)}
