"""The messages that remind: to a person, and in a project's channel. They shrink as they are dealt with.

Slack changes no message whose text is longer than 4,000 characters (docs.slack.dev, "chat.update"), so texts
are shortened here, and what does not fit is said to be elsewhere.
"""

from collections.abc import Sequence
from datetime import date, datetime

from bot import texts, texts_reminders
from bot.domain.reminder_hours import Wish
from bot.domain.reminder_lines import OF_OWNERS
from bot.services.reminder_reading import ReminderRecord, Thing
from bot.slack import ids
from bot.slack.effects import Block, Message
from bot.slack.memos import OfReminder, Wanted
from bot.slack.mrkdwn import escape, plain
from bot.slack.queries import Query
from bot.slack.views.inputs import option, plain_text
from bot.slack.views.layout import Part, actions, briefly, button, context, message, section, shorten
from bot.slack.views.lists import BUTTON, name_of
from bot.slack.views.outcomes import day_and_month, metric_words
from bot.texts_reminders import Reason
from storage.records import OwnOutcome

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
        if thing.own is None:
            continue
        words = section(_words(thing, thing.own, today, now))
        size += sum(len(part.text) for part in words)
        if done == SHOWN or size > _LONGEST:
            return parts + section(_more(record, len(open_) - done))
        parts += [*words, *actions(_buttons(record, thing, thing.own))]
    return parts


def _more(record: ReminderRecord, count: int) -> str:
    if record.project is None:
        return texts_reminders.more_lines(count)
    return texts_reminders.more_in_channel(count, escape(record.project.slug))


def _words(thing: Thing, own: OwnOutcome, today: date, now: datetime) -> str:
    outcome = own.outcome
    facts = [f"{escape(shorten(name_of(own.project), _NAME))}, outcome {outcome.number}"]
    facts += [texts.STATUS[outcome.status]] if outcome.status else []
    if outcome.metric is not None:
        facts.append(metric_words(outcome.metric, outcome.newest.value if outcome.newest else None))
    if outcome.due_on is not None:
        facts.append(f"{'was due' if outcome.due_on < today else 'due'} {day_and_month(outcome.due_on)}")
    since = outcome.vouched_at or (outcome.newest.said_at if outcome.newest else now)
    reason = Reason(since, outcome.due_on, outcome.owner_id, today, now)
    reasons = " ".join(texts_reminders.REASONS[rule](reason) for rule in thing.rules)
    return f"*{briefly(outcome.text, _TEXT)}*\n{' · '.join(facts)}\n{reasons}"


def _named(done: Sequence[Thing]) -> str:
    """Which, and how each was dealt with."""
    words = [
        f"“{briefly(each.own.outcome.text, _DONE)}” {texts_reminders.DEALT[each.dealt]}"
        for each in done
        if each.own is not None and each.dealt is not None
    ]
    gone = len(done) - len(words)
    words += [f"{gone} off the record"] if gone else []
    more = len(words) - _DONE_SHOWN
    return ", ".join(words[:_DONE_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _buttons(record: ReminderRecord, thing: Thing, own: OwnOutcome) -> list[Block]:
    is_to_person = record.project is None
    asks_for_owner = bool(OF_OWNERS.intersection(thing.rules))
    buttons = []
    if asks_for_owner:
        buttons += [_does(own, "take"), _does(own, "assign")]
    buttons += [_does(own, "still"), _update(own)]
    if is_to_person and not asks_for_owner:
        # Whoever owns the project says whose it is, and is not asked for that later.
        buttons.append(_does(own, "assign_it" if thing.is_of_project_owner else "not_mine"))
    return [*buttons, _snooze(own)]


_LABELS = {
    "still": texts_reminders.STILL_TRUE,
    "take": texts_reminders.TAKE_OVER,
    "assign": texts_reminders.ASSIGN,
    "assign_it": texts_reminders.NOT_MINE_FORM,
    "not_mine": texts_reminders.NOT_MINE,
}


def _does(own: OwnOutcome, what: str) -> Block:
    does = "assign" if what == "assign_it" else what
    value = OfReminder.model_validate(
        {"do": does, "project_id": own.project.id, "outcome_id": own.outcome.id}
    )
    action_id = f"{ids.REMINDER}:{does}-{own.outcome.id}"
    return button(_LABELS[what], action_id, value.encode(), **_spoken(_LABELS[what], own))


def _update(own: OwnOutcome) -> Block:
    project_id, outcome_id = own.project.id, own.outcome.id
    card = Query(name="outcomes", project_id=project_id, outcome_id=outcome_id)
    wanted = Wanted(form="outcome", project_id=project_id, outcome_id=outcome_id, vouches=True, card=card)
    label = texts_reminders.UPDATE
    return button(label, f"{ids.FORM}:{outcome_id}", wanted.encode(), **_spoken(label, own))


def _spoken(label: str, own: OwnOutcome) -> dict[str, str]:
    # Read aloud in place of the label, which every line has.
    return {"accessibility_label": shorten(f"{label}: {plain(own.outcome.text)}", BUTTON)}


def _snooze(own: OwnOutcome) -> Block:
    options = [
        option(
            label,
            OfReminder.model_validate(
                {"do": do, "project_id": own.project.id, "outcome_id": own.outcome.id}
            ).encode(),
        )
        for do, label in texts_reminders.SNOOZES.items()
    ]
    return {
        "type": "static_select",
        "action_id": f"{ids.REMINDER}:snooze-{own.outcome.id}",
        "placeholder": plain_text(texts_reminders.SNOOZE),
        "options": options,
    }


def _menu(record: ReminderRecord) -> Block:
    return wish_menu(record.reader.wish, project_id=record.message.project_id, key=record.message.key)


def wish_menu(chosen: Wish, *, project_id: int | None = None, key: str | None = None) -> Block:
    """How often reminders come: a person's, or those in a project's channel. `key`: of a message to renew."""
    options = {
        wish: option(
            label,
            OfReminder(do="wish", wish=wish.value, project_id=project_id, key=key).encode(),
        )
        for wish, label in texts_reminders.WISHES.items()
    }
    return {
        "type": "static_select",
        "action_id": f"{ids.REMINDER}:wish",
        "placeholder": plain_text(texts_reminders.HOW_OFTEN),
        "options": list(options.values()),
        "initial_option": options[chosen],
    }


def _why(record: ReminderRecord) -> str:
    reader = record.reader
    if record.project is None:
        return texts_reminders.why(reader.wish, reader.budget, reader.at)
    return texts_reminders.why_in_channel(reader.wish, escape(record.project.slug))
