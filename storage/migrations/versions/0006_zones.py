"""A person's time zone stands with the person alone, no longer with their home tab, too."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # No release has had them, so that no process of an older one reads them meanwhile.
    with op.batch_alter_table("homes") as homes:
        homes.drop_column("zone_read_at")
        homes.drop_column("time_zone")


def downgrade() -> None:
    op.add_column("homes", sa.Column("time_zone", sa.String()))
    op.add_column("homes", sa.Column("zone_read_at", UtcDateTime))
