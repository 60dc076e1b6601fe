"""What can go wrong with digests and briefs, as data. See bot/errors.py."""

from dataclasses import dataclass

from bot.errors_base import BotError


@dataclass(unsafe_hash=True)
class UnclearTimeError(BotError):
    """A part of when a digest is to come was not understood (`typed`), or is missing (then that is empty).

    `command` is its name, `channel_id` the channel that was named. `part` is as bot/domain/cadence_words.py
    names it, `nearest` what may have been meant.
    """

    command: str
    channel_id: str | None
    part: str
    typed: str
    nearest: tuple[str, ...] = ()


@dataclass(unsafe_hash=True)
class NoDigestError(BotError):
    """None is set there that could be ended. `channel_id`: None for a direct message."""

    command: str
    channel_id: str | None


@dataclass(unsafe_hash=True)
class CannotSendThereError(BotError):
    """A guest sets no digests of channels; full members do."""

    admins: tuple[str, ...]


@dataclass(unsafe_hash=True)
class UnlinkedChannelError(BotError):
    """What looks like a channel is none that Slack knows by this name."""

    typed: str


AnyDigestError = UnclearTimeError | NoDigestError | CannotSendThereError | UnlinkedChannelError
