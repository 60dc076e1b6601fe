"""What can go wrong with charts, as data. See bot/errors.py."""

from dataclasses import dataclass

from bot.errors_base import BotError


@dataclass(unsafe_hash=True)
class NothingToChartError(BotError):
    """The project has no outcome, and never had one in the last weeks."""

    slug: str


@dataclass(unsafe_hash=True)
class NoMetricError(BotError):
    """The outcome is not measured, so that it has no course."""

    slug: str
    number: int


@dataclass(unsafe_hash=True)
class NoValueError(BotError):
    """The outcome is measured, but nobody has said a value yet."""

    slug: str
    number: int


AnyChartError = NothingToChartError | NoMetricError | NoValueError
