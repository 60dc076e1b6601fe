"""What reminders say, why they came, and how to have fewer. See `bot.texts`.

Whatever a person typed is escaped by the caller.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.ages import age_in_words
from bot.domain.reminder_hours import Wish
from bot.domain.reminder_lines import Dealt
from bot.texts_changes import day_in_words

STILL_TRUE, UPDATE, NOT_MINE, NOT_MINE_FORM = "Still true", "Update…", "Not mine", "Not mine…"
TAKE_OVER, ASSIGN, SNOOZE = "Take over", "Assign…", "Snooze"
SNOOZES = {"week": "For a week", "until": "Until a date…"}
WISHES = {
    Wish.USUAL: "As usual",
    Wish.LESS: "Less often: once a week",
    Wish.DIGEST: "Only in the digest",
    Wish.NEVER: "Never",
}
HOW_OFTEN = "How often"
NOTHING_LEFT = "🍂 What this was about is no longer there for you to see."


@dataclass(frozen=True, slots=True)
class Reason:
    """What a sentence of a rule is made of. `since`: when somebody last looked, or said that a goal holds."""

    since: datetime
    due_on: date | None
    owner_id: str | None
    today: date
    now: datetime

    @property
    def age(self) -> str:
        return age_in_words(self.since, self.now).removesuffix(" ago")

    @property
    def target(self) -> str:
        return "" if self.due_on is None else day_in_words(self.due_on)


def _stale(reason: Reason) -> str:
    return f"Nobody has looked at this for {reason.age}."


def _never(_reason: Reason) -> str:
    return "Nobody has said yet how this stands."


def _ahead(reason: Reason) -> str:
    return f"Its target date is near: {reason.target}. How does it stand?"


def _on_the_day(reason: Reason) -> str:
    day = reason.due_on
    if day == reason.today:
        return "Its target date is today. Is it done?"
    was = "was" if day is not None and day < reason.today else "is"
    return f"Its target date {was} {reason.target}. Is it done?"


def _past(reason: Reason) -> str:
    return f"Its target date has passed: {reason.target}. Is it done, or is there another date?"


def _left(reason: Reason) -> str:
    who = f"<@{reason.owner_id}>" if reason.owner_id else "Whoever looked after this"
    return f"{who} has left the workspace. Who looks after this now?"


def _disowned(_reason: Reason) -> str:
    return "Its owner says that it is not theirs. Who looks after this?"


def _goal(reason: Reason) -> str:
    return f"Nobody has confirmed this goal for {reason.age}. Does it still hold?"


REASONS: dict[str, Callable[[Reason], str]] = {
    "stale": _stale,
    "never": _never,
    "ahead": _ahead,
    "on_the_day": _on_the_day,
    "past": _past,
    "left": _left,
    "disowned": _disowned,
    "goal": _goal,
}
"""A sentence for each rule of bot/domain/reminder_rules.py."""


def goal_of(name: str) -> str:
    """`name` is escaped."""
    return f"The strategic goal of {name}"


def asked(count: int) -> str:
    """The first line of a message to a person."""
    return f"⏰ *Waymark has {'one thing' if count == 1 else f'{count} things'} for you to look at*"


def asked_in_channel(name: str, count: int) -> str:
    """`name` is escaped. What has not been looked at is said, and not by whom."""
    what = "an outcome has" if count == 1 else f"{count} outcomes have"
    return f"⏰ *{name}*: {what} not been looked at for long"


def all_dealt_with(count: int) -> str:
    what = {1: "That is", 2: "Both are"}.get(count, f"All {count} are")
    return f"✅ {what} dealt with. Thank you!"


def some_dealt_with(done: int, count: int, words: str) -> str:
    """`words`: which, and how."""
    return f"✅ {done} of {count} dealt with: {words}"


DEALT = {
    Dealt.GONE: "off the record",
    Dealt.CLOSED: "closed",
    Dealt.VOUCHED: "looked at",
    Dealt.SNOOZED: "snoozed",
    Dealt.OWNED: "handed on",
    Dealt.MOVED: "another date",
}


def more_lines(count: int) -> str:
    """Beyond those that a message has room for."""
    return f"… and {count:,} more. `/project list mine` and my *Home* tab show them all."


def more_in_channel(count: int, slug: str) -> str:
    """`slug` is escaped."""
    return f"… and {count:,} more: `/project outcomes {slug}` shows them all."


def why(wish: Wish, budget: int, at: time) -> str:
    """Why a message came to a person, and how many may come."""
    because = "You get this since you look after it, or own its project. "
    if budget == 0:
        return f"{because}From now on no reminders come: this workspace wants none."
    match wish:
        case Wish.USUAL | Wish.LESS:
            times = 1 if wish is Wish.LESS else budget
            often = "once" if times == 1 else f"{times} times"
            return f"{because}One message a day at most, {often} a week, on working days at {at:%H:%M}."
        case Wish.DIGEST:
            return f"{because}From now on it is in the digest alone. Home has the way back."
        case Wish.NEVER:
            return f"{because}From now on no reminders come. Home has the way back."


def why_in_channel(wish: Wish, slug: str) -> str:
    """`slug` is escaped."""
    because = "This is here since nobody has answered a direct message about it, or there is nobody to ask. "
    match wish:
        case Wish.USUAL | Wish.LESS:
            often = "a day" if wish is Wish.USUAL else "a week"
            return f"{because}One message {often} at most. `/project remind {slug}` shows what comes next."
        case Wish.DIGEST | Wish.NEVER:
            return f"{because}No more come in this channel. `/project remind {slug}` has the way back."


_SAID_OF = {
    Wish.USUAL: "🔔 Reminders come as usual.",
    Wish.LESS: "🔉 Reminders come once a week at most.",
    Wish.DIGEST: "🔕 No more reminders: what is stale stands in the digest.",
    Wish.NEVER: "🔕 No more reminders.",
}


def wished(wish: Wish) -> str:
    """To the person whose they are."""
    back = "" if wish is Wish.USUAL else " The way back is in the Home tab, under Settings."
    return _SAID_OF[wish] + back


def wished_for_channel(wish: Wish, slug: str) -> str:
    """`slug` is escaped."""
    back = "" if wish is Wish.USUAL else f" The way back: `/project remind {slug}`."
    return f"{_SAID_OF[wish]} This is about the project's channel.{back}"


def at_home(wish: Wish, stopped_because: str | None) -> str:
    """How often reminders come, in the home tab."""
    if stopped_because is not None:
        return (
            f"*Reminders* have stopped: Slack did not take the last one (`{stopped_because}`). "
            "Choose how often, and they begin again."
        )
    return f"*Reminders* of what you look after: {WISHES[wish][0].lower()}{WISHES[wish][1:]}."


def still_true(outcome: str) -> str:
    """`outcome` is escaped."""
    return f"👍 Still true: “{outcome}”"


def goal_holds(goal: str) -> str:
    """`goal` is escaped."""
    return f"👍 The goal still holds: “{goal}”"


def given_back(outcome: str) -> str:
    """`outcome` is escaped."""
    return f"👋 “{outcome}” is nobody's now. Whoever owns the project is asked who looks after it."


def taken_over(outcome: str) -> str:
    """`outcome` is escaped."""
    return f"🙌 “{outcome}” is yours now."


def snoozed(outcome: str, until: date) -> str:
    """`outcome` is escaped."""
    return f"💤 No reminders about “{outcome}” before {day_in_words(until)}. It is no fresher for that."


def snooze_form(outcome: str, most: int) -> str:
    """`outcome` is escaped."""
    return f"*{outcome}*\nNo reminders about this before that day, {most} days at most."


SNOOZE_PAST = "Choose a day after today."


def snooze_too_long(last: date) -> str:
    return f"Choose a day up to {day_in_words(last)}: what rests longer is better given another date."


def remind_at_set(at: time, budget: int) -> str:
    said = f"✏️ People are reminded at {at:%H:%M} on their own clock now."
    if budget == 0:
        return f"{said} Reminders are off, though: `/project settings reminders 3` brings them back."
    return said


def budget_set(budget: int) -> str:
    if budget == 0:
        return "✏️ Nobody is reminded of anything now; the digest goes on."
    often = "once" if budget == 1 else f"{budget} times"
    return f"✏️ People are reminded {often} a week at most now."


def setting(budget: int, at: time) -> str:
    """How it is set."""
    if budget == 0:
        return "none"
    often = "once" if budget == 1 else f"{budget} times"
    return f"{often} a week at most, at {at:%H:%M} on each person's own clock"
