"""Many workspaces: who has installed the bot, with its encrypted token, and who has removed it."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("installed_at", UtcDateTime))
    op.add_column("workspaces", sa.Column("uninstalled_at", UtcDateTime))
    op.create_index(
        "ix_workspaces_by_uninstalled_at",
        "workspaces",
        ["uninstalled_at", "id"],
        sqlite_where=sa.text("uninstalled_at IS NOT NULL"),
        postgresql_where=sa.text("uninstalled_at IS NOT NULL"),
    )
    op.create_table(
        "slack_installations",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("app_id", sa.String(), nullable=False),
        sa.Column("enterprise_id", sa.String()),
        sa.Column("bot_id", sa.String(), nullable=False),
        sa.Column("bot_user_id", sa.String(), nullable=False),
        sa.Column("bot_scopes", sa.Text(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("bot_token", sa.Text(), nullable=False),
        sa.Column("bot_refresh_token", sa.Text()),
        sa.Column("bot_token_expires_at", UtcDateTime),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("refreshing_until", UtcDateTime),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name="fk_slack_installations_workspace_id",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_slack_installations"),
    )
    op.create_index(
        "ix_slack_installations_bot_token_expires_at", "slack_installations", ["bot_token_expires_at"]
    )
    op.create_index("ix_slack_installations_key_id", "slack_installations", ["key_id"])
    op.create_table(
        "slack_oauth_states",
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("expire_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("state", name="pk_slack_oauth_states"),
    )
    op.create_index("ix_slack_oauth_states_expire_at", "slack_oauth_states", ["expire_at"])


def downgrade() -> None:
    op.drop_table("slack_oauth_states")
    op.drop_table("slack_installations")
    op.drop_index("ix_workspaces_by_uninstalled_at", "workspaces")
    with op.batch_alter_table("workspaces") as batch:
        batch.drop_column("uninstalled_at")
        batch.drop_column("installed_at")
