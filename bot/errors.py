"""What can go wrong, as data. `bot.texts` and `bot.cli` have the sentences; none stands here.

Not frozen: Python itself writes an exception's traceback into it on the way through a context manager.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.errors_base import BotError
from bot.errors_changes import (
    AlreadyUndoneError,
    AnyChangeError,
    AnyFormError,
    AnyTypedError,
    ArchivedProjectError,
    BadLineError,
    ChangedSinceError,
    GoneOutcomeError,
    IncompleteCommandError,
    MissingTextError,
    NameTakenError,
    NoDistanceError,
    NoMetricError,
    NotANumberError,
    NothingToUndoError,
    NotUnderstoodError,
    OutdatedFormError,
    PersonLeftError,
    RingError,
    SurplusWordsError,
    TextTooLongError,
    UnclearDateError,
    UnknownOutcomeError,
    UnknownPartError,
    UnknownStatusError,
    WrongDateError,
)
from bot.errors_charts import AnyChartError
from bot.errors_check_ins import AnyCheckInError
from bot.errors_digests import AnyDigestError
from bot.errors_export import AnyExportError
from bot.errors_freshness import AnyFreshnessError
from bot.errors_quiet import AnyQuietError
from bot.errors_rights import AnyRightsError
from storage.records import ProjectName

# Those of changes stand next door, and are imported from here as all others are.
__all__ = [
    "AlreadyUndoneError",
    "AnyChangeError",
    "AnyFormError",
    "AnyTypedError",
    "ArchivedProjectError",
    "BadLineError",
    "ChangedSinceError",
    "GoneOutcomeError",
    "IncompleteCommandError",
    "MissingTextError",
    "NameTakenError",
    "NoDistanceError",
    "NoMetricError",
    "NotANumberError",
    "NotUnderstoodError",
    "NothingToUndoError",
    "OutdatedFormError",
    "PersonLeftError",
    "RingError",
    "SurplusWordsError",
    "TextTooLongError",
    "UnclearDateError",
    "UnknownOutcomeError",
    "UnknownPartError",
    "UnknownStatusError",
    "WrongDateError",
]


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
    | AnyChartError
    | AnyRightsError
    | AnyQuietError
    | AnyCheckInError
    | AnyDigestError
    | AnyExportError
    | AnyFreshnessError
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
