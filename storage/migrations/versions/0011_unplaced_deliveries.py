"""Deliveries: what may be in Slack already is found by its channel, and since when one is refused is kept."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0011"
down_revision = "0007"
branch_labels = None
depends_on = None

_UNSURE = "ix_deliveries_by_is_unsure"


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("refused_since", UtcDateTime))
    op.create_index(
        _UNSURE,
        "deliveries",
        ["workspace_id", "channel_id"],
        sqlite_where=sa.text("is_unsure = 1"),
        postgresql_where=sa.text("is_unsure"),
    )


def downgrade() -> None:
    op.drop_index(_UNSURE, "deliveries")
    op.drop_column("deliveries", "refused_since")
