"""Slash commands: from what was typed to the answer in the ack."""

from dataclasses import replace
from datetime import datetime

from bot.domain.command_line import CommandLine, parse_command_line, words_in
from bot.domain.nearest import nearest_word
from bot.errors import BotError, OutdatedButtonError, UnknownCommandError, UnknownProjectError
from bot.services.asking import Asker
from bot.services.finding import find_called_project, find_meant_project
from bot.slack.commands.command import Typed
from bot.slack.effects import Effect, Message, Reply
from bot.slack.interactions.answering import show_written
from bot.slack.interactions.asking import asker_of
from bot.slack.registry import COMMANDS
from bot.slack.requests import CommandRequest, MessageRequest
from bot.slack.views.sheet import draw
from storage.database import Tx
from storage.records import ProjectName


def writes(request: CommandRequest | MessageRequest) -> bool:
    """Whether the line is one that changes something."""
    line = parse_command_line(request.text)
    command = COMMANDS.get(line.name)
    return command is not None and command.writes(Typed(command.name, line.rest, line.raw))


def on_command(tx: Tx, request: CommandRequest, now: datetime) -> Effect:
    return Reply(answer_line(tx, asker_of(tx, request), request.text, now))


def answer_line(tx: Tx, asker: Asker, text: str, now: datetime, *, is_public: bool = False) -> Message:
    """What the line asks for, or what its change came to. `is_public`: others read the answer, too.

    Raises a BotError, and has then changed nothing.
    """
    line = parse_command_line(text)
    command = COMMANDS.get(line.name or "overview")
    if command is None:
        raise _unknown(tx, asker, text, line)
    typed = Typed(command.name, line.rest, line.raw)
    if command.write is not None and command.writes(typed):
        return show_written(tx, asker, command.write(tx, asker, typed, now), now, is_public=is_public)
    if command.ask is None or command.answer is None:
        raise OutdatedButtonError
    asked = command.ask(tx, asker, typed, now)
    query = asked.query.of_person(asker.person_id) if is_public else asked.query
    asked = replace(asked, query=query)
    return draw(command.answer(tx, asker, asked, now), query, is_public=is_public)


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
    named = ProjectName(id=project.id, slug=project.slug, name=project.name)
    return UnknownCommandError(words_in(text), None, named)
