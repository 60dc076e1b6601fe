"""A form that is submitted again, since nobody saw the answer to the first time, is saved once.

When Slack hears nothing in three seconds, or the process that saved it has died, the person reads that it did
not work, with all that they typed still before them, and presses the button again.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime

import orjson

from bot import texts_forms
from bot.slack.effects import Back, Close, Effect, UpdateView
from bot.slack.requests import Filled, SubmitRequest
from bot.slack.views.errors import failure_message
from bot.slack.views.notice import notice_view
from storage.database import Tx
from storage.revisions import changes_in
from storage.seen_events import forget_event, record_event


def taken_once(
    tx: Tx, request: SubmitRequest, now: datetime, handle: Callable[[Tx, SubmitRequest, datetime], Effect]
) -> Effect:
    """What `handle` makes of it; of one that was saved before, that it was.

    Written down before it is handled, so that of two at the same time the second waits for the first.
    """
    key = _key(request.view)
    if not record_event(tx, request.workspace_id, key, now):
        return UpdateView(notice_view(failure_message(texts_forms.SAVED_ALREADY)))
    effect = handle(tx, request, now)
    is_saved = isinstance(effect, Close | Back) and changes_in(tx)
    if not is_saved:
        # It is still open and may be sent again as it is, or there was nothing to be saved.
        forget_event(tx, request.workspace_id, key)
    return effect


def _key(view: Filled) -> str:
    """The same for the same form with the same in it; each form that is opened has an id of its own."""
    held = orjson.dumps([view.callback_id, view.private_metadata, view.values], option=orjson.OPT_SORT_KEYS)
    return f"view:{view.id}:{hashlib.blake2b(held, digest_size=16).hexdigest()}"
