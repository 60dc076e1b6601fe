"""Publications: which page goes where, what stands there, and what is to be done about it."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("page_id", Id),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("with_status", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("archived", sa.String(), nullable=False, server_default=sa.text("'removed'")),
        sa.Column("template", sa.Text()),
        sa.Column("seen", Id),
        sa.Column("noticed", Id),
        sa.Column("noticed_at", UtcDateTime),
        sa.Column("told_until", UtcDateTime),
        sa.Column("sending", sa.Text()),
        sa.Column("published_at", UtcDateTime),
        sa.Column("checked_at", UtcDateTime),
        sa.Column("revision", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("lease", sa.String()),
        sa.Column("tries", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("failing_since", UtcDateTime),
        sa.Column("failed_because", sa.String()),
        sa.Column("failed_detail", sa.Text()),
        sa.Column("is_stopped", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("told_at", UtcDateTime),
        sa.Column("is_again", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name="fk_publications_workspace_id",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name="fk_publications_page_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publications"),
        sa.UniqueConstraint("page_id", name="uq_publications_page_id"),
        sa.UniqueConstraint("address", name="uq_publications_address"),
    )
    op.create_index("ix_publications_due_at_id", "publications", ["due_at", "id"])
    op.create_index("ix_publications_workspace_id", "publications", ["workspace_id"])


def downgrade() -> None:
    op.drop_table("publications")
