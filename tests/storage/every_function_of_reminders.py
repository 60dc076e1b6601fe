"""The functions of storage that are about reminders: a part of every_function.py."""

from datetime import timedelta
from typing import Any

from storage import (
    outcomes,
    people,
    projects,
    reminder_candidates,
    reminder_line_outcomes,
    reminder_messages,
    reminder_turns,
    reminder_words,
    reminders,
    still_true,
)
from storage.check_in_tables import deliveries
from storage.database import Tx
from storage.records import Project
from storage.reminder_candidates import Candidate, Period
from storage.reminder_messages import NewMessage, ReminderLine
from storage.reminder_turns import turn_of_project
from storage.reminders import GOAL, Telling
from tests.storage.every_function_of_rounds import LATER, POSTED, Ask
from tests.support.make import NOW, SEES

KEY = "reminder:U0ANA:2026-05-04"
_LONG_AFTER = NOW + timedelta(days=100)
_PERIOD = Period(_LONG_AFTER, NOW.date(), NOW.date(), NOW + timedelta(days=1))


class Reminders:
    """A message about a project's outcome, which Slack has, and all that is known of it."""

    def __init__(self, tx: Tx, workspace_id: str, project: Project, outcome_id: int) -> None:
        reminder_turns.set_wish(tx, workspace_id, "U0ANA", f"wish.of.{workspace_id}", now=NOW)
        place = turn_of_project(project.id)
        reminder_turns.set_wish(tx, workspace_id, place, "less", now=NOW, project_id=project.id)
        for each in ("U0ANA", place):
            reminder_turns.stop_turn(tx, workspace_id, each, f"because.of.{workspace_id}")
        message = NewMessage(KEY, "reminder", "U0ANA", f"D{workspace_id}", None, NOW.date())
        self.message_id = reminder_messages.add_messages(tx, workspace_id, [message], NOW)[KEY]
        line = ReminderLine(project.id, outcome_id, "stale", f"of.{workspace_id}")
        reminder_messages.add_lines(tx, workspace_id, [(self.message_id, line)])
        sent = {"message_ts": POSTED, "posted_in": f"D{workspace_id}"}
        tx.execute(
            deliveries.update()
            .where(
                deliveries.c.key == KEY,
                deliveries.c.workspace_id == workspace_id,
            )
            .values(due_at=None, **sent)
        )
        until = NOW.date() + timedelta(days=7)
        reminder_words.snooze(tx, workspace_id, project.id, GOAL, until=until, by="U0ANA", now=NOW)
        unknown = outcomes.add_outcome(tx, workspace_id, project.id, text="Unknown", now=NOW, position=99)
        outcomes.change_outcome(tx, workspace_id, unknown, NOW, owner_id=f"U0UNKNOWN{workspace_id}")
        self.disowned_id = unknown
        reminder_words.disown(tx, workspace_id, project.id, unknown, by=f"U0{workspace_id}", now=NOW)
        told = Telling(None, workspace_id, project.id, outcome_id, "stale", "", 1, 0, NOW)
        reminders.record_told(tx, [told])


def _ids(found: tuple[Candidate, ...]) -> list[str]:
    return [f"id={each.project_id} " for each in found]


