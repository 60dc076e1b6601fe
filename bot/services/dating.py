"""Days as a person means them: by the clock on their wall."""

from datetime import date, datetime

from bot.domain.days import Direction, contradicts, end_of_day, parse_day, readings, zone_of
from bot.errors import NotUnderstoodError, UnclearDateError, WrongDateError
from bot.services.asking import Asker
from bot.services.changing import Act
from storage.records import Outcome


def today_of(asker: Asker, now: datetime) -> date:
    """The day that it is where the person is."""
    return now.astimezone(zone_of(asker.zone)).date()


def read_day(asker: Asker, typed: str, now: datetime, direction: Direction) -> date:
    """The day that was typed. Raises NotUnderstoodError, UnclearDateError."""
    return read_day_from(typed, today_of(asker, now), direction)


def read_day_from(typed: str, today: date, direction: Direction) -> date:
    """As `read_day`, seen from a given day."""
    day = parse_day(typed, today, direction)
    if day is None:
        found = readings(typed)
        raise UnclearDateError(typed, found) if found else NotUnderstoodError("date", typed)
    if contradicts(typed, day):
        raise UnclearDateError(typed, (day,))
    return day


def end_of_past_day(asker: Asker, day: date, now: datetime) -> datetime:
    """The end of a day where the person is; of today, now. Raises WrongDateError for one that is to come."""
    if day > today_of(asker, now):
        raise WrongDateError(day, is_past=False)
    return min(end_of_day(day, zone_of(asker.zone)), now)


def change_due(act: Act, outcome: Outcome, day: date | None) -> None:
    """When an outcome is to be reached: today or later, where the person is. Raises WrongDateError."""
    if day is not None and day < today_of(act.asker, act.now):
        raise WrongDateError(day, is_past=True)
    act.change_outcome(outcome, "due_on", None if day is None else day.isoformat())
