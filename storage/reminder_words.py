"""What somebody said about being reminded of a thing: not before a day, or that it is not theirs.

It is about reminders alone: nothing here vouches for anything.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update

from storage.database import Tx
from storage.reminder_tables import reminder_words
from storage.reminders import GOAL
from storage.tables import is_of


def snooze(
    tx: Tx, workspace_id: str, project_id: int, outcome_id: int, *, until: date, by: str, now: datetime
) -> None:
    """After `lock_project`."""
    _change(tx, workspace_id, project_id, outcome_id, snoozed_until=until, snoozed_at=now, snoozed_by=by)


def list_snoozed_goals(tx: Tx, workspace_id: str, project_ids: Iterable[int]) -> dict[int, datetime]:
    """When somebody put off the goal of each of these projects, where anybody has."""
    rows = tx.execute(
        select(reminder_words.c.project_id, reminder_words.c.snoozed_at).where(
            is_of(reminder_words.c.workspace_id, workspace_id),
            reminder_words.c.project_id.in_(sorted(project_ids)),
            reminder_words.c.outcome_id == GOAL,
            reminder_words.c.snoozed_at.is_not(None),
        )
    )
    return {row.project_id: row.snoozed_at for row in rows}


def disown(tx: Tx, workspace_id: str, project_id: int, outcome_id: int, *, by: str, now: datetime) -> None:
    """After `lock_project`. It counts for as long as nobody owns the outcome."""
    _change(tx, workspace_id, project_id, outcome_id, disowned_at=now, disowned_by=by)


def own_again(tx: Tx, workspace_id: str, project_id: int, outcome_id: int) -> None:
    """Somebody owns the outcome: that another one gave it back counts no more."""
    tx.execute(
        update(reminder_words)
        .where(
            reminder_words.c.workspace_id == workspace_id,
            reminder_words.c.project_id == project_id,
            reminder_words.c.outcome_id == outcome_id,
            reminder_words.c.disowned_at.is_not(None),
        )
        .values(disowned_at=None, disowned_by=None)
    )


def _change(tx: Tx, workspace_id: str, project_id: int, outcome_id: int, **values: Any) -> None:  # noqa: ANN401 - columns differ in type
    mine = (
        reminder_words.c.workspace_id == workspace_id,
        reminder_words.c.project_id == project_id,
        reminder_words.c.outcome_id == outcome_id,
    )
    if tx.execute(update(reminder_words).where(*mine).values(**values)).rowcount == 0:
        of = {"workspace_id": workspace_id, "project_id": project_id, "outcome_id": outcome_id}
        tx.execute(insert(reminder_words).values(**of, **values))
