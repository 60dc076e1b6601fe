"""What can go wrong, as data. `bot.texts` and `bot.cli` have the sentences; none stands here.

Not frozen: Python itself writes an exception's traceback into it on the way through a context manager.
"""

from dataclasses import dataclass

from storage.records import ProjectName


@dataclass(unsafe_hash=True)
class BotError(Exception):
    """The base: a person asked for something that cannot be done as it was asked. Nothing was changed."""


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
    """The command needs a project, none was typed, and the channel has none, or several (`of_channel`)."""

    command: str
    of_channel: tuple[ProjectName, ...] = ()


@dataclass(unsafe_hash=True)
class UnknownProjectError(BotError):
    """No project is called that. `nearest`: those nearest by spelling, best first."""

    command: str
    typed: str
    nearest: tuple[ProjectName, ...]


@dataclass(unsafe_hash=True)
class ChannelWithoutProjectError(BotError):
    """The channel that was typed in place of a project belongs to none."""

    command: str
    channel_id: str


@dataclass(unsafe_hash=True)
class AmbiguousProjectError(BotError):
    """Several projects are called that; `has_more`: and more than are listed."""

    command: str
    typed: str
    projects: tuple[ProjectName, ...]
    has_more: bool


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
    | OutdatedButtonError
)


class SlackRefusedError(Exception):
    """Slack answered with an error; `code` is Slack's word for it."""

    def __init__(self, method: str, code: str) -> None:
        super().__init__(f"{method}: {code}")
        self.method = method
        self.code = code


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
