"""What was sent about each thing, and by which rule.

A thing is an outcome, or a project's goal: that has GOAL in place of an outcome's id.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from storage.bulk_rows import insert_rows, update_rows
from storage.database import Tx
from storage.reminder_tables import reminders

GOAL = 0


class ToldRow(NamedTuple):
    """What was sent by one rule about one thing; see bot/domain/reminder_rules.py."""

    id: int
    rule: str
    about: str
    to_person: int
    in_channel: int
    last_at: datetime


class Telling(NamedTuple):
    """What is to be written down; `id`: of the row that there is already."""

    id: int | None
    workspace_id: str
    project_id: int
    outcome_id: int
    rule: str
    about: str
    to_person: int
    in_channel: int
    last_at: datetime


def record_told(tx: Tx, tellings: Iterable[Telling]) -> None:
    """All of them, in two statements."""
    rows = [each._asdict() for each in tellings]
    changed = [
        {name: row[name] for name in ("id", "about", "to_person", "in_channel", "last_at")}
        for row in rows
        if row["id"] is not None
    ]
    added = [
        {name: value for name, value in row.items() if name != "id"} for row in rows if row["id"] is None
    ]
    update_rows(tx, reminders, "id", changed)
    insert_rows(tx, reminders, added)
