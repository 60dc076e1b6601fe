"""Which versions of Waymark may run on a newer database: while one is released, old processes still do.

Code that knows revision N runs on a later one whose `compatible_from` is N or less. A revision that old code
cannot live with (it takes a column away that is still read, say) sets it to its own number; all others leave
it as it is. It stands in Alembic's own table, so that it goes wherever the revision goes, and nowhere else.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alembic_version", sa.Column("compatible_from", sa.String(32), nullable=True))
    op.execute("UPDATE alembic_version SET compatible_from = '0015'")


def downgrade() -> None:
    op.drop_column("alembic_version", "compatible_from")
