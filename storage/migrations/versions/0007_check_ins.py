"""When each project is asked, its rounds, what was replied, and what is to be sent."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


_INDEXES_OF_DELIVERIES = {
    "due_at": ["workspace_id", "due_at", "id", "channel_id"],
    "lease": ["workspace_id", "channel_id"],
    "sent_at": ["workspace_id", "sent_at"],
}


def upgrade() -> None:
    # Nothing has ever been written there: when a project is asked is in its schedule.
    op.drop_column("projects", "next_check_in_at")
    op.create_table(
        "absences",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("by_status", sa.Boolean(), nullable=False),
        sa.Column("status_until", UtcDateTime),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_absences_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name=op.f("pk_absences")),
    )
    op.create_table(
        "days_off",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_days_off_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "day", name=op.f("pk_days_off")),
    )
    op.create_table(
        "pauses",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("until", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_pauses_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "method", name=op.f("pk_pauses")),
    )
    op.create_table(
        "settings",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("zone", sa.String()),
        sa.Column("digest_channel_id", sa.String()),
        sa.Column("country", sa.String()),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_settings_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_settings")),
    )
    op.create_table(
        "check_ins",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("begun_by", sa.String()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", UtcDateTime, nullable=False),
        sa.Column("closes_at", UtcDateTime, nullable=False),
        sa.Column("next_step_at", UtcDateTime),
        sa.Column("has_reminded", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("prompt", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String()),
        sa.Column("message_ts", sa.String()),
        sa.Column("snoozed_until", UtcDateTime),
        sa.Column("moved_by", sa.String()),
        sa.Column("closed_at", UtcDateTime),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_check_ins_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_check_ins_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_ins")),
        sa.UniqueConstraint("project_id", "due_at", name=op.f("uq_check_ins_project_id_due_at")),
    )
    with op.batch_alter_table("check_ins") as batch_op:
        batch_op.create_index(batch_op.f("ix_check_ins_next_step_at"), ["next_step_at"])
        batch_op.create_index(
            batch_op.f("ix_check_ins_project_id_state"),
            ["project_id", "state"],
        )

    op.create_table(
        "schedules",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("cadence", sa.String()),
        sa.Column("next_at", UtcDateTime),
        sa.Column("moved_from", sa.Date()),
        sa.Column("skipped_at", UtcDateTime),
        sa.Column("paused_until", sa.Date()),
        sa.Column("agreed_by", sa.String()),
        sa.Column("stopped_because", sa.String()),
        sa.Column("silent_rounds", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_schedules_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_schedules_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_schedules")),
    )
    with op.batch_alter_table("schedules") as batch_op:
        batch_op.create_index(batch_op.f("ix_schedules_next_at_project_id"), ["next_at", "project_id"])
        batch_op.create_index(batch_op.f("ix_schedules_paused_until"), ["paused_until"])

    op.create_table(
        "check_in_people",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("check_in_id", Id, nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("is_asked", sa.Boolean(), nullable=False),
        sa.Column("answered_at", UtcDateTime),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_ins.id"], name=op.f("fk_check_in_people_check_in_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_check_in_people_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("check_in_id", "person_id", name=op.f("pk_check_in_people")),
    )
    with op.batch_alter_table("check_in_people") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_check_in_people_workspace_id_person_id"),
            ["workspace_id", "person_id"],
        )

    op.create_table(
        "deliveries",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("project_id", Id),
        sa.Column("check_in_id", Id),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("is_wanted", sa.Boolean(), nullable=False),
        sa.Column("due_at", UtcDateTime),
        sa.Column("lease", sa.String()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_unsure", sa.Boolean(), nullable=False),
        sa.Column("posted_in", sa.String()),
        sa.Column("message_ts", sa.String()),
        sa.Column("sent_at", UtcDateTime),
        sa.Column("failed_because", sa.String()),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_ins.id"], name=op.f("fk_deliveries_check_in_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_deliveries_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_deliveries_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_deliveries_workspace_id_key")),
    )
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.create_index(batch_op.f("ix_deliveries_check_in_id"), ["check_in_id"])
        for has, columns in _INDEXES_OF_DELIVERIES.items():
            given = sa.text(f"{has} IS NOT NULL")
            batch_op.create_index(
                f"ix_deliveries_by_{has}", columns, sqlite_where=given, postgresql_where=given
            )
        batch_op.create_index(batch_op.f("ix_deliveries_project_id"), ["project_id"])
        batch_op.create_index(
            batch_op.f("ix_deliveries_workspace_id_posted_in_message_ts"),
            ["workspace_id", "posted_in", "message_ts"],
        )

    op.create_table(
        "replies",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("check_in_id", Id, nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("message_ts", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("edited_ts", sa.String(), nullable=False),
        sa.Column("act_id", sa.String()),
        sa.Column("said_at", UtcDateTime, nullable=False),
        sa.Column("removed_at", UtcDateTime),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_ins.id"], name=op.f("fk_replies_check_in_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_replies_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_replies_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
        sa.UniqueConstraint(
            "workspace_id",
            "channel_id",
            "message_ts",
            name=op.f("uq_replies_workspace_id_channel_id_message_ts"),
        ),
    )
    with op.batch_alter_table("replies") as batch_op:
        batch_op.create_index(batch_op.f("ix_replies_check_in_id"), ["check_in_id"])


def downgrade() -> None:
    for table in (
        "replies",
        "deliveries",
        "check_in_people",
        "schedules",
        "check_ins",
        "settings",
        "pauses",
        "days_off",
        "absences",
    ):
        op.drop_table(table)
    op.add_column("projects", sa.Column("next_check_in_at", UtcDateTime))
