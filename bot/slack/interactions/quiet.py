"""Quiet time by button: "I am back"."""

from datetime import datetime

from bot.slack import ids
from bot.slack.commands import away
from bot.slack.effects import Effect, Reply, Where
from bot.slack.interactions.answering import show_written
from bot.slack.interactions.asking import asker_of
from bot.slack.requests import ButtonRequest
from storage.database import Tx


def on_back(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """Whoever presses it is back: on a message that others see, too, they speak for themselves."""
    asker = asker_of(tx, request)
    where = Where.REPLACE if request.is_ephemeral else Where.EPHEMERAL
    return Reply(show_written(tx, asker, away.come_back(tx, asker, now), now), where)


BUTTONS = {ids.BACK: on_back}

WRITING = frozenset(BUTTONS)
