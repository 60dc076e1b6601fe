"""What may be in Slack already, what was put off, since when a delivery is refused; and smaller indexes.

Every round that is opened writes a schedule, a round and a delivery, and each of their indexes with them.
"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_UNSURE = "ix_deliveries_by_is_unsure"
_HAVING = {
    "ix_check_ins_by_snoozed_until": ("check_ins", ["workspace_id", "snoozed_until"]),
    "ix_deliveries_by_message_ts": ("deliveries", ["workspace_id", "posted_in", "message_ts"]),
    "ix_schedules_by_paused_until": ("schedules", ["paused_until"]),
}
"""Of the rows that have their last column."""
_WHOLE = {
    "ix_deliveries_project_id": ("deliveries", ["project_id"]),
    "ix_deliveries_workspace_id_posted_in_message_ts": (
        "deliveries",
        ["workspace_id", "posted_in", "message_ts"],
    ),
    "ix_schedules_paused_until": ("schedules", ["paused_until"]),
}
"""No longer needed. By its project, a delivery is never looked for."""


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("refused_since", UtcDateTime))
    op.create_index(
        _UNSURE,
        "deliveries",
        ["workspace_id", "channel_id"],
        sqlite_where=sa.text("is_unsure = 1"),
        postgresql_where=sa.text("is_unsure"),
    )
    for name, (table, columns) in _HAVING.items():
        given = sa.text(f"{columns[-1]} IS NOT NULL")
        op.create_index(name, table, columns, sqlite_where=given, postgresql_where=given)
    for name, (table, _) in _WHOLE.items():
        op.drop_index(name, table)


def downgrade() -> None:
    for name, (table, columns) in _WHOLE.items():
        op.create_index(name, table, columns)
    for name, (table, _) in _HAVING.items():
        op.drop_index(name, table)
    op.drop_index(_UNSURE, "deliveries")
    op.drop_column("deliveries", "refused_since")
