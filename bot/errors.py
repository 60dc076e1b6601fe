"""What can go wrong, as data. `bot.texts` and `bot.cli` have the sentences; none stands here.

Not frozen: Python itself writes an exception's traceback into it on the way through a context manager.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.errors_base import BotError
from bot.errors_check_ins import AnyCheckInError
from bot.errors_quiet import AnyQuietError
from bot.errors_rights import AnyRightsError
from storage.records import ProjectName


@dataclass(unsafe_hash=True)
class UnknownCommandError(BotError):
    """There is no such command. `nearest` is one by spelling; `project` one that the words stand for.

    `rest` is what was typed after it.
    """

    typed: str
    nearest: str | None
    project: ProjectName | None
    rest: str = ""


@dataclass(unsafe_hash=True)
class MissingProjectError(BotError):
    """The command needs a project, none was typed, and the channel has none, or several (`of_channel`).

    Here and below, `rest` is what was to be written of the project: it is said back, so that it is not lost.
    """

    command: str
    of_channel: tuple[ProjectName, ...] = ()
    rest: str = ""


@dataclass(unsafe_hash=True)
class UnknownProjectError(BotError):
    """No project is called that. `nearest`: those nearest by spelling, best first."""

    command: str
    typed: str
    nearest: tuple[ProjectName, ...]
    rest: str = ""


@dataclass(unsafe_hash=True)
class ChannelWithoutProjectError(BotError):
    """The channel that was typed in place of a project belongs to none."""

    command: str
    channel_id: str
    rest: str = ""


@dataclass(unsafe_hash=True)
class AmbiguousProjectError(BotError):
    """Several projects are called that; `has_more`: and more than are listed."""

    command: str
    typed: str
    projects: tuple[ProjectName, ...]
    has_more: bool
    rest: str = ""


@dataclass(unsafe_hash=True)
class MissingWordsError(BotError):
    """`search` was asked for nothing."""


@dataclass(unsafe_hash=True)
class UnknownListError(BotError):
    """There is no such list."""

    typed: str
    nearest: str | None


@dataclass(unsafe_hash=True)
class GoneProjectError(BotError):
    """A button on an older message leads to a project that is no longer there."""


@dataclass(unsafe_hash=True)
class NotYetError(BotError):
    """The project was not in the records by then; `began_at` is when it came."""

    slug: str
    began_at: datetime


@dataclass(unsafe_hash=True)
class OutdatedButtonError(BotError):
    """A button on a message from another version, which this one cannot read."""


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
    """Somebody who has left the workspace is to look after something, or to be on a team."""

    person_id: str


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

AnyChangeError = (
    IncompleteCommandError
    | SurplusWordsError
    | UnknownOutcomeError
    | UnknownStatusError
    | NoMetricError
    | TextTooLongError
    | NameTakenError
    | NotUnderstoodError
    | UnclearDateError
    | WrongDateError
    | RingError
    | UnknownPartError
    | ArchivedProjectError
    | AnyFormError
    | NothingToUndoError
    | AlreadyUndoneError
    | ChangedSinceError
)
"""What can go wrong with a change."""

AnyBotError = (
    UnknownCommandError
    | MissingProjectError
    | UnknownProjectError
    | ChannelWithoutProjectError
    | AmbiguousProjectError
    | MissingWordsError
    | UnknownListError
    | GoneProjectError
    | NotYetError
    | OutdatedButtonError
    | AnyChangeError
    | AnyRightsError
    | AnyQuietError
    | AnyCheckInError
)


class SlackRefusedError(Exception):
    """Slack answered with an error; `code` is Slack's word for it.

    `retry_after_s`: when to ask again, if it was asked too often.
    """

    def __init__(self, method: str, code: str, retry_after_s: int | None = None) -> None:
        super().__init__(f"{method}: {code}")
        self.method = method
        self.code = code
        self.retry_after_s = retry_after_s


class SlackUnreachableError(Exception):
    """No usable answer came: no network, a time-out, or a page that is not Slack's."""


class PortInUseError(Exception):
    """Another program listens there already."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"{host}:{port}")
        self.host = host
        self.port = port


class CannotListenError(Exception):
    """The address is not one of this machine's, or the port is kept for others."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"{host}:{port}: {reason}")
        self.host = host
        self.port = port
        self.reason = reason
