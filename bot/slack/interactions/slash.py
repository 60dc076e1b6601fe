"""Slash commands: from what was typed to the answer in the ack."""

from dataclasses import replace
from datetime import datetime

from bot.domain.command_line import CommandLine, parse_command_line, words_in
from bot.domain.nearest import nearest_word
from bot.errors import OutdatedButtonError, UnknownCommandError, UnknownProjectError
from bot.errors_base import BotError
from bot.services.asking import Asker
from bot.services.finding import find_called_project, find_meant_project
from bot.slack.answers import Answers
from bot.slack.commands.command import Answer, Asked, Typed
from bot.slack.effects import Effect, Message, OpenView, Reply
from bot.slack.interactions.answering import show_written
from bot.slack.interactions.asking import asker_of
from bot.slack.interactions.external import require_readable
from bot.slack.interactions.forms import build_form, origin_of
from bot.slack.memos import Wanted
from bot.slack.registry import COMMANDS
from bot.slack.requests import CommandRequest
from bot.slack.views.sheet import draw
from storage.database import Tx


def writes(request: CommandRequest) -> bool:
    """Whether it is a command that changes something."""
    return writes_line(request.text)


def writes_line(text: str) -> bool:
    """Whether the line is one that changes something."""
    line = parse_command_line(text)
    command = COMMANDS.get(line.name)
    return command is not None and command.writes(Typed(command.name, line.rest, line.raw))


def on_command(answers: Answers, tx: Tx, request: CommandRequest, now: datetime) -> Effect:
    asker = asker_of(tx, request)
    answer = answer_line(tx, asker, request.text, now, answers)
    if isinstance(answer, Message):
        return Reply(answer)
    return OpenView(build_form(tx, asker, answer, origin_of(request), now=now))


def answer_line(
    tx: Tx, asker: Asker, text: str, now: datetime, answers: Answers | None = None, *, is_public: bool = False
) -> Message | Wanted:
    """What the line asks for, what its change came to, or a form. `is_public`: others read the answer, too.

    `answers`: those that were drawn already, for a transaction that only reads. Raises a BotError, and has
    then changed nothing.
    """
    line = parse_command_line(text)
    command = COMMANDS.get(line.name or "overview")
    if command is None:
        raise _unknown(tx, asker, text, line)
    typed = Typed(command.name, line.rest, line.raw)
    if asker.is_external:
        require_readable(command, typed)
        # What was drawn for others may show more.
        answers = None
    if command.send is not None:
        return command.send(tx, asker, typed, now)
    if command.write is not None and command.writes(typed):
        written = command.write(tx, asker, typed, now)
        if isinstance(written, Wanted):
            return written
        return show_written(tx, asker, written, now, is_public=is_public)
    if command.want is not None:
        return command.want(tx, asker, typed)
    if command.ask is None or command.answer is None:
        raise OutdatedButtonError
    asked = command.ask(tx, asker, typed, now)
    query = asked.query.of_person(asker.person_id) if is_public else asked.query
    if answers is None:
        return draw(command.answer(tx, asker, replace(asked, query=query), now), query, is_public=is_public)
    return _kept_answer(tx, asker, command.answer, asked, now, answers=answers)


def _kept_answer(
    tx: Tx, asker: Asker, answer: Answer, asked: Asked, now: datetime, *, answers: Answers
) -> Message:
    query = asked.query
    key = asker.workspace_id, query, asked.project and asked.project.revision
    kept = answers.find(key, now)
    if kept is not None:
        return kept
    sheet = answer(tx, asker, asked, now)
    message = draw(sheet, query)
    if asked.project is not None and sheet.holds_until is not None:
        answers.keep(key, message, now, sheet.holds_until)
    return message


def _unknown(tx: Tx, asker: Asker, text: str, line: CommandLine) -> BotError:
    """People type the project alone, too.

    Beside a command that is near, only a project that is called just so: a slip must not cost a search.
    """
    nearest = nearest_word(line.name, COMMANDS)
    find = find_meant_project if nearest is None else find_called_project
    try:
        project = find(tx, asker, text, command="show")
    except UnknownProjectError as error:
        if nearest is None and error.nearest:
            return error
        return UnknownCommandError(words_in(line.name), nearest, None, words_in(line.rest))
    except BotError as error:
        # It could be several projects, or is a channel without one.
        return error
    return UnknownCommandError(words_in(text), None, project.named)
