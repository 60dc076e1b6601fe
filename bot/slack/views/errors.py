"""What a person sees when something did not work: what, what still holds, and what to do, with buttons."""

from typing import get_args

from bot import texts, texts_changes
from bot.domain.command_line import as_typed, number_in
from bot.errors import (
    AmbiguousProjectError,
    AnyBotError,
    ArchivedProjectError,
    ChannelWithoutProjectError,
    MissingProjectError,
    NotUnderstoodError,
    TextTooLongError,
    UnknownCommandError,
    UnknownOutcomeError,
    UnknownProjectError,
    UnknownStatusError,
)
from bot.errors_rights import NotAllowedError
from bot.slack.effects import Message
from bot.slack.mrkdwn import escape
from bot.slack.queries import QueryName
from bot.slack.views.layout import Part, message, section, shorten
from bot.slack.views.lists import choice_parts
from storage.records import ProjectName

_WHOLE = 6000
"""Characters of a text that was not written."""
_TYPED = 200
"""Characters of what was typed that are said back."""


def error_message(error: AnyBotError) -> Message:
    sentence = texts.sentence(error, lambda typed: escape(shorten(typed, _TYPED)))
    parts = [*section(sentence), *choice_parts(_choices(error), _command(error))]
    return message([*parts, *_typed(error)])


def failure_message(sentence: str) -> Message:
    return message(section(sentence))


def _typed(error: AnyBotError) -> list[Part]:
    """What would have been written, so that nobody has to type it twice."""
    match error:
        case TextTooLongError(typed=typed):
            return section(escape(shorten(typed, _WHOLE)))
        case (
            UnknownOutcomeError(rest=rest) | ArchivedProjectError(rest=rest) | NotAllowedError(rest=rest)
        ) if rest and number_in(rest.strip()) is None:
            # A number alone is no loss.
            return section(texts_changes.still_here(escape(shorten(as_typed(rest), _WHOLE))))
        case UnknownStatusError(typed=typed) | NotUnderstoodError(typed=typed) if len(typed) > _TYPED:
            return section(texts_changes.still_here(escape(shorten(typed, _WHOLE))))
        case (
            AmbiguousProjectError(rest=rest)
            | MissingProjectError(rest=rest)
            | UnknownProjectError(rest=rest)
            | ChannelWithoutProjectError(rest=rest)
        ) if rest:
            # A backtick would end the code that it stands in.
            again = as_typed(rest).replace("`", "'")
            return section(texts_changes.to_say_again(error.command, escape(shorten(again, _WHOLE))))
        case _:
            return []


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
            # What writes needs more than a project: its button shows the record.
            return error.command if error.command in get_args(QueryName) and not error.rest else "show"
        case _:
            return "show"
