"""What people do with a line of a reminder, and how often they want one.

A snooze, and a wish, say nothing about how an outcome stands: they vouch for nothing.
"""

from datetime import date, datetime, timedelta

from bot.domain.reminder_hours import Wish
from bot.services import editing
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.dating import today_of
from storage import reminder_messages, reminder_words
from storage.database import Tx
from storage.records import Outcome
from storage.reminder_turns import set_wish, turn_of_project
from storage.reminders import GOAL
from storage.revisions import Changes

SHOWN_FOR = timedelta(days=30)
"""A message older than that is not brought up to date any more."""
MOST_SNOOZED = 90
"""Days."""
_WEEK = timedelta(days=7)


def give_back(act: Act, outcome: Outcome) -> None:
    """It is not theirs: nobody owns it, and whoever owns the project is asked who does."""
    editing.assign_outcome(act, outcome, None)
    where = act.tx, act.asker.workspace_id, act.project.id, outcome.id
    reminder_words.disown(*where, by=act.asker.person_id, now=act.now)


def snooze_for_a_week(act: Act, outcome: Outcome | None) -> date:
    """As `snooze_until`; None: the project's goal."""
    return snooze_until(act, outcome, today_of(act.asker, act.now) + _WEEK)


def snooze_until(act: Act, outcome: Outcome | None, until: date) -> date:
    """Nothing is sent about it before that day; the ladder then goes on from where it stood."""
    where = act.tx, act.asker.workspace_id, act.project.id, outcome.id if outcome else GOAL
    reminder_words.snooze(*where, until=until, by=act.asker.person_id, now=act.now)
    renew_about(act.tx, act.asker.workspace_id, [act.project.id], act.now)
    return until


def last_day_to_snooze(asker: Asker, now: datetime) -> date:
    return today_of(asker, now) + timedelta(days=MOST_SNOOZED)


def wish(tx: Tx, asker: Asker, chosen: Wish, now: datetime) -> None:
    """How often the asker wants to be reminded, from now on: the messages that they have say so, too."""
    where = tx, asker.workspace_id
    set_wish(*where, asker.person_id, chosen.value, now=now)
    reminder_messages.renew_messages_of(*where, asker.person_id, now - SHOWN_FOR, now)


def wish_for_channel(act: Act, chosen: Wish) -> None:
    """The same of the lines in the project's channel."""
    where = act.tx, act.asker.workspace_id
    place = turn_of_project(act.project.id)
    set_wish(*where, place, chosen.value, now=act.now, project_id=act.project.id)
    reminder_messages.renew_messages_of(*where, place, act.now - SHOWN_FOR, act.now)


def renew_about(tx: Tx, workspace_id: str, project_ids: list[int], now: datetime) -> int:
    """The messages about these projects show how they stand now; how many there are."""
    return reminder_messages.renew_messages_about(tx, workspace_id, project_ids, now - SHOWN_FOR, now)


def is_shown(tx: Tx, workspace_id: str, changes: Changes, now: datetime) -> bool:
    """Whether a message is about something that was changed."""
    since = now - SHOWN_FOR
    return reminder_messages.has_messages_about(tx, workspace_id, sorted(changes.project_ids), since)
