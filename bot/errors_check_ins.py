"""What can go wrong with check-ins, as data. See bot/errors.py."""

from dataclasses import dataclass
from typing import Literal

from bot.errors_base import BotError


@dataclass(unsafe_hash=True)
class UnclearCadenceError(BotError):
    """A part of when to check in was not understood (`typed`), or is missing (then that is empty).

    `part` is as bot/domain/cadence_words.py names it, `nearest` what may have been meant; `words` all that
    was typed.
    """

    slug: str
    words: str
    part: str
    typed: str
    nearest: tuple[str, ...] = ()


@dataclass(unsafe_hash=True)
class NotScheduledError(BotError):
    """No prompt is to come that could be left out."""

    slug: str


@dataclass(unsafe_hash=True)
class NoPlaceToAskError(BotError):
    """The project has no channel, and nobody agreed to be asked by direct message."""

    slug: str
    owner_id: str | None


@dataclass(unsafe_hash=True)
class RoundOpenError(BotError):
    """A round is open already, in this message if Slack has it by now."""

    slug: str
    channel_id: str | None
    message_ts: str | None


@dataclass(unsafe_hash=True)
class RoundOverError(BotError):
    """The round that a button was for is over."""

    slug: str


@dataclass(unsafe_hash=True)
class NotTheOwnerError(BotError):
    """Only the owner can agree to be asked by direct message."""

    slug: str
    owner_id: str | None


@dataclass(unsafe_hash=True)
class ReplyGoneError(BotError):
    """The reply that a button asks about is deleted, says something else by now, or is somebody else's."""

    state: Literal["deleted", "edited", "theirs"]


@dataclass(unsafe_hash=True)
class LineSettledError(BotError):
    """The line of a reply that a button asks about was said of another outcome already."""

    slug: str
    number: int


AnyCheckInError = (
    UnclearCadenceError
    | NotScheduledError
    | NoPlaceToAskError
    | RoundOpenError
    | RoundOverError
    | NotTheOwnerError
    | ReplyGoneError
    | LineSettledError
)
