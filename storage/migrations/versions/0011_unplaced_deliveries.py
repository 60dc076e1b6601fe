"""Deliveries that may be in Slack already are found by their channel, for replies to them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0007"
branch_labels = None
depends_on = None

_UNSURE = "ix_deliveries_by_is_unsure"


def upgrade() -> None:
    op.create_index(
        _UNSURE,
        "deliveries",
        ["workspace_id", "channel_id"],
        sqlite_where=sa.text("is_unsure = 1"),
        postgresql_where=sa.text("is_unsure"),
    )


def downgrade() -> None:
    op.drop_index(_UNSURE, "deliveries")
