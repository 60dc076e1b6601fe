"""What is sent twice acts once."""

import logging
from datetime import datetime
from typing import get_args

from bot import current, texts
from bot.slack.effects import Effect, Nothing, Reply
from bot.slack.requests import AnsweredRequest, CommandRequest, EventRequest
from bot.slack.views.errors import failure_message
from storage.database import Tx
from storage.nonces import record_nonce
from storage.seen_events import record_event

_log = logging.getLogger(__name__)
EVENTS = get_args(EventRequest)


def is_first(tx: Tx, request: AnsweredRequest, now: datetime, *, counts_once: bool) -> bool:
    """Whether it has not been answered before, which is written down in the transaction that answers it.

    Slack sends an event again, by its id, when it has heard no answer. Anything else that comes again, bit
    for bit, was caught on its way and is sent by somebody else. What only reads may be: it costs nothing.
    """
    if isinstance(request, EVENTS):
        return record_event(tx, request.workspace_id, request.event_id, now)
    doing = current.current()
    if not counts_once or doing is None or not doing.nonce:
        return True
    return record_nonce(tx, request.workspace_id, doing.nonce, now)


def repeated(request: AnsweredRequest) -> Effect:
    """Nothing is done, and whoever sends a command is told so in its answer.

    The answer to a click or a form would come up where its person is looking, who has done nothing.
    """
    current.note("repeated")
    if isinstance(request, EVENTS):
        return Nothing()
    _log.warning("a request was sent a second time, and has acted once")
    return Reply(failure_message(texts.SENT_TWICE)) if isinstance(request, CommandRequest) else Nothing()
