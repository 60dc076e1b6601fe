"""The tables of reminders: whose turn it is when, what was sent about what, and what people wish.

A change here comes with a numbered migration in `migrations/versions`.
"""

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.columns import part_of_project, project, workspace
from storage.tables import metadata
from storage.types import Id, UtcDateTime

reminder_turns = Table(
    "reminder_turns",
    metadata,
    # A person, or a project that has a channel: `place` is the person's id, or as turn_of_project has it.
    Column("id", Id, primary_key=True),
    workspace(),
    Column("place", String(), nullable=False),
    Column("project_id", Id, ForeignKey("projects.id", ondelete="CASCADE")),
    # When it is next to be looked at whether something is due: the only thing that the heartbeat looks at.
    Column("next_at", UtcDateTime, nullable=False),
    # As bot/domain/reminder_hours.py writes it.
    Column("wish", String(), nullable=False, server_default=text("'usual'")),
    # Slack's word for why a message can never be there.
    Column("stopped_because", String()),
    UniqueConstraint("workspace_id", "place"),
    Index(None, "next_at", "id"),
    Index(None, "project_id"),
)


def _thing() -> Column[int]:
    # An outcome's id, or 0 for the project's goal: so it has no foreign key.
    return Column("outcome_id", Id, nullable=False)


reminders = Table(
    "reminders",
    metadata,
    # What was sent about each thing by each rule of bot/domain/reminder_rules.py.
    *part_of_project(),
    _thing(),
    Column("rule", String(), nullable=False),
    # Which occasion that was: another one begins anew.
    Column("about", String(), nullable=False),
    Column("to_person", Integer(), nullable=False),
    Column("in_channel", Integer(), nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    UniqueConstraint("project_id", "outcome_id", "rule"),
)

reminder_words = Table(
    "reminder_words",
    metadata,
    # What somebody said about being reminded of a thing: "not before that day", "it is not mine".
    *part_of_project(),
    _thing(),
    Column("snoozed_until", Date()),
    Column("snoozed_at", UtcDateTime),
    Column("snoozed_by", String()),
    Column("disowned_at", UtcDateTime),
    Column("disowned_by", String()),
    UniqueConstraint("project_id", "outcome_id"),
)

reminder_messages = Table(
    "reminder_messages",
    metadata,
    # A message, sent or to be sent; its words are drawn from the records, and its delivery has the same key.
    Column("id", Id, primary_key=True),
    workspace(),
    Column("key", String(), nullable=False),
    Column("place", String(), nullable=False),
    Column("project_id", Id, ForeignKey("projects.id", ondelete="CASCADE")),
    # The day, in the calendar of whoever is written to.
    Column("day", Date(), nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    UniqueConstraint("workspace_id", "key"),
    Index(None, "workspace_id", "place", "decided_at"),
    Index(None, "project_id"),
)

reminder_lines = Table(
    "reminder_lines",
    metadata,
    Column("id", Id, primary_key=True),
    workspace(),
    Column("message_id", Id, ForeignKey("reminder_messages.id", ondelete="CASCADE"), nullable=False),
    project(),
    _thing(),
    Column("rule", String(), nullable=False),
    Column("about", String(), nullable=False),
    Index(None, "message_id", "id"),
    Index(None, "project_id", "message_id"),
)
