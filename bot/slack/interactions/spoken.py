"""What people say to the bot, by mention or in a direct message: the same lines as `/project …`.

Slash commands cannot be run in threads; a mention can, and its answer stays in the thread.
"""

from datetime import datetime

from bot import texts_home
from bot.domain.command_line import as_typed, parse_command_line
from bot.domain.replies import Understood
from bot.domain.small_talk import SmallTalk, small_talk_in
from bot.errors import AmbiguousProjectError, UnknownCommandError, UnknownProjectError
from bot.errors_base import BotError
from bot.services.reply_acts import lines_of_reply
from bot.slack.effects import Effect, Message, Post
from bot.slack.interactions.asking import asker_of
from bot.slack.interactions.replies import ask_about, find_round, take_message
from bot.slack.interactions.rounds_meant import is_command, meant_or_asked
from bot.slack.interactions.slash import answer_line, writes_line
from bot.slack.registry import COMMANDS
from bot.slack.requests import MessageRequest
from bot.slack.unplaced import write_down
from bot.slack.views.cards import form_message
from bot.slack.views.layout import message, section
from storage.check_ins import CheckIn
from storage.database import Tx
from storage.outcomes import list_outcomes

_SENTENCE = 4
"""So many words are one."""
_KIND = {SmallTalk.GREETING: texts_home.GREETING, SmallTalk.THANKS: texts_home.THANKS}


def writes(request: MessageRequest) -> bool:
    """Whether what was said changes something; an answer to a check-in is no line of its own."""
    line = line_of(request)
    return writes_line(line) or not is_command(line)


def on_message(tx: Tx, request: MessageRequest, now: datetime) -> Effect:
    """The answer, where it was asked for. In a channel it begins a thread: the channel stays as it is."""
    write_down(tx, request, now)
    # Whoever is of another organization replies where all who share the channel read it.
    check_in = None if request.is_external and request.is_direct else find_round(tx, request)
    if check_in is not None and not (is_command(line_of(request)) and not _answers(tx, check_in, request)):
        return take_message(tx, asker_of(tx, request), check_in, request, now)
    kind = _kindly(request)
    if kind is not None:
        # Nobody else in a channel needs to read that.
        only_for = None if request.is_direct else request.person_id
        return Post(kind, request.channel_id, thread_of(request), only_for)
    meant, asked = _rounds_of(tx, request)
    if len(meant) == 1:
        return take_message(tx, asker_of(tx, request), meant[0], request, now)
    if meant:
        return ask_about(tx, asker_of(tx, request), request, meant)
    try:
        answer = answer_line(tx, asker_of(tx, request), line_of(request), now, is_public=True)
    except (UnknownCommandError, UnknownProjectError, AmbiguousProjectError) as error:
        # Words that are no command and no project: they may be an answer all the same.
        if not asked or _is_slip(error, request.text):
            raise
        return ask_about(tx, asker_of(tx, request), request, asked)
    # What is said comes with no trigger, and without one Slack opens no form.
    message = answer if isinstance(answer, Message) else form_message(answer)
    return Post(message, request.channel_id, thread_of(request))


def _rounds_of(tx: Tx, request: MessageRequest) -> tuple[tuple[CheckIn, ...], tuple[CheckIn, ...]]:
    """The open rounds that a direct message answers, and all that its person is asked in."""
    if not request.is_direct or request.is_external:
        return (), ()
    meant, asked = meant_or_asked(tx, asker_of(tx, request), request.text)
    if is_command(line_of(request)):
        meant = tuple(each for each in meant if _answers(tx, each, request))
    return meant, asked


def _is_slip(error: BotError, text: str) -> bool:
    """Whether it may be a command or a project's name, mistyped, and is no sentence."""
    is_near = not isinstance(error, UnknownCommandError) or error.nearest or error.project
    return bool(is_near) and len(text.split()) < _SENTENCE


def _answers(tx: Tx, check_in: CheckIn, request: MessageRequest) -> bool:
    """Whether what begins like a command says something of an outcome: "outcome 2 is done"."""
    outcomes = list_outcomes(tx, request.workspace_id, check_in.project_id)
    lines = lines_of_reply(as_typed(request.text), outcomes)
    return any(isinstance(line, Understood) for line in lines)


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
