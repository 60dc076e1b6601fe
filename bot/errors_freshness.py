"""What can go wrong with when something is due or stale, as data. See `bot.errors`."""

from dataclasses import dataclass

from bot.errors_base import BotError


@dataclass(unsafe_hash=True)
class ImpossibleThresholdsError(BotError):
    """An outcome cannot be stale before it is due, nor only after `most` days."""

    due_after_days: int
    stale_after_days: int
    most: int


@dataclass(unsafe_hash=True)
class NoGoalError(BotError):
    """There is no goal that could still hold."""

    slug: str


@dataclass(unsafe_hash=True)
class UnknownWholeStatusError(BotError):
    """A project as a whole has a status, and neither a number nor a note."""

    slug: str
    typed: str


AnyFreshnessError = ImpossibleThresholdsError | NoGoalError | UnknownWholeStatusError
