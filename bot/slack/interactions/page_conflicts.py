"""The two buttons of a question about a page: what was said in chat stays, or what the page says is taken."""

from datetime import datetime

from bot import texts_page_conflicts as texts
from bot.services.page_answers import Answered, answer
from bot.services.page_questions import read_question
from bot.slack import ids
from bot.slack.effects import Effect, Reply
from bot.slack.interactions.asking import asker_of
from bot.slack.memos import OfConflict
from bot.slack.queries import Taking
from bot.slack.requests import ButtonRequest
from bot.slack.views.layout import actions, button, message, section
from bot.slack.views.page_conflict import what_of
from storage.database import Tx
from storage.page_conflicts import ConflictState


def on_conflict(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """A sentence for whoever clicks; the question itself is drawn anew for all, by its delivery."""
    doing = OfConflict.decode(request.value)
    asker = asker_of(tx, request)
    done = answer(tx, asker, doing.id, doing.version, now, takes_page=doing.do == "take")
    record = read_question(tx, asker.workspace_id, doing.id, asker.person_id)
    what = what_of(record) if record else ""
    undo = [] if done.act.is_empty else [button("Undo", ids.UNDO, Taking(act_id=done.act.id).encode())]
    return Reply(message([*section(_said(done, what)), *actions(undo)]))


def _said(done: Answered, what: str) -> str:
    state, by = done.conflict.state, done.conflict.answered_by
    if state is ConflictState.OPEN:
        return texts.CHANGED_MEANWHILE
    took_page = state is ConflictState.TAKEN
    if done.is_mine or by == done.act.asker.person_id:
        return texts.you_took(what) if took_page else texts.you_kept(what)
    return texts.decided(what, by, took_page=took_page)


BUTTONS = {ids.CONFLICT: on_conflict}

WRITING = frozenset(BUTTONS)
"""Buttons that change something."""
