"""Messages that may be in Slack already, rounds that were put off, and since when a delivery is refused."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0011"
down_revision = "0007"
branch_labels = None
depends_on = None

_UNSURE = "ix_deliveries_by_is_unsure"
_SNOOZED = "ix_check_ins_by_snoozed_until"


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("refused_since", UtcDateTime))
    op.create_index(
        _UNSURE,
        "deliveries",
        ["workspace_id", "channel_id"],
        sqlite_where=sa.text("is_unsure = 1"),
        postgresql_where=sa.text("is_unsure"),
    )
    is_snoozed = sa.text("snoozed_until IS NOT NULL")
    op.create_index(
        _SNOOZED,
        "check_ins",
        ["workspace_id", "snoozed_until"],
        sqlite_where=is_snoozed,
        postgresql_where=is_snoozed,
    )


def downgrade() -> None:
    op.drop_index(_SNOOZED, "check_ins")
    op.drop_index(_UNSURE, "deliveries")
    op.drop_column("deliveries", "refused_since")
