"""What people are reminded of, and when: rules as rows. Pure. The ladder: bot/domain/reminder_ladder.py.

To add a rule: its row in RULES, and its sentence in REASONS of bot/texts_reminders.py.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.working_days import instant


class Facts(NamedTuple):
    """As much of an outcome, or of a project's goal, as the rules look at.

    `stale_at`: from then on it is stale, if nobody vouches for it; one that was never vouched for
    (`vouched_at` is None), when it is as old. `left_id`: its owner, who has left the workspace.
    `disowned_at`: when its owner said that it is not theirs; nobody has been named since. `goal_held_at`:
    when somebody last said that the goal holds, and `goal_old_at`: from then on that is to be said again.
    """

    vouched_at: datetime | None = None
    stale_at: datetime | None = None
    due_on: date | None = None
    left_id: str | None = None
    disowned_at: datetime | None = None
    goal_held_at: datetime | None = None
    goal_old_at: datetime | None = None
    snoozed_until: date | None = None


class Moment(NamedTuple):
    """Now, as whoever is written to has it. `next_day`: their next working day after today."""

    now: datetime
    zone: ZoneInfo
    today: date
    next_day: date


class Occasion(NamedTuple):
    """That a rule's condition holds, and since when. Another `about` is another occasion: all begins anew."""

    about: str
    since: datetime


class Rule(NamedTuple):
    """A row. `condition`: since when it holds, if it does; the first reminder is due `first_after` that.

    `pause`: so long nothing else is sent about the same thing. `at_most`: so many steps of the ladder.
    `asks_project`: whoever owns the project is asked, and not whoever owns the outcome.
    """

    key: str
    condition: Callable[[Facts, Moment], Occasion | None]
    first_after: timedelta
    pause: timedelta
    at_most: int
    asks_project: bool = False


def _days(number: int) -> timedelta:
    return timedelta(days=number)


def _target(facts: Facts, moment: Moment, *, from_: date, until: date) -> Occasion | None:
    """The target date, where it lies from the one day to before the other."""
    day = facts.due_on
    if day is None or not from_ <= day < until:
        return None
    return Occasion(day.isoformat(), instant(day, time(), moment.zone))


def _stale(facts: Facts, _moment: Moment) -> Occasion | None:
    if facts.stale_at is None or facts.vouched_at is None:
        return None
    # Not by when it turns stale, which changes with how often its project is asked.
    return Occasion(facts.vouched_at.isoformat(), facts.stale_at)


def _never(facts: Facts, _moment: Moment) -> Occasion | None:
    if facts.stale_at is None or facts.vouched_at is not None:
        return None
    return Occasion("", facts.stale_at)


def _ahead(facts: Facts, moment: Moment) -> Occasion | None:
    return _target(facts, moment, from_=moment.next_day, until=date.max)


def _on_the_day(facts: Facts, moment: Moment) -> Occasion | None:
    """On the last working day up to it: of a Sunday, people want to know on Friday. Or soon after."""
    return _target(facts, moment, from_=moment.today - _days(6), until=moment.next_day)


def _past(facts: Facts, moment: Moment) -> Occasion | None:
    return _target(facts, moment, from_=moment.today - _days(34), until=moment.today - _days(6))


def _left(facts: Facts, moment: Moment) -> Occasion | None:
    return None if facts.left_id is None else Occasion(facts.left_id, moment.now)


def _disowned(facts: Facts, _moment: Moment) -> Occasion | None:
    at = facts.disowned_at
    return None if at is None else Occasion(at.isoformat(), at)


def _goal(facts: Facts, _moment: Moment) -> Occasion | None:
    if facts.goal_old_at is None or facts.goal_held_at is None:
        return None
    return Occasion(facts.goal_held_at.isoformat(), facts.goal_old_at)


RULES = (
    Rule("stale", _stale, _days(0), _days(7), 3),
    Rule("never", _never, _days(0), _days(7), 3),
    Rule("ahead", _ahead, _days(-7), _days(4), 1),
    Rule("on_the_day", _on_the_day, _days(-7), _days(4), 1),
    Rule("past", _past, _days(7), _days(4), 1),
    Rule("left", _left, _days(0), _days(7), 1, asks_project=True),
    Rule("disowned", _disowned, _days(0), _days(7), 1, asks_project=True),
    Rule("goal", _goal, _days(0), _days(28), 2, asks_project=True),
)
