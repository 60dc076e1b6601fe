"""Pages are published now, by button."""

from datetime import datetime

from bot.slack import ids
from bot.slack.commands.publishing import publish_now
from bot.slack.effects import Effect, Reply
from bot.slack.interactions.asking import asker_of
from bot.slack.memos import Pressing
from bot.slack.requests import ButtonRequest
from bot.slack.views.layout import message, section
from storage.database import Tx


def on_publish(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    Pressing.decode(request.value)
    written = publish_now(tx, asker_of(tx, request), now)
    return Reply(message(section(written.said)))


BUTTONS = {ids.PUBLISH: on_publish}

WRITING = frozenset(BUTTONS)
