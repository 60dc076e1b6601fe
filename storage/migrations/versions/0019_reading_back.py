"""Pages are read back: what was changed on a page and in chat, and who edited a page, by their full name."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("changes", sa.Column("author", sa.Text()))
    op.add_column("people", sa.Column("real_name", sa.String(), nullable=False, server_default=sa.text("''")))
    _make_conflicts()


def _make_conflicts() -> None:
    op.create_table(
        "page_conflicts",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("page_id", Id, nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("item_id", Id),
        sa.Column("base", sa.Text()),
        sa.Column("on_page", sa.Text()),
        sa.Column("in_record", sa.Text()),
        sa.Column("author", sa.Text()),
        sa.Column("author_id", sa.String()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("asked", sa.String()),
        sa.Column("answered_by", sa.String()),
        sa.Column("found_at", UtcDateTime, nullable=False),
        sa.Column("answered_at", UtcDateTime),
        *_references("page_conflicts", "workspace_id", "project_id", "page_id"),
        sa.PrimaryKeyConstraint("id", name="pk_page_conflicts"),
    )
    is_open = sa.text("state = 'open'")
    op.create_index(
        "ix_page_conflicts_by_open",
        "page_conflicts",
        ["workspace_id", "page_id"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index("ix_page_conflicts_page_id", "page_conflicts", ["page_id"])
    op.create_index("ix_page_conflicts_project_id", "page_conflicts", ["project_id"])


def _references(table: str, *columns: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    named = {"workspace_id": "workspaces.id", "project_id": "projects.id", "page_id": "pages.id"}
    return tuple(
        sa.ForeignKeyConstraint(
            [column],
            [named[column]],
            name=f"fk_{table}_{column}",
            onupdate="CASCADE" if column == "workspace_id" else None,
            ondelete="CASCADE",
        )
        for column in columns
    )


def downgrade() -> None:
    op.drop_table("page_conflicts")
    with op.batch_alter_table("people") as batch:
        batch.drop_column("real_name")
    with op.batch_alter_table("changes") as batch:
        batch.drop_column("author")
