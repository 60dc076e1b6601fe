"""The messages that remind: to a person, and in a project's channel. They shrink as they are dealt with.

Slack changes no message whose text is longer than 4,000 characters (docs.slack.dev, "chat.update"), so texts
are shortened here, and what does not fit is said to be elsewhere.
"""

from collections.abc import Sequence
from datetime import date, datetime

from bot import texts_reminders
from bot.domain.freshness import goal_held_at, is_faded
from bot.services.reminder_reading import ReminderRecord, Thing
from bot.slack.effects import Block, Message
from bot.slack.mrkdwn import escape
from bot.slack.views.layout import Part, actions, briefly, context, message, section, shorten
from bot.slack.views.lists import name_of
from bot.slack.views.outcomes import day_and_month, metric_words, status_words
from bot.slack.views.reminder_buttons import goal_buttons, outcome_buttons, wish_menu
from bot.texts_reminders import Reason
from storage.records import OwnOutcome, Project

SHOWN = 8
"""Lines on a message; those behind them move up as these are dealt with."""
_LONGEST = 3_000
"""Characters of the lines, before what stands above and below them."""
_TEXT, _NAME, _DONE = 160, 60, 40
_DONE_SHOWN = 3


def reminder_message(record: ReminderRecord, now: datetime) -> Message:
    """As it stands. With nothing left to be done it says so, and no more than why it came."""
    open_, all_ = record.open, record.things
    parts = [] if open_ or not all_ else section(texts_reminders.all_dealt_with(len(all_)))
    if not all_:
        # The person sees none of it any more.
        parts = section(texts_reminders.NOTHING_LEFT)
    if open_:
        parts += section(_title(record, len(open_)))
        parts += _lines(record, open_, now)
    done = [each for each in all_ if each.dealt is not None]
    if done and open_:
        parts += context(texts_reminders.some_dealt_with(len(done), len(all_), _named(done)))
    parts += context(_why(record))
    return message([*parts, *(actions([_menu(record)]) if open_ else [])])


def _title(record: ReminderRecord, count: int) -> str:
    if record.project is None:
        return texts_reminders.asked(count)
    return texts_reminders.asked_in_channel(escape(shorten(name_of(record.project), _NAME)), count)


def _lines(record: ReminderRecord, open_: Sequence[Thing], now: datetime) -> list[Part]:
    today = now.astimezone(record.reader.zone).date()
    parts: list[Part] = []
    size = 0
    for done, thing in enumerate(open_):
        words, buttons = _line(record, thing, today, now)
        drawn = section(words)
        size += len(words)
        if done == SHOWN or size > _LONGEST:
            return parts + section(_more(record, len(open_) - done))
        parts += [*drawn, *actions(buttons)]
    return parts


def _line(record: ReminderRecord, thing: Thing, today: date, now: datetime) -> tuple[str, list[Block]]:
    if thing.goal_of is not None:
        return _goal_words(thing, thing.goal_of, today, now), goal_buttons(thing.goal_of)
    if thing.own is None:
        raise ValueError("what is off the record is dealt with")
    return _words(thing, thing.own, today, now), outcome_buttons(record, thing, thing.own)


def _more(record: ReminderRecord, count: int) -> str:
    if record.project is None:
        return texts_reminders.more_lines(count)
    return texts_reminders.more_in_channel(count, escape(record.project.slug))


def _words(thing: Thing, own: OwnOutcome, today: date, now: datetime) -> str:
    outcome = own.outcome
    facts = [f"{escape(shorten(name_of(own.project), _NAME))}, outcome {outcome.number}"]
    facts += [status_words(outcome.status, is_faded=is_faded(outcome, now))] if outcome.status else []
    if outcome.metric is not None:
        facts.append(metric_words(outcome.metric, outcome.newest.value if outcome.newest else None))
    if outcome.due_on is not None:
        facts.append(f"{'was due' if outcome.due_on < today else 'due'} {day_and_month(outcome.due_on)}")
    since = outcome.vouched_at or (outcome.newest.said_at if outcome.newest else now)
    reason = Reason(since, outcome.due_on, outcome.owner_id, today, now)
    reasons = " ".join(texts_reminders.REASONS[rule](reason) for rule in thing.rules)
    return f"*{briefly(outcome.text, _TEXT)}*\n{' · '.join(facts)}\n{reasons}"


def _goal_words(thing: Thing, project: Project, today: date, now: datetime) -> str:
    reason = Reason(goal_held_at(project), None, project.owner_id, today, now)
    reasons = " ".join(texts_reminders.REASONS[rule](reason) for rule in thing.rules)
    name = escape(shorten(name_of(project), _NAME))
    return f"*{briefly(project.goal, _TEXT)}*\n{texts_reminders.goal_of(name)}\n{reasons}"


def _named(done: Sequence[Thing]) -> str:
    """Which, and how each was dealt with."""
    words = [
        f"“{briefly(text, _DONE)}” {texts_reminders.DEALT[each.dealt]}"
        for each in done
        if each.dealt is not None and (text := _text_of(each))
    ]
    gone = len(done) - len(words)
    words += [f"{gone} off the record"] if gone else []
    more = len(words) - _DONE_SHOWN
    return ", ".join(words[:_DONE_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _text_of(thing: Thing) -> str:
    """Nothing for what is off the record."""
    if thing.goal_of is not None:
        return thing.goal_of.goal
    return "" if thing.own is None else thing.own.outcome.text


def _menu(record: ReminderRecord) -> Block:
    return wish_menu(record.reader.wish, project_id=record.message.project_id)


def _why(record: ReminderRecord) -> str:
    reader = record.reader
    if record.project is None:
        return texts_reminders.why(reader.wish, reader.budget, reader.at)
    return texts_reminders.why_in_channel(reader.wish, escape(record.project.slug))
