"""Whose turn it is to be reminded, what was sent about what, and what people said about that."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _of_workspace(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id"],
        ["workspaces.id"],
        name=f"fk_{table}_workspace_id",
        onupdate="CASCADE",
        ondelete="CASCADE",
    )


def _of_project(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["project_id"], ["projects.id"], name=f"fk_{table}_project_id", ondelete="CASCADE"
    )


def upgrade() -> None:
    op.add_column("settings", sa.Column("remind_at", sa.String()))
    op.add_column("settings", sa.Column("reminder_budget", sa.Integer()))
    op.create_table(
        "reminder_turns",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("project_id", Id),
        sa.Column("next_at", UtcDateTime, nullable=False),
        sa.Column("wish", sa.String(), server_default=sa.text("'usual'"), nullable=False),
        sa.Column("stopped_because", sa.String()),
        _of_project("reminder_turns"),
        _of_workspace("reminder_turns"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder_turns"),
        sa.UniqueConstraint("workspace_id", "place", name="uq_reminder_turns_workspace_id_place"),
    )
    op.create_index("ix_reminder_turns_next_at_id", "reminder_turns", ["next_at", "id"])
    op.create_index("ix_reminder_turns_project_id", "reminder_turns", ["project_id"])
    op.create_table(
        "reminders",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("outcome_id", Id, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("to_person", sa.Integer(), nullable=False),
        sa.Column("in_channel", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime, nullable=False),
        _of_project("reminders"),
        _of_workspace("reminders"),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.UniqueConstraint(
            "project_id", "outcome_id", "rule", name="uq_reminders_project_id_outcome_id_rule"
        ),
    )
    op.create_table(
        "reminder_words",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("outcome_id", Id, nullable=False),
        sa.Column("snoozed_until", sa.Date()),
        sa.Column("snoozed_at", UtcDateTime),
        sa.Column("snoozed_by", sa.String()),
        sa.Column("disowned_at", UtcDateTime),
        sa.Column("disowned_by", sa.String()),
        _of_project("reminder_words"),
        _of_workspace("reminder_words"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder_words"),
        sa.UniqueConstraint("project_id", "outcome_id", name="uq_reminder_words_project_id_outcome_id"),
    )
    op.create_table(
        "reminder_messages",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("project_id", Id),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("decided_at", UtcDateTime, nullable=False),
        _of_project("reminder_messages"),
        _of_workspace("reminder_messages"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder_messages"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_reminder_messages_workspace_id_key"),
    )
    op.create_index(
        "ix_reminder_messages_workspace_id_place_decided_at",
        "reminder_messages",
        ["workspace_id", "place", "decided_at"],
    )
    op.create_index("ix_reminder_messages_project_id", "reminder_messages", ["project_id"])
    op.create_table(
        "reminder_lines",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("message_id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("outcome_id", Id, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["reminder_messages.id"],
            name="fk_reminder_lines_message_id",
            ondelete="CASCADE",
        ),
        _of_project("reminder_lines"),
        _of_workspace("reminder_lines"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder_lines"),
    )
    op.create_index("ix_reminder_lines_message_id_id", "reminder_lines", ["message_id", "id"])
    op.create_index("ix_reminder_lines_project_id_message_id", "reminder_lines", ["project_id", "message_id"])


def downgrade() -> None:
    for table in (
        "reminder_lines",
        "reminder_messages",
        "reminder_words",
        "reminders",
        "reminder_turns",
    ):
        op.drop_table(table)
    op.drop_column("settings", "reminder_budget")
    op.drop_column("settings", "remind_at")
