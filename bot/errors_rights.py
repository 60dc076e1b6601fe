"""What somebody may not do or see, as data. See `bot.errors`."""

from dataclasses import dataclass
from typing import Literal

from bot.errors_base import BotError


@dataclass(unsafe_hash=True)
class NotAllowedError(BotError):
    """The person may not change the project, say who may ("access"), or how it stands ("owner").

    `team` and `admins` may.

    `why`: it is "restricted", or the person is a "guest" who is not on its team. `rest` is what was to be
    written, where that is known.
    """

    slug: str
    why: Literal["restricted", "guest", "access", "owner"]
    team: tuple[str, ...]
    admins: tuple[str, ...]
    rest: str = ""


@dataclass(unsafe_hash=True)
class CannotCreateError(BotError):
    """A guest makes no projects; full members do."""

    admins: tuple[str, ...]


@dataclass(unsafe_hash=True)
class OnlyMembersError(BotError):
    """Somebody of another organization reads and replies; all else is for the workspace's own people."""


@dataclass(unsafe_hash=True)
class ExternalPersonError(BotError):
    """Somebody of another organization is to be what changes records: a project's owner, or an admin."""

    person_id: str
    wanted: Literal["owner", "admin"]


@dataclass(unsafe_hash=True)
class NotAdminError(BotError):
    """Admins alone name others; `admins` are those that are known."""

    admins: tuple[str, ...]


@dataclass(unsafe_hash=True)
class AdminsOnlyError(BotError):
    """The command is for admins; `admins` are those that are known."""

    command: str
    admins: tuple[str, ...]


@dataclass(unsafe_hash=True)
class OnlyToYouError(BotError):
    """What the command answers is for whoever asks alone, and others would read it here."""

    command: str


@dataclass(unsafe_hash=True)
class SlacksAdminError(BotError):
    """An admin of Slack's own cannot be taken off the list here."""

    person_id: str


@dataclass(unsafe_hash=True)
class UnknownChannelError(BotError):
    """Slack does not tell of that channel: there is none, or it is private and the bot is not in it."""

    channel_id: str


@dataclass(unsafe_hash=True)
class OutOfSightError(BotError):
    """After the change, whoever makes it would not see the project any more."""

    slug: str


@dataclass(unsafe_hash=True)
class OnlyThereError(BotError):
    """A project of a private channel is shown to others in that channel only. Said to the person alone."""

    slug: str
    channel_id: str


@dataclass(unsafe_hash=True)
class UnknownPersonError(BotError):
    """Slack does not say who the person is, so nobody knows what they may see."""


AnyRightsError = (
    NotAllowedError
    | CannotCreateError
    | OnlyMembersError
    | ExternalPersonError
    | NotAdminError
    | AdminsOnlyError
    | OnlyToYouError
    | SlacksAdminError
    | UnknownChannelError
    | OutOfSightError
    | OnlyThereError
    | UnknownPersonError
)
