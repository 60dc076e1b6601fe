"""What can go wrong with a change, or with what stands in a form, as data. See `bot.errors`."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.errors_base import BotError
from storage.records import ProjectName


@dataclass(unsafe_hash=True)
class IncompleteCommandError(BotError):
    """The command needs more words, or others. `usage` and `example` are what follows `/project`."""

    usage: str
    example: str


@dataclass(unsafe_hash=True)
class SurplusWordsError(BotError):
    """More was typed than the command takes: perhaps more was meant than it would do."""

    usage: str
    typed: str


@dataclass(unsafe_hash=True)
class UnknownOutcomeError(BotError):
    """The project has no outcome of that number, but `count` others. `rest` was to be written of it."""

    slug: str
    typed: str
    count: int
    rest: str = ""


@dataclass(unsafe_hash=True)
class UnknownStatusError(BotError):
    """What was typed begins with no status. `line` is what stood before it, to be typed again."""

    typed: str
    line: str


@dataclass(unsafe_hash=True)
class NoMetricError(BotError):
    """A number was said of an outcome that is not measured."""

    slug: str
    number: int
    typed: str


@dataclass(unsafe_hash=True)
class TextTooLongError(BotError):
    """A text of more than `limit` characters; `typed` is all of it."""

    typed: str
    limit: int


@dataclass(unsafe_hash=True)
class NameTakenError(BotError):
    """Another project, or this one, is found by that name already; None for one that they may not see."""

    typed: str
    owner: ProjectName | None


@dataclass(unsafe_hash=True)
class NotUnderstoodError(BotError):
    """No name that somebody could type, no mention of a person, no address to follow, or no day."""

    kind: Literal["name", "person", "address", "date"]
    typed: str


@dataclass(unsafe_hash=True)
class UnclearDateError(BotError):
    """Numbers that could be several days (`readings`), or one day beside the name of another weekday."""

    typed: str
    readings: tuple[date, ...]


@dataclass(unsafe_hash=True)
class WrongDateError(BotError):
    """A day that is past where it must be to come (`is_past`), or to come where it must be past."""

    day: date
    is_past: bool


@dataclass(unsafe_hash=True)
class RingError(BotError):
    """The project (`slug`) would be above itself: the parent is the project, or a part of it."""

    slug: str
    parent: str


@dataclass(unsafe_hash=True)
class UnknownPartError(BotError):
    """The project has no such link or alias (`kind`); `known` are those that it has."""

    kind: Literal["alias", "link"]
    slug: str
    typed: str
    known: tuple[str, ...]


@dataclass(unsafe_hash=True)
class ArchivedProjectError(BotError):
    """The project is archived, so nothing is written to it."""

    slug: str
    rest: str = ""


@dataclass(unsafe_hash=True)
class PersonLeftError(BotError):
    """Somebody who has left the workspace, or an app, is to look after something, or to be on a team."""

    person_id: str
    is_bot: bool = False


@dataclass(unsafe_hash=True)
class BadLineError(BotError):
    """A line of several ends in no address."""

    line: int
    typed: str


@dataclass(unsafe_hash=True)
class NotANumberError(BotError):
    """A number was wanted. `typed` is what came instead, "" for nothing."""

    typed: str


@dataclass(unsafe_hash=True)
class NoDistanceError(BotError):
    """A metric that begins where it ends measures nothing."""


@dataclass(unsafe_hash=True)
class MissingTextError(BotError):
    """A field that cannot be empty is."""


@dataclass(unsafe_hash=True)
class GoneOutcomeError(BotError):
    """The outcome that a button or a form is about is off the record by now."""

    slug: str


@dataclass(unsafe_hash=True)
class OutdatedFormError(BotError):
    """A form from another version, which this one cannot read."""


@dataclass(unsafe_hash=True)
class NothingToUndoError(BotError):
    """The person has changed nothing that is not taken back already."""


@dataclass(unsafe_hash=True)
class AlreadyUndoneError(BotError):
    """The change was taken back before."""


@dataclass(unsafe_hash=True)
class ChangedSinceError(BotError):
    """What is to be taken back was changed again, by `person_id` if that is known; `slug`: the project's."""

    slug: str
    person_id: str | None


AnyFormError = (
    PersonLeftError
    | BadLineError
    | NotANumberError
    | NoDistanceError
    | MissingTextError
    | GoneOutcomeError
    | OutdatedFormError
)
"""What can go wrong with what stands in a form, and with the same where it is typed."""

AnyTypedError = (
    IncompleteCommandError
    | SurplusWordsError
    | UnknownStatusError
    | TextTooLongError
    | NotUnderstoodError
    | UnclearDateError
    | WrongDateError
)
"""What can be wrong with words by themselves, whatever the record says."""

AnyChangeError = (
    AnyTypedError
    | UnknownOutcomeError
    | NoMetricError
    | NameTakenError
    | RingError
    | UnknownPartError
    | ArchivedProjectError
    | AnyFormError
    | NothingToUndoError
    | AlreadyUndoneError
    | ChangedSinceError
)
"""What can go wrong with a change."""
