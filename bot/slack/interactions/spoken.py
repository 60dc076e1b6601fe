"""What people say to the bot, by mention or in a direct message: the same lines as `/project …`.

Slash commands cannot be run in threads; a mention can, and its answer stays in the thread.
"""

from datetime import datetime

from bot import texts_home
from bot.domain.command_line import parse_command_line
from bot.domain.small_talk import SmallTalk, small_talk_in
from bot.services.replying import says_something
from bot.slack.effects import Effect, Message, Post
from bot.slack.interactions.asking import asker_of
from bot.slack.interactions.replies import find_round, take_message
from bot.slack.interactions.slash import answer_line, writes_line
from bot.slack.registry import COMMANDS
from bot.slack.requests import MessageRequest
from bot.slack.views.cards import form_message
from bot.slack.views.layout import message, section
from bot.slack.views.replies import which_round_message
from storage.check_ins import list_open_check_ins_of
from storage.database import Tx
from storage.projects import list_project_names

_KIND = {SmallTalk.GREETING: texts_home.GREETING, SmallTalk.THANKS: texts_home.THANKS}


def writes(request: MessageRequest) -> bool:
    """Whether what was said changes something; an answer to a check-in is no line of its own."""
    line = line_of(request)
    return writes_line(line) or not _is_command(line)


def on_message(tx: Tx, request: MessageRequest, now: datetime) -> Effect:
    """The answer, where it was asked for. In a channel it begins a thread: the channel stays as it is."""
    check_in = find_round(tx, request)
    if check_in is not None and not _is_command(line_of(request)):
        return take_message(tx, asker_of(tx, request), check_in, request, now)
    kind = _kindly(request)
    if kind is not None:
        # Nobody else in a channel needs to read that.
        only_for = None if request.is_direct else request.person_id
        return Post(kind, request.channel_id, thread_of(request), only_for)
    answered = _answer_to_round(tx, request, now)
    if answered is not None:
        return answered
    answer = answer_line(tx, asker_of(tx, request), line_of(request), now, is_public=True)
    # What is said comes with no trigger, and without one Slack opens no form.
    message = answer if isinstance(answer, Message) else form_message(answer)
    return Post(message, request.channel_id, thread_of(request))


def _answer_to_round(tx: Tx, request: MessageRequest, now: datetime) -> Effect | None:
    """A direct message that is no command, but answers the one round that its person is asked in."""
    if not request.is_direct or _is_command(line_of(request)):
        return None
    asker = asker_of(tx, request)
    asked = list_open_check_ins_of(tx, request.workspace_id, request.person_id)
    meant = [each for each in asked if says_something(tx, request.workspace_id, each, request.text)]
    if len(meant) == 1:
        return take_message(tx, asker, meant[0], request, now)
    if meant:
        projects = list_project_names(
            tx, request.workspace_id, asker.own_sight, [each.project_id for each in meant]
        )
        return Post(which_round_message(projects), request.channel_id, thread_of(request))
    return None


def _is_command(line: str) -> bool:
    return parse_command_line(line).name in COMMANDS


def thread_of(request: MessageRequest) -> str | None:
    return request.thread_ts or (None if request.is_direct else request.message_ts)


def line_of(request: MessageRequest) -> str:
    """The line for the bot. In the middle of a sentence it is what follows the bot's name, if that is one."""
    text, after = _without_command(request.text), _without_command(request.after)
    is_line = parse_command_line(after).name in COMMANDS and parse_command_line(text).name not in COMMANDS
    return after if is_line else text


def _kindly(request: MessageRequest) -> Message | None:
    if request.has_files and not request.text:
        return message(section(texts_home.FILES_ALONE))
    talk = small_talk_in(request.text)
    return message(section(_KIND[talk])) if talk is not None else None


def _without_command(text: str) -> str:
    """People type the command out of habit, too."""
    return text.removeprefix("/project").lstrip()