READS: dict[str, Ask] = {
    "people.list_unknown_owners": lambda tx, w, _: people.list_unknown_owners(tx, w),
    "people.list_zones": lambda tx, w, _: people.list_zones(tx, w, [f"U0LEFT{w}"]),
    "projects.list_seen_projects": lambda tx, w, t: list(
        projects.list_seen_projects(tx, w, SEES, [t.project.id]).values()
    ),
    "reminder_candidates.list_for_channels": lambda tx, w, t: _ids(
        reminder_candidates.list_for_channels(tx, w, [t.project.id], _PERIOD)
    ),
    "reminder_candidates.list_for_people": lambda tx, w, _: _ids(
        reminder_candidates.list_for_people(tx, w, ["U0ANA"], _PERIOD)
    ),
    "reminder_candidates.list_goals_for_people": lambda tx, w, _: _ids(
        reminder_candidates.list_goals_for_people(tx, w, ["U0ANA"], _PERIOD)
    ),
    "reminder_candidates.list_of_project": lambda tx, w, t: _ids(
        reminder_candidates.list_of_project(tx, w, t.project.id)
    ),
    "reminder_messages.find_message": lambda tx, w, t: (
        (found := reminder_messages.find_message(tx, w, KEY)) and found.id == t.reminders.message_id and w
    ),
    "reminder_messages.has_messages_about": lambda tx, w, t: (
        reminder_messages.has_messages_about(tx, w, [t.project.id], NOW) and f"id={t.project.id} "
    ),
    "reminder_line_outcomes.list_line_outcomes": lambda tx, w, t: list(
        reminder_line_outcomes.list_line_outcomes(tx, w, t.reminders.message_id).values()
    ),
    "reminder_messages.list_lines": lambda tx, w, t: reminder_messages.list_lines(
        tx, w, t.reminders.message_id
    ),
    "reminder_messages.list_recent_messages": lambda tx, w, t: [
        w
        for each in reminder_messages.list_recent_messages(tx, w, ["U0ANA"], NOW)
        if each.id == t.reminders.message_id
    ],
    "reminder_turns.find_turn": lambda tx, w, _: reminder_turns.find_turn(tx, w, "U0ANA"),
    "reminder_turns.list_wishes": lambda tx, w, _: reminder_turns.list_wishes(tx, w, ["U0ANA"]),
    "reminder_words.list_snoozed_goals": lambda tx, w, t: [
        f"id={id_} " for id_ in reminder_words.list_snoozed_goals(tx, w, [t.project.id])
    ],
}

WRITES: dict[str, Ask] = {
    "reminder_messages.renew_messages_about": lambda tx, w, t: reminder_messages.renew_messages_about(
        tx, w, [t.project.id], NOW, LATER
    ),
    "reminder_messages.renew_messages_of": lambda tx, w, _: reminder_messages.renew_messages_of(
        tx, w, "U0ANA", NOW, LATER
    ),
    "reminder_turns.recall_turns": lambda tx, w, _: reminder_turns.recall_turns(tx, w, LATER),
    "reminder_turns.resume_turn": lambda tx, w, _: reminder_turns.resume_turn(tx, w, "U0ANA"),
    "reminder_turns.resume_turns_in": lambda tx, w, _: reminder_turns.resume_turns_in(tx, w, "C0DOCS"),
    "reminder_turns.set_wish": lambda tx, w, _: reminder_turns.set_wish(tx, w, "U0ANA", "never", now=NOW),
    "still_true.hold_outcome": lambda tx, w, t: still_true.hold_outcome(
        tx, w, t.project.id, t.outcome.id, "U0ANA"
    ),
    "reminder_words.own_again": lambda tx, w, t: reminder_words.own_again(
        tx, w, t.project.id, t.reminders.disowned_id
    ),
    "reminder_turns.stop_turn": lambda tx, w, _: reminder_turns.stop_turn(tx, w, "U0ANA", "is_archived"),
}


def _new_message(tx: Tx, workspace_id: str) -> Any:
    message = NewMessage("new", "reminder", "U0BO", "U0BO", None, NOW.date())
    return reminder_messages.add_messages(tx, workspace_id, [message], NOW)


ADDS: dict[str, Ask] = {
    "reminder_messages.add_lines": lambda tx, w, t: reminder_messages.add_lines(
        tx, w, [(t.reminders.message_id, ReminderLine(t.project.id, t.outcome.id, "never", ""))]
    ),
    "reminder_messages.add_messages": lambda tx, w, _: _new_message(tx, w),
    "still_true.add_vouching": lambda tx, w, t: still_true.add_vouching(tx, w, t.update, t.project.id),
    "reminder_words.disown": lambda tx, w, t: reminder_words.disown(
        tx, w, t.project.id, t.outcome.id, by="U0BO", now=NOW
    ),
    "reminder_words.snooze": lambda tx, w, t: reminder_words.snooze(
        tx, w, t.project.id, t.outcome.id, until=NOW.date(), by="U0BO", now=NOW
    ),
}
"""Their message is always one that was read from this workspace before."""
