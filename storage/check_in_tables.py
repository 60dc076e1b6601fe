"""The tables of check-ins: when each project is asked, its rounds, what was replied, and what is to be sent.

A change here comes with a numbered migration in `migrations/versions`.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.columns import part_of_project, project, thresholds, workspace
from storage.records import EVERY_DAYS
from storage.tables import metadata
from storage.types import Id, UtcDateTime


def _index_of(table: str, has: str, *columns: str) -> Index:
    """Of the rows that have this, which few do at a time: all others are written without it."""
    given = text(f"{has} IS NOT NULL")
    return Index(f"ix_{table}_by_{has}", *columns, sqlite_where=given, postgresql_where=given)


settings = Table(
    "settings",
    metadata,
    workspace(primary_key=True),
    # IANA's name.
    Column("zone", String()),
    Column("digest_channel_id", String()),
    # Whose public holidays are days off: "DE", "DE-BY".
    Column("country", String()),
    *thresholds(),
    # When people are reminded on their own clock, as "09:00", and how often a week; None: as usual.
    Column("remind_at", String()),
    Column("reminder_budget", Integer()),
    # Whether Slack draws charts here by itself; None while nobody knows. See storage/charts_drawn.py.
    Column("draws_charts", Boolean()),
    Column("charts_refused_at", UtcDateTime),
)

days_off = Table(
    "days_off",
    metadata,
    # Days off of a workspace besides its country's holidays.
    workspace(primary_key=True),
    Column("day", Date(), primary_key=True),
    Column("name", Text(), nullable=False),
)

absences = Table(
    "absences",
    metadata,
    # Who is away: `until` is the day that they are back on. A status in Slack that says so counts, too.
    workspace(primary_key=True),
    Column("person_id", String(), primary_key=True),
    Column("until", Date()),
    Column("by_status", Boolean(), nullable=False),
    # When that status ends; None for one without an end.
    Column("status_until", UtcDateTime),
)

schedules = Table(
    "schedules",
    metadata,
    workspace(),
    project(primary_key=True),
    # As bot/domain/cadence.py writes it; None: not asked.
    Column("cadence", String()),
    # About how many days lie between its prompts.
    Column("every_days", Integer(), nullable=False, server_default=text(str(EVERY_DAYS))),
    # When the next prompt is due: made of all else here, and the only thing that the heartbeat looks at.
    Column("next_at", UtcDateTime),
    # The day off that the next prompt would have been on.
    Column("moved_from", Date()),
    # The round due at this instant is left out, and so is each before it.
    Column("skipped_at", UtcDateTime),
    # A paused project goes on by itself on this day.
    Column("paused_until", Date()),
    # The owner who agreed to be asked by direct message; counts for as long as they own it.
    Column("agreed_by", String()),
    # Why nothing is sent any more: Slack's word, as "is_archived".
    Column("stopped_because", String()),
    # How many rounds in a row nobody has answered.
    Column("silent_rounds", Integer(), nullable=False, server_default=text("0")),
    # In this order to the last: many are due at the same instant.
    Index(None, "next_at", "project_id"),
    _index_of("schedules", "paused_until", "paused_until"),
)

check_ins = Table(
    "check_ins",
    metadata,
    *part_of_project(),
    Column("due_at", UtcDateTime, nullable=False),
    # Who asked for it out of turn.
    Column("begun_by", String()),
    Column("state", String(), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("closes_at", UtcDateTime, nullable=False),
    # When it is to be looked at again: for the reminder, then for its end; None when all is done.
    Column("next_step_at", UtcDateTime),
    Column("has_reminded", Boolean(), nullable=False, server_default=false()),
    # The key of the delivery that is its prompt, and where that stands, once Slack has it.
    Column("prompt", String(), nullable=False),
    Column("channel_id", String()),
    Column("message_ts", String()),
    # It is to be asked anew then.
    Column("snoozed_until", UtcDateTime),
    # Who put it off, or left it out.
    Column("moved_by", String()),
    Column("closed_at", UtcDateTime),
    UniqueConstraint("project_id", "due_at"),
    _index_of("check_ins", "snoozed_until", "workspace_id", "snoozed_until"),
    Index(None, "next_step_at"),
    Index(None, "project_id", "state"),
    Index(None, "workspace_id", "closed_at"),
)

check_in_people = Table(
    "check_in_people",
    metadata,
    # Who is asked in a round, and who has answered, asked or not.
    workspace(),
    Column(
        "check_in_id", Id, ForeignKey("check_ins.id", ondelete="CASCADE"), primary_key=True, nullable=False
    ),
    Column("person_id", String(), primary_key=True),
    Column("is_asked", Boolean(), nullable=False),
    Column("answered_at", UtcDateTime),
    Index(None, "workspace_id", "person_id"),
)

replies = Table(
    "replies",
    metadata,
    # What people said in a round, in their own words.
    *part_of_project(),
    Column("check_in_id", Id, ForeignKey("check_ins.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", String(), nullable=False),
    Column("channel_id", String(), nullable=False),
    Column("message_ts", String(), nullable=False),
    Column("text", Text(), nullable=False),
    # Slack's timestamp of the edit that made it so; "" for words that were never edited.
    Column("edited_ts", String(), nullable=False),
    # The act that it led to, in the history.
    Column("act_id", String()),
    Column("said_at", UtcDateTime, nullable=False),
    Column("removed_at", UtcDateTime),
    UniqueConstraint("workspace_id", "channel_id", "message_ts"),
    Index(None, "check_in_id"),
    # For the database itself, which looks here when a project is removed.
    Index(None, "project_id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    # A message that the bot has promised to have in Slack. See storage/deliveries.py.
    Column("id", Id, primary_key=True),
    workspace(),
    Column("key", String(), nullable=False),
    Column("kind", String(), nullable=False),
    Column("project_id", Id, ForeignKey("projects.id", ondelete="CASCADE")),
    Column("check_in_id", Id, ForeignKey("check_ins.id", ondelete="CASCADE")),
    # A channel, or a person for a direct message.
    Column("channel_id", String(), nullable=False),
    # False: it is to be taken away again.
    Column("is_wanted", Boolean(), nullable=False),
    # When it is next to be tried, or its lease ends; None when nothing is to be done.
    Column("due_at", UtcDateTime),
    Column("lease", String()),
    Column("attempts", Integer(), nullable=False),
    # Grows whenever what it shows has changed. `is_unsure`: the last try was not answered clearly.
    Column("version", Integer(), nullable=False),
    Column("is_unsure", Boolean(), nullable=False),
    # Where Slack has it.
    Column("posted_in", String()),
    Column("message_ts", String()),
    Column("sent_at", UtcDateTime),
    # Since when Slack has refused it, so far.
    Column("refused_since", UtcDateTime),
    # Slack's word for why it never will be there.
    Column("failed_because", String()),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("workspace_id", "key"),
    # What waits, in its order, with all that has to be known to pass over it.
    _index_of("deliveries", "due_at", "workspace_id", "due_at", "id", "channel_id"),
    # Which channels are at work.
    _index_of("deliveries", "lease", "workspace_id", "channel_id"),
    _index_of("deliveries", "sent_at", "workspace_id", "sent_at"),
    # What may be in Slack already.
    Index(
        "ix_deliveries_by_is_unsure",
        "workspace_id",
        "channel_id",
        sqlite_where=text("is_unsure = 1"),
        postgresql_where=text("is_unsure"),
    ),
    _index_of("deliveries", "message_ts", "workspace_id", "posted_in", "message_ts"),
    Index(None, "check_in_id"),
    # For the database itself, which looks here when a project is removed.
    _index_of("deliveries", "project_id", "project_id"),
)

pauses = Table(
    "pauses",
    metadata,
    # Slack's Retry-After: until then this method is left alone in this workspace.
    workspace(primary_key=True),
    Column("method", String(), primary_key=True),
    Column("until", UtcDateTime, nullable=False),
)
