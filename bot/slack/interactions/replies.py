"""Replies to check-ins: what is said, edited or deleted in a prompt's thread, and which outcome is meant."""

from datetime import datetime

from bot.services import replying
from bot.services.asking import Asker
from bot.slack.effects import Effect, Heard, Nothing, Post, Reply, Where
from bot.slack.interactions.asking import asker_of
from bot.slack.memos import Meaning
from bot.slack.reading_messages import mentioned, readable
from bot.slack.requests import ButtonRequest, MessageRequest, ThreadRequest
from bot.slack.views.replies import meant_message, taken_message
from storage import check_ins, people
from storage.check_ins import CheckIn
from storage.database import Tx
from storage.replies import find_reply_at


def on_thread(tx: Tx, request: ThreadRequest, now: datetime) -> Effect:
    """Nothing, unless the thread is that of a check-in."""
    asker = asker_of(tx, request)
    reply = find_reply_at(tx, request.workspace_id, request.channel_id, request.message_ts)
    if request.change == "deleted":
        if reply is not None:
            replying.remove_reply(tx, asker, reply, now)
        return Nothing()
    text = _readable(tx, request.workspace_id, request.text)
    if reply is not None:
        taken = replying.correct_reply(tx, asker, reply, text, now)
        return Nothing() if taken is None else _heard(request, taken, corrected=True)
    check_in = find_round(tx, request)
    if check_in is None or not text.strip():
        return Nothing()
    return _take(tx, asker, check_in, request, text=text, now=now)


def find_round(tx: Tx, request: ThreadRequest | MessageRequest) -> CheckIn | None:
    """The round in whose thread it was said."""
    if request.thread_ts is None:
        return None
    return check_ins.find_check_in_at(tx, request.workspace_id, request.channel_id, request.thread_ts)


def take_message(tx: Tx, asker: Asker, check_in: CheckIn, request: MessageRequest, now: datetime) -> Effect:
    """Something said to the bot, by mention or directly, that is an answer to a check-in."""
    text = _readable(tx, request.workspace_id, request.text)
    return _take(tx, asker, check_in, request, text=text, now=now)


def _take(
    tx: Tx,
    asker: Asker,
    check_in: CheckIn,
    request: ThreadRequest | MessageRequest,
    *,
    text: str,
    now: datetime,
) -> Effect:
    message = request.channel_id, request.message_ts
    taken = replying.take_reply(tx, asker, check_in, text=text, message=message, now=now)
    return _heard(request, taken)


def on_meant(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """Which outcome an unclear line is about."""
    meaning = Meaning.decode(request.value)
    asker = asker_of(tx, request)
    act, outcome = replying.choose_outcome(
        tx, asker, meaning.reply_id, line_number=meaning.line, outcome_id=meaning.outcome_id, now=now
    )
    where = Where.REPLACE if request.is_ephemeral else Where.EPHEMERAL
    return Reply(meant_message(outcome, act.project.id, act.id), where)


def _heard(
    request: ThreadRequest | MessageRequest, taken: replying.Taken, *, corrected: bool = False
) -> Effect:
    message = taken_message(taken, corrected=corrected)
    is_direct = isinstance(request, MessageRequest) and request.is_direct
    # In a channel, what was understood is the person's own business.
    only_for = None if is_direct else request.person_id
    post = None if message is None else Post(message, request.channel_id, request.thread_ts, only_for)
    return Heard(request.channel_id, request.message_ts, post)


def _readable(tx: Tx, workspace_id: str, text: str) -> str:
    """As Slack writes it, with the names of the people whom it mentions: else they would be ids."""
    names = {}
    for id_ in mentioned(text):
        person = people.find_person(tx, workspace_id, id_)
        if person is not None:
            names[id_] = person.name
    return readable(text, names)
