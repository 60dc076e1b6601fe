"""Which workspaces show their public projects on a web page. None does until an admin says so."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "public_pages",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("with_names", sa.Boolean(), nullable=False),
        sa.Column("with_notes", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name="fk_public_pages_workspace_id",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_public_pages"),
        sa.UniqueConstraint("address", name="uq_public_pages_address"),
    )


def downgrade() -> None:
    op.drop_table("public_pages")
