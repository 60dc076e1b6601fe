"""What can go wrong with files of records, as data. See bot/errors.py."""

from dataclasses import dataclass

from bot.errors_base import BotError


@dataclass(unsafe_hash=True)
class UnknownFormatError(BotError):
    """No format and no project is called that; `nearest` is a format by spelling."""

    typed: str
    nearest: str | None


@dataclass(unsafe_hash=True)
class NothingToExportError(BotError):
    """The person sees no project."""


@dataclass(unsafe_hash=True)
class TooManyToExportError(BotError):
    """So many projects make no file that Slack is to be sent; `limit` would."""

    limit: int


AnyExportError = UnknownFormatError | NothingToExportError | TooManyToExportError
