"""Indexes for a removal: a project that goes takes along what refers to it, and each is looked for.

Without them, every project of a workspace that is forgotten reads all deliveries, replies and status updates
of all workspaces. 0010 took the first away, since nothing but that looks for a delivery by its project.

And one for channels by their id alone: an event of a channel that is shared may be for any workspace.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_CHANNELS = "ix_channels_id"
_DELIVERIES = "ix_deliveries_by_project_id"
_WHOLE = {"ix_replies_project_id": "replies", "ix_status_updates_project_id": "status_updates"}


def upgrade() -> None:
    given = sa.text("project_id IS NOT NULL")
    op.create_index(_DELIVERIES, "deliveries", ["project_id"], sqlite_where=given, postgresql_where=given)
    for name, table in _WHOLE.items():
        op.create_index(name, table, ["project_id"])
    op.create_index(_CHANNELS, "channels", ["id"])


def downgrade() -> None:
    op.drop_index(_CHANNELS, "channels")
    for name, table in _WHOLE.items():
        op.drop_index(name, table)
    op.drop_index(_DELIVERIES, "deliveries")
