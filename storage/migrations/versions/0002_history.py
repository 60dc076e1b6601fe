"""The history of changes, and revisions. What is taken off a record, or back, stays in the tables."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("outcomes", "links", "members", "project_aliases"):
        op.add_column(table, sa.Column("removed_at", UtcDateTime, nullable=True))
    op.add_column("status_updates", sa.Column("taken_back_at", UtcDateTime, nullable=True))
    op.add_column(
        "projects", sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False)
    )
    op.create_table(
        "changes",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("item_id", Id, nullable=True),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("act_id", sa.String(), nullable=False),
        sa.Column("undoes", sa.String(), nullable=True),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_changes_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_changes_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_project_id_id"), "changes", ["project_id", "id"])
    op.create_index(
        op.f("ix_changes_workspace_id_person_id_id"), "changes", ["workspace_id", "person_id", "id"]
    )
    op.create_index(op.f("ix_changes_workspace_id_act_id"), "changes", ["workspace_id", "act_id"])
    op.create_index(op.f("ix_changes_workspace_id_undoes"), "changes", ["workspace_id", "undoes"])


def downgrade() -> None:
    op.drop_table("changes")
    for table in ("outcomes", "links", "members", "project_aliases"):
        op.drop_column(table, "removed_at")
    op.drop_column("status_updates", "taken_back_at")
    op.drop_column("projects", "revision")
