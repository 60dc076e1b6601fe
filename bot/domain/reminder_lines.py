"""Whether a line of a reminder is dealt with, read from how things stand now. Pure."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from storage.records import Outcome, OwnOutcome, ProjectState

OF_OWNERS = frozenset({"left", "disowned"})
"""Rules that ask for somebody to look after an outcome: dealt with when somebody does."""
OF_DATES = frozenset({"ahead", "on_the_day", "past"})
"""Rules that look at the target date: dealt with, too, when it is another one."""


class Dealt(StrEnum):
    """How a line was dealt with."""

    GONE = "gone"
    CLOSED = "closed"
    VOUCHED = "vouched"
    SNOOZED = "snoozed"
    OWNED = "owned"
    MOVED = "moved"


class Line(NamedTuple):
    """A rule that an outcome was put on a message by; `person_id`: who was told, None for a channel."""

    rule: str
    about: str
    person_id: str | None
    decided_at: datetime


class GoalNow(NamedTuple):
    """How a goal stands. `text` is "" for none; `confirmed_at`: when somebody last said that it holds."""

    text: str
    owner_id: str | None
    state: ProjectState
    confirmed_at: datetime | None
    snoozed_at: datetime | None


def how_goal_dealt(line: Line, now: GoalNow) -> Dealt | None:
    """None for a line that is still open."""
    if not now.text or now.state is not ProjectState.ACTIVE:
        return Dealt.GONE
    if now.snoozed_at is not None and now.snoozed_at >= line.decided_at:
        return Dealt.SNOOZED
    if now.confirmed_at is not None and now.confirmed_at >= line.decided_at:
        return Dealt.VOUCHED
    return None if now.owner_id == line.person_id else Dealt.OWNED


class Now(NamedTuple):
    """How the outcome stands: None for one that is off the record.

    `owner_can_be_told`: by a direct message; else whoever owns the project answers for it.
    """

    own: OwnOutcome | None
    project_owner_id: str | None = None
    owner_can_be_told: bool = False
    snoozed_until: date | None = None
    snoozed_at: datetime | None = None


def how_dealt(line: Line, now: Now) -> Dealt | None:
    """None for a line that is still open."""
    own = now.own
    if own is None or own.project_state is not ProjectState.ACTIVE:
        return Dealt.GONE
    if not own.outcome.is_open:
        return Dealt.CLOSED
    if now.snoozed_at is not None and now.snoozed_at >= line.decided_at:
        return Dealt.SNOOZED
    return _owned(line, own.outcome) if line.rule in OF_OWNERS else _looked_at(line, own.outcome, now)


def _owned(line: Line, outcome: Outcome) -> Dealt | None:
    """Whether somebody looks after it: of one whose owner has left, somebody else."""
    is_owned = outcome.owner_id is not None and (line.rule, line.about) != ("left", outcome.owner_id)
    return Dealt.OWNED if is_owned else None


def _looked_at(line: Line, outcome: Outcome, now: Now) -> Dealt | None:
    if outcome.vouched_at is not None and outcome.vouched_at >= line.decided_at:
        return Dealt.VOUCHED
    due_on = outcome.due_on and outcome.due_on.isoformat()
    if line.rule in OF_DATES and line.about != due_on:
        return Dealt.MOVED
    answers = outcome.owner_id if now.owner_can_be_told else now.project_owner_id
    is_theirs = line.person_id is None or line.person_id in {answers, outcome.owner_id}
    return None if is_theirs else Dealt.OWNED
