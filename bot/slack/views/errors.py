"""What a person sees when something did not work: what, what still holds, and what to do, with buttons."""

from bot import texts
from bot.errors import (
    AmbiguousProjectError,
    AnyBotError,
    MissingProjectError,
    UnknownCommandError,
    UnknownProjectError,
)
from bot.slack.effects import Message
from bot.slack.mrkdwn import escape
from bot.slack.views.layout import message, section, shorten
from bot.slack.views.lists import choice_parts
from storage.records import ProjectName

_TYPED = 200
"""Characters of what was typed that are said back."""


def error_message(error: AnyBotError) -> Message:
    sentence = texts.sentence(error, lambda typed: escape(shorten(typed, _TYPED)))
    return message([*section(sentence), *choice_parts(_choices(error), _command(error))])


def failure_message(sentence: str) -> Message:
    return message(section(sentence))


def _choices(error: AnyBotError) -> tuple[ProjectName, ...]:
    match error:
        case AmbiguousProjectError():
            return error.projects
        case MissingProjectError():
            return error.of_channel
        case UnknownProjectError():
            return error.nearest
        case UnknownCommandError(project=ProjectName() as project):
            return (project,)
        case _:
            return ()


def _command(error: AnyBotError) -> str:
    match error:
        case AmbiguousProjectError() | MissingProjectError() | UnknownProjectError():
            return error.command
        case _:
            return "show"
