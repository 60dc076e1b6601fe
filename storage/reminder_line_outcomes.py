"""The outcomes that the lines of a message which reminds are about. See storage/reminder_messages.py."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, String, and_, bindparam, select

from storage.database import Tx
from storage.outcomes import number_on_record, with_newest
from storage.own_outcomes import own_outcome
from storage.records import OwnOutcome
from storage.reminder_conditions import can_be_told
from storage.reminder_tables import reminder_lines, reminder_words
from storage.rows import OUTCOME_COLUMNS, UPDATE_COLUMNS
from storage.tables import is_of, outcomes, projects
from storage.types import Id


class LineOutcome(NamedTuple):
    """An outcome that a line is about, as it is now; and what was said of being reminded of it.

    `owner_can_be_told`: its owner is somebody who gets messages, and sees it.
    """

    own: OwnOutcome
    project_owner_id: str | None
    owner_can_be_told: bool
    snoozed_until: date | None
    snoozed_at: datetime | None


def list_line_outcomes(tx: Tx, workspace_id: str, message_id: int) -> dict[int, LineOutcome]:
    """The outcomes that a message is about, by id; without those that are off the record."""
    rows = tx.execute(_OUTCOMES, {"workspace_id": workspace_id, "message_id": message_id})
    found = (LineOutcome(own_outcome(row[4:]), row[0], bool(row[1]), *row[2:4]) for row in rows)
    return {each.own.outcome.id: each for each in found}


def _outcomes() -> Select[Any]:
    workspace_id = bindparam("workspace_id", type_=String())
    mine = select(reminder_lines.c.outcome_id).where(
        reminder_lines.c.workspace_id == workspace_id,
        reminder_lines.c.message_id == bindparam("message_id", type_=Id),
    )
    of_project = projects.c.id, projects.c.slug, projects.c.name, projects.c.state
    words = reminder_words.c
    return (
        with_newest(
            projects.c.owner_id.label("project_owner_id"),
            can_be_told(outcomes.c.owner_id).label("owner_can_be_told"),
            words.snoozed_until,
            words.snoozed_at,
            number_on_record(),
            *of_project,
            *OUTCOME_COLUMNS,
            *UPDATE_COLUMNS,
        )
        .join(projects, projects.c.id == outcomes.c.project_id)
        .outerjoin(
            reminder_words,
            and_(words.project_id == outcomes.c.project_id, words.outcome_id == outcomes.c.id),
        )
        .where(is_of(outcomes.c.workspace_id, workspace_id), outcomes.c.id.in_(mine))
    )


# Made once: to make it takes longer than to ask it.
_OUTCOMES = _outcomes()
