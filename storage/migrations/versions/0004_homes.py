"""People's home tabs, and which projects each shows."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "homes",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("digest", sa.String()),
        sa.Column("view_hash", sa.String()),
        sa.Column("time_zone", sa.String()),
        sa.Column("zone_read_at", UtcDateTime),
        sa.Column("opened_at", UtcDateTime, nullable=False),
        _of_workspace("homes"),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name=op.f("pk_homes")),
    )
    op.create_index(op.f("ix_homes_workspace_id_opened_at"), "homes", ["workspace_id", "opened_at"])
    op.create_table(
        "home_projects",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        _of_workspace("home_projects"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_home_projects_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "project_id", "person_id", name=op.f("pk_home_projects")),
    )
    op.create_index(
        op.f("ix_home_projects_workspace_id_person_id"), "home_projects", ["workspace_id", "person_id"]
    )
    op.create_index(op.f("ix_home_projects_project_id"), "home_projects", ["project_id"])


def _of_workspace(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id"],
        ["workspaces.id"],
        name=op.f(f"fk_{table}_workspace_id"),
        onupdate="CASCADE",
        ondelete="CASCADE",
    )


def downgrade() -> None:
    op.drop_table("home_projects")
    op.drop_table("homes")
