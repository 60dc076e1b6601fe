"""What can be done with a line of a reminder, and with how often reminders come."""

from typing import NamedTuple

from bot import texts_reminders
from bot.domain.reminder_hours import Wish
from bot.domain.reminder_lines import OF_OWNERS
from bot.services.reminder_reading import ReminderRecord, Thing
from bot.slack import ids
from bot.slack.effects import Block
from bot.slack.memos import OfReminder, Wanted
from bot.slack.mrkdwn import plain
from bot.slack.queries import Query
from bot.slack.views.inputs import option, plain_text
from bot.slack.views.layout import button, shorten
from bot.slack.views.lists import BUTTON
from storage.records import OwnOutcome, Project
from storage.reminders import GOAL


def outcome_buttons(record: ReminderRecord, thing: Thing, own: OwnOutcome) -> list[Block]:
    target = _Target(own.project.id, own.outcome.id, own.outcome.text)
    is_to_person = record.project is None
    asks_for_owner = bool(OF_OWNERS.intersection(thing.rules))
    buttons = []
    if asks_for_owner:
        buttons += [_does(target, "take"), _does(target, "assign")]
    buttons += [_does(target, "still"), _update(target)]
    if is_to_person and not asks_for_owner:
        # Whoever owns the project says whose it is, and is not asked for that later.
        buttons.append(_does(target, "assign_it" if thing.is_of_project_owner else "not_mine"))
    return [*buttons, _snooze(target)]


def goal_buttons(project: Project) -> list[Block]:
    """The same of a goal: its owner is the project's."""
    target = _Target(project.id, GOAL, project.goal)
    return [
        _does(target, "still"),
        _update(target),
        _does(target, "assign_it"),
        _snooze(target),
    ]


class _Target(NamedTuple):
    """What is meant, and how it is read aloud; `outcome_id` is GOAL for a goal."""

    project_id: int
    outcome_id: int
    text: str


def _does(target: _Target, what: str) -> Block:
    label, suffix = _LABELS[what], _suffix(target)
    if what in {"assign", "assign_it"}:
        outcome_id = target.outcome_id or None
        wanted = Wanted(form="assign", project_id=target.project_id, outcome_id=outcome_id)
        return button(label, f"{ids.FORM}:assign-{suffix}", wanted.encode(), **_spoken(label, target))
    action_id = f"{ids.REMINDER}:{what}-{suffix}"
    return button(label, action_id, _value(target, what), **_spoken(label, target))


def _suffix(target: _Target) -> str:
    return str(target.outcome_id) if target.outcome_id != GOAL else f"goal-{target.project_id}"


def _value(target: _Target, do: str) -> str:
    outcome_id = target.outcome_id or None
    found = {"do": do, "project_id": target.project_id, "outcome_id": outcome_id}
    return OfReminder.model_validate(found).encode()


def _update(target: _Target) -> Block:
    project_id = target.project_id
    if target.outcome_id == GOAL:
        wanted = Wanted(form="project", project_id=project_id, card=Query(name="goal", project_id=project_id))
    else:
        card = Query(name="outcomes", project_id=project_id, outcome_id=target.outcome_id)
        wanted = Wanted(
            form="outcome", project_id=project_id, outcome_id=target.outcome_id, vouches=True, card=card
        )
    label = texts_reminders.UPDATE
    return button(label, f"{ids.FORM}:{_suffix(target)}", wanted.encode(), **_spoken(label, target))


def _spoken(label: str, target: _Target) -> dict[str, str]:
    # Read aloud in place of the label, which every line has.
    return {"accessibility_label": shorten(f"{label}: {plain(target.text)}", BUTTON)}


def _snooze(target: _Target) -> Block:
    return {
        "type": "static_select",
        "action_id": f"{ids.REMINDER}:snooze-{_suffix(target)}",
        "placeholder": plain_text(texts_reminders.SNOOZE),
        "options": [option(label, _value(target, do)) for do, label in texts_reminders.SNOOZES.items()],
    }


_LABELS = {
    "still": texts_reminders.STILL_TRUE,
    "take": texts_reminders.TAKE_OVER,
    "assign": texts_reminders.ASSIGN,
    "assign_it": texts_reminders.NOT_MINE_FORM,
    "not_mine": texts_reminders.NOT_MINE,
}


def wish_menu(chosen: Wish, *, project_id: int | None = None) -> Block:
    """How often reminders come: a person's, or those in a project's channel."""
    options = {
        wish: option(
            label,
            OfReminder(do="wish", wish=wish.value, project_id=project_id).encode(),
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
