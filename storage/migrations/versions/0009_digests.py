"""Digests and briefs; and what a period is read by: changes and rounds of a workspace, by time."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digests",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("cadence", sa.String()),
        sa.Column("next_at", UtcDateTime),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("since", UtcDateTime),
        sa.Column("stopped_because", sa.String()),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_digests_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("workspace_id", "kind", "place", name=op.f("uq_digests_workspace_id_kind_place")),
    )
    op.create_index(op.f("ix_digests_next_at_id"), "digests", ["next_at", "id"])
    op.create_table(
        "editions",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("digest_id", Id),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("since", UtcDateTime, nullable=False),
        sa.Column("until", UtcDateTime, nullable=False),
        sa.Column("posted_in", sa.String()),
        sa.Column("message_ts", sa.String()),
        sa.ForeignKeyConstraint(
            ["digest_id"], ["digests.id"], name=op.f("fk_editions_digest_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_editions_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint("digest_id", "due_at", name=op.f("uq_editions_digest_id_due_at")),
    )
    op.create_index(
        op.f("ix_editions_workspace_id_kind_place_until"),
        "editions",
        ["workspace_id", "kind", "place", "until"],
    )
    op.create_index(op.f("ix_changes_workspace_id_changed_at"), "changes", ["workspace_id", "changed_at"])
    op.create_index(op.f("ix_check_ins_workspace_id_closed_at"), "check_ins", ["workspace_id", "closed_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_check_ins_workspace_id_closed_at"), "check_ins")
    op.drop_index(op.f("ix_changes_workspace_id_changed_at"), "changes")
    op.drop_table("editions")
    op.drop_table("digests")
