"""The kinds of deliveries that remind: how each is drawn, and what follows when Slack never takes it."""

from datetime import datetime

from bot.domain.reminder_hours import next_turn, turn_at
from bot.services.quiet import who_is_away
from bot.services.reminder_reading import read_reminder
from bot.services.reminder_writing import CHANNEL_LINE, REMINDER
from bot.services.stopping import OF_WORKSPACE
from bot.slack.kinds import Drawn, Kind, Ready, Unneeded, Wait
from bot.slack.views.reminders import reminder_message
from storage.database import Tx
from storage.deliveries import Delivery
from storage.reminder_messages import find_message
from storage.reminder_turns import stop_turn


def _draw(tx: Tx, delivery: Delivery, now: datetime) -> Drawn:
    """What Slack did not take in the hours that people are reminded in waits for the next working day."""
    record = read_reminder(tx, delivery.workspace_id, delivery.key, delivery.channel_id, now)
    if record is None:
        return Unneeded()
    if delivery.message_ts is None:
        reader = record.reader
        if not (record.open and reader.may_be_written_to):
            return Unneeded()
        is_turn = turn_at(now, reader.zone, reader.at, reader.days_off) is not None
        if not is_turn or _is_away(tx, delivery, reader.zone.key, now):
            return Wait(next_turn(now, reader.zone, reader.at, reader.days_off))
    return Ready(reminder_message(record, now))


def _is_away(tx: Tx, delivery: Delivery, zone: str, now: datetime) -> bool:
    if delivery.kind != REMINDER:
        return False
    return bool(who_is_away(tx, delivery.workspace_id, [delivery.channel_id], zone, now))


def _failed(tx: Tx, delivery: Delivery, because: str, _now: datetime) -> None:
    """Nothing more is sent there, until somebody says how often they want it; see `set_wish`.

    That a message which is there cannot be changed any more says nothing of the next one.
    """
    if delivery.message_ts is not None:
        return
    message = find_message(tx, delivery.workspace_id, delivery.key)
    if message is not None and because not in OF_WORKSPACE:
        stop_turn(tx, delivery.workspace_id, message.place, because)


REMINDER_KINDS = {REMINDER: Kind(_draw, failed=_failed), CHANNEL_LINE: Kind(_draw, failed=_failed)}
