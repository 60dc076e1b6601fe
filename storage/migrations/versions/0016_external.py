"""Which people are of another organization: they read and reply in the channels that it shares with this one.

Nobody is known as one yet. Whoever shares a channel counted as a guest, and is asked for anew the next day.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("is_external", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("people") as batch:
        batch.drop_column("is_external")
