"""The ladder that each rule of reminders goes up, with a pause on each step. Pure."""

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.domain.reminder_hours import LATE
from bot.domain.reminder_rules import RULES, Facts, Moment, Occasion, Rule
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
SLACK = LATE + timedelta(hours=1)
"""A pause may be so much shorter: turns come as late as that, and clocks are put forward by an hour."""


class Told(NamedTuple):
    """What was sent by one rule about one thing: so many times to a person, and in the channel; when last."""

    rule: str
    about: str
    to_person: int
    in_channel: int
    last_at: datetime


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


def due_for_channel(
    facts: Facts, told: Iterable[Told], moment: Moment, *, has_person: bool
) -> tuple[Due, ...]:
    """The rules by which a line in the channel is due now.

    Both messages to a person have gone by; or as much time, where there is nobody who can be told.
    """
    return _due(facts, tuple(told), moment, _passed_over if not has_person else _is_for_channel)


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


def _is_for_channel(rule: Rule, _occasion: Occasion, told: Told | None, _moment: Moment) -> bool:
    return _goes_on(rule, told) and told is not None and told.to_person >= TO_PERSON


def _passed_over(rule: Rule, occasion: Occasion, told: Told | None, moment: Moment) -> bool:
    return _goes_on(rule, told) and _passes_over_at(rule, occasion, told) <= moment.now


def _goes_on(rule: Rule, told: Told | None) -> bool:
    """Whether its ladder leads to the channel, and no line is there yet."""
    return rule.at_most > TO_PERSON and (told is None or not told.in_channel)


def _passes_over_at(rule: Rule, occasion: Occasion, told: Told | None) -> datetime:
    """When the messages that nobody could get would have gone by."""
    missing = TO_PERSON - min(told.to_person if told else 0, TO_PERSON)
    begins_at = occasion.since + rule.first_after
    if told is not None:
        # The pause after the last one goes by, too.
        begins_at = max(begins_at, told.last_at + rule.pause - SLACK)
    return begins_at + missing * rule.pause


class Standing(NamedTuple):
    """Where something stands on the ladder: by which rule, the step that comes next, and not before when."""

    rule: Rule
    step: Step
    not_before: datetime


def standing_of(
    facts: Facts, told: Iterable[Told], moment: Moment, *, has_person: bool, has_channel: bool
) -> Standing | None:
    """What comes next about it, if nobody does anything; None for what nothing is to be said of.

    `has_person`: there is somebody who can be told; `has_channel`: the project has a channel.
    """
    known = tuple(told)
    ends_at = pause_ends_at(known)
    found = []
    for rule in RULES:
        occasion = rule.condition(facts, moment)
        if occasion is None:
            continue
        of_it = _told_of(known, rule, occasion)
        step = _next_step(rule, of_it, has_person=has_person, has_channel=has_channel)
        at = occasion.since + rule.first_after
        if step is Step.CHANNEL and not has_person:
            at = _passes_over_at(rule, occasion, of_it)
        if ends_at is not None:
            at = max(at, ends_at)
        if facts.snoozed_until is not None:
            at = max(at, instant(facts.snoozed_until, time(), moment.zone))
        if step is not Step.DIGEST or rule.at_most > TO_PERSON:
            found.append(Standing(rule, step, at))
    # What ends in the digest is said only where nothing else is to come; a person is told before a channel.
    return min(
        found,
        key=lambda each: (each.step is Step.DIGEST, each.not_before, each.step is Step.CHANNEL),
        default=None,
    )


def _next_step(rule: Rule, told: Told | None, *, has_person: bool, has_channel: bool) -> Step:
    to_person = told.to_person if told else 0
    if has_person and to_person < min(rule.at_most, TO_PERSON):
        return LADDER[to_person]
    has_line = told is not None and told.in_channel > 0
    goes_on = rule.at_most > TO_PERSON and has_channel and not has_line
    return Step.CHANNEL if goes_on else Step.DIGEST
