"""Replies to check-ins: what is said, edited or deleted in a thread or directly, and what is meant by it."""

from datetime import datetime

from bot.errors import OutdatedButtonError
from bot.services import replying
from bot.services.asking import Asker
from bot.services.reply_taken import Taken
from bot.services.replying import Words
from bot.slack import ids
from bot.slack.effects import Effect, Heard, Nothing, Post, Reply, Where
from bot.slack.interactions.asking import asker_of
from bot.slack.interactions.rounds_meant import ask_which_round, is_command, meant_or_asked
from bot.slack.memos import About, Meaning
from bot.slack.reading_messages import mentioned, readable
from bot.slack.requests import ButtonRequest, MessageRequest, ThreadRequest
from bot.slack.unplaced import list_answerable, write_down
from bot.slack.views.replies import kept_message, taken_message
from storage import check_ins, people
from storage.check_ins import CheckIn
from storage.database import Tx
from storage.projects import get_project
from storage.replies import find_reply_at


def concerns(tx: Tx, request: ThreadRequest) -> bool:
    """Whether it was said in the thread of a check-in, or is an answer to one, or may become that."""
    workspace_id = request.workspace_id
    if find_round(tx, request) is not None or list_answerable(tx, request):
        return True
    if request.change == "said":
        return False
    if find_reply_at(tx, workspace_id, request.channel_id, request.message_ts) is not None:
        return True
    is_edited = request.is_direct and request.change == "edited"
    return is_edited and bool(check_ins.list_open_check_ins_of(tx, workspace_id, request.person_id))


def on_thread(tx: Tx, request: ThreadRequest, now: datetime) -> Effect:
    """What is said, edited or deleted in the thread of a check-in; also what was said to the bot directly."""
    write_down(tx, request, now)
    asker = asker_of(tx, request)
    words = _words(tx, request)
    reply = find_reply_at(tx, request.workspace_id, request.channel_id, request.message_ts)
    if reply is not None:
        check_in = check_ins.find_check_in(tx, request.workspace_id, reply.check_in_id)
    else:
        check_in = find_round(tx, request)
    if request.change == "deleted":
        if check_in is not None:
            replying.remove_reply(tx, asker, check_in, words, now)
        return Nothing()
    if reply is None:
        is_spoken_to = request.is_direct or request.is_addressed
        if not words.text.strip() or (is_spoken_to and is_command(request.text)):
            return Nothing()
        if check_in is None and request.is_direct:
            return _edited_directly(tx, asker, request, words, now)
    if check_in is None:
        return Nothing()
    return _heard(request, replying.take_reply(tx, asker, check_in, words, now))


def find_round(tx: Tx, request: ThreadRequest | MessageRequest) -> CheckIn | None:
    """The round in whose thread it was said."""
    if request.thread_ts is None:
        return None
    return check_ins.find_check_in_at(tx, request.workspace_id, request.channel_id, request.thread_ts)


def take_message(tx: Tx, asker: Asker, check_in: CheckIn, request: MessageRequest, now: datetime) -> Effect:
    """Something said to the bot, by mention or directly, that is an answer to a check-in."""
    return _heard(request, replying.take_reply(tx, asker, check_in, _words(tx, request), now))


def ask_about(
    tx: Tx, asker: Asker, request: MessageRequest | ThreadRequest, rounds: tuple[CheckIn, ...]
) -> Post:
    """Which of these rounds it is about, or whether it is about the only one."""
    message = ask_which_round(tx, asker, _words(tx, request), rounds)
    return Post(message, request.channel_id, _thread_of(request))


def _edited_directly(tx: Tx, asker: Asker, request: ThreadRequest, words: Words, now: datetime) -> Effect:
    """A direct message that was no answer before its edit."""
    meant, _ = meant_or_asked(tx, asker, request.text)
    if len(meant) == 1:
        return _heard(request, replying.take_reply(tx, asker, meant[0], words, now))
    return ask_about(tx, asker, request, meant) if meant else Nothing()


def on_meant(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """Which outcome an unclear line is about."""
    meaning = Meaning.decode(request.value)
    taken = replying.choose_outcome(
        tx,
        asker_of(tx, request),
        meaning.reply_id,
        line_number=meaning.line,
        line_digest=meaning.digest,
        outcome_id=meaning.outcome_id,
        now=now,
    )
    return Reply(taken_message(taken) or kept_message(taken.project, is_new=True), Where.REPLACE)


def on_about(tx: Tx, request: ButtonRequest, now: datetime) -> Effect:
    """Which round a direct message answers. What was said to the bot is in the channel of the button."""
    about = About.decode(request.value)
    asker = asker_of(tx, request)
    check_in = check_ins.find_check_in(tx, request.workspace_id, about.check_in_id)
    if check_in is None:
        raise OutdatedButtonError
    words = Words(request.channel_id or "", about.message_ts, about.text)
    taken = replying.take_reply(tx, asker, check_in, words, now)
    if taken is None:
        reply = find_reply_at(tx, request.workspace_id, words.channel_id, words.message_ts)
        project_id = reply.project_id if reply is not None else check_in.project_id
        project = get_project(tx, request.workspace_id, project_id)
        return Reply(kept_message(project, is_new=False), Where.REPLACE)
    said = taken_message(taken) or kept_message(taken.project, is_new=True)
    return Heard(words.channel_id, words.message_ts, Reply(said, Where.REPLACE))


def _heard(request: ThreadRequest | MessageRequest, taken: Taken | None) -> Effect:
    if taken is None:
        return Nothing()
    message = taken_message(taken)
    # In a channel, what was understood is the person's own business.
    only_for = None if request.is_direct else request.person_id
    post = None if message is None else Post(message, request.channel_id, _thread_of(request), only_for)
    return Heard(request.channel_id, request.message_ts, post)


def _thread_of(request: ThreadRequest | MessageRequest) -> str | None:
    """A direct message that stands by itself is answered below it."""
    is_alone = request.is_direct and request.thread_ts == request.message_ts
    return None if is_alone else request.thread_ts


def _words(tx: Tx, request: ThreadRequest | MessageRequest) -> Words:
    """As Slack writes it, with the names of the people whom it mentions: else they would be ids."""
    names = {}
    for id_ in mentioned(request.text):
        person = people.find_person(tx, request.workspace_id, id_)
        if person is not None:
            names[id_] = person.name
    edited_ts = request.edited_ts if isinstance(request, ThreadRequest) else ""
    return Words(request.channel_id, request.message_ts, readable(request.text, names), edited_ts)


BUTTONS = {ids.MEANT: on_meant, ids.ABOUT: on_about}

WRITING = {ids.MEANT, ids.ABOUT}
"""Buttons that change something."""
