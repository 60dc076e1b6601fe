"""Whether a workspace's Slack draws charts by itself, as far as that is known."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("settings", sa.Column("draws_charts", sa.Boolean()))
    op.add_column("settings", sa.Column("charts_refused_at", UtcDateTime))


def downgrade() -> None:
    op.drop_column("settings", "charts_refused_at")
    op.drop_column("settings", "draws_charts")
