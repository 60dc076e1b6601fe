"""A digest or a brief by button: now, by direct message, to whoever presses it."""

from datetime import datetime

from bot.slack import ids
from bot.slack.commands.digests import send_now
from bot.slack.effects import Effect, Reply
from bot.slack.interactions.asking import asker_of
from bot.slack.memos import Sending
from bot.slack.requests import ButtonRequest
from bot.slack.views.layout import message, section
from storage.database import Tx
from storage.digests import DigestKind


def on_send(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    kind = DigestKind(Sending.decode(request.value).kind)
    written = send_now(tx, asker_of(tx, request), kind, now)
    return Reply(message(section(written.said)))


BUTTONS = {ids.SEND: on_send}

WRITING = frozenset(BUTTONS)
