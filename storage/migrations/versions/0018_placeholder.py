"""In the place of PUBLISHING's 0018, which is written beside this one: dropped when the two are merged."""

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing."""


def downgrade() -> None:
    """Nothing."""
