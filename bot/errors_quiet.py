"""What can go wrong with quiet time and a workspace's settings, as data. See `bot.errors`."""

from dataclasses import dataclass
from datetime import date

from bot.errors_base import BotError


@dataclass(unsafe_hash=True)
class CannotSetError(BotError):
    """A guest changes no settings of the workspace; full members do."""

    admins: tuple[str, ...]


@dataclass(unsafe_hash=True)
class UnknownZoneError(BotError):
    """No time zone, or several. `nearest`: what may have been meant, best first."""

    typed: str
    nearest: tuple[str, ...]


@dataclass(unsafe_hash=True)
class UnknownCountryError(BotError):
    """No country whose holidays are known, or a part of several. `nearest` by spelling."""

    typed: str
    nearest: str | None


@dataclass(unsafe_hash=True)
class NotAwayError(BotError):
    """Somebody would be back on a day that is today, or past."""

    day: date
    is_today: bool


@dataclass(unsafe_hash=True)
class BackwardsError(BotError):
    """The last day is before the first."""

    first: date
    last: date


@dataclass(unsafe_hash=True)
class TooManyDaysError(BotError):
    """More days at once than somebody means to add; at most `limit`."""

    first: date
    last: date
    limit: int


@dataclass(unsafe_hash=True)
class NoDayOffError(BotError):
    """None of these days is on the own list. `holiday`: the public one that the first of them is."""

    first: date
    last: date
    holiday: str | None


@dataclass(unsafe_hash=True)
class UnclearReminderError(BotError):
    """Neither when people are reminded nor how often; `most` messages a week, at most."""

    typed: str
    most: int


AnyQuietError = (
    CannotSetError
    | UnknownZoneError
    | UnknownCountryError
    | NotAwayError
    | BackwardsError
    | TooManyDaysError
    | NoDayOffError
    | UnclearReminderError
)
