"""What people are reminded of, and when: rules as rows, and the ladder that each goes up. Pure.

To add a rule: its row in RULES, and its sentence in REASONS of bot/texts_reminders.py.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.working_days import instant


class Step(StrEnum):
    """A step of the ladder, and where it leads."""

    OWNER = "owner"
    AGAIN = "again"
    CHANNEL = "channel"
    DIGEST = "digest"
    """Nothing more is sent: the digest lists what is stale, for as long as it is."""


LADDER = (Step.OWNER, Step.AGAIN, Step.CHANNEL, Step.DIGEST)
"""By direct message to the owner; again, once; a line in the project's channel; then the digest."""
TO_PERSON = 2
"""So many of its steps are messages to a person."""
SLACK = timedelta(hours=2)
"""A pause may be so much shorter: turns come up to an hour late, and clocks are put forward by one."""


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


class Told(NamedTuple):
    """What was sent by one rule about one thing: so many times to a person, and in the channel; when last."""

    rule: str
    about: str
    to_person: int
    in_channel: int
    last_at: datetime


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
_BY_KEY = {rule.key: rule for rule in RULES}
_LONGEST_PAUSE = max(rule.pause for rule in RULES)


class Due(NamedTuple):
    """A rule by which something is to be sent, and about which occasion."""

    rule: Rule
    about: str


def pause_ends_at(told: Iterable[Told]) -> datetime | None:
    """Before then nothing is sent about this thing, by whichever rule; None when nothing ever was."""
    return max((each.last_at + _pause_of(each) - SLACK for each in told), default=None)


def _pause_of(told: Told) -> timedelta:
    # A rule that this version has no longer leaves the longest pause.
    rule = _BY_KEY.get(told.rule)
    return rule.pause if rule else _LONGEST_PAUSE


def due_for_person(facts: Facts, told: Iterable[Told], moment: Moment) -> tuple[Due, ...]:
    """The rules by which the person is to be told now."""
    return _due(facts, tuple(told), moment, _is_for_person)


def due_for_channel(facts: Facts, told: Iterable[Told], moment: Moment) -> tuple[Due, ...]:
    """The rules by which a line in the channel is due now.

    Both messages to a person have gone by; or so much time, where there was nobody who could be told.
    """
    return _due(facts, tuple(told), moment, _is_for_channel)


def _due(
    facts: Facts,
    told: tuple[Told, ...],
    moment: Moment,
    is_due: Callable[[Rule, Occasion, Told | None, Moment], bool],
) -> tuple[Due, ...]:
    ends_at = pause_ends_at(told)
    is_snoozed = facts.snoozed_until is not None and moment.today < facts.snoozed_until
    if is_snoozed or (ends_at is not None and moment.now < ends_at):
        return ()
    found = []
    for rule in RULES:
        occasion = rule.condition(facts, moment)
        if occasion is not None and is_due(rule, occasion, _told_of(told, rule, occasion), moment):
            found.append(Due(rule, occasion.about))
    return tuple(found)


def _told_of(told: Iterable[Told], rule: Rule, occasion: Occasion) -> Told | None:
    return next((each for each in told if (each.rule, each.about) == (rule.key, occasion.about)), None)


def _is_for_person(rule: Rule, occasion: Occasion, told: Told | None, moment: Moment) -> bool:
    count = told.to_person if told else 0
    return count < min(rule.at_most, TO_PERSON) and occasion.since + rule.first_after <= moment.now


def _is_for_channel(rule: Rule, occasion: Occasion, told: Told | None, moment: Moment) -> bool:
    if rule.at_most <= TO_PERSON or (told is not None and told.in_channel):
        return False
    has_been_told = told is not None and told.to_person >= TO_PERSON
    return has_been_told or _reaches_channel_at(rule, occasion) <= moment.now


def _reaches_channel_at(rule: Rule, occasion: Occasion) -> datetime:
    return occasion.since + rule.first_after + TO_PERSON * rule.pause


class Standing(NamedTuple):
    """Where something stands on the ladder: by which rule, the step that comes next, and not before when."""

    rule: Rule
    step: Step
    not_before: datetime


def standing_of(facts: Facts, told: Iterable[Told], moment: Moment, *, has_person: bool) -> Standing | None:
    """What comes next about it; None for what nothing is to be said of.

    `has_person`: there is somebody who can be told.
    """
    known = tuple(told)
    ends_at = pause_ends_at(known)
    found = []
    for rule in RULES:
        occasion = rule.condition(facts, moment)
        if occasion is None:
            continue
        of_it = _told_of(known, rule, occasion)
        step = _next_step(rule, of_it, has_person=has_person)
        at = occasion.since + rule.first_after
        if step is Step.CHANNEL and (of_it is None or of_it.to_person < TO_PERSON):
            at = _reaches_channel_at(rule, occasion)
        if ends_at is not None:
            at = max(at, ends_at)
        if facts.snoozed_until is not None:
            at = max(at, instant(facts.snoozed_until, time(), moment.zone))
        if step is not Step.DIGEST or rule.at_most > TO_PERSON:
            found.append(Standing(rule, step, at))
    # What ends in the digest is said only where nothing else is to come.
    return min(found, key=lambda each: (each.step is Step.DIGEST, each.not_before), default=None)


def _next_step(rule: Rule, told: Told | None, *, has_person: bool) -> Step:
    to_person = told.to_person if told else 0
    if has_person and to_person < min(rule.at_most, TO_PERSON):
        return LADDER[to_person]
    in_channel = told.in_channel if told else 0
    return Step.CHANNEL if rule.at_most > TO_PERSON and not in_channel else Step.DIGEST
