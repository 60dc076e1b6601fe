"""Who people are, which channels they are in, and where a project is seen."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_LISTED = ("workspace_id", "state", "sort_name", "id")
_NAMED = ("workspace_id", "sort_name", "id", "state")


def upgrade() -> None:
    _create(
        "people",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("is_guest", sa.Boolean(), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), nullable=False),
        sa.Column("refreshed_at", UtcDateTime, nullable=False),
        keys=("id",),
    )
    _create(
        "admins",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("named_by", sa.String(), nullable=False),
        sa.Column("named_at", UtcDateTime, nullable=False),
        sa.Column("removed_by", sa.String(), nullable=True),
        sa.Column("removed_at", UtcDateTime, nullable=True),
        keys=("person_id",),
    )
    _create(
        "channels",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("refreshed_at", UtcDateTime, nullable=False),
        keys=("id",),
    )
    _create(
        "channel_members",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        keys=("person_id", "channel_id"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_channel_members_workspace_id_channel_id"), "channel_members", ["workspace_id", "channel_id"]
    )
    for name in ("is_restricted", "is_private"):
        op.add_column("projects", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("projects", sa.Column("seen_in", sa.String(), nullable=True))
    _keep_where_projects_are_seen()
    for name, columns in (("by_state", _LISTED), ("by_name", _NAMED)):
        op.drop_index(op.f(f"ix_projects_{'_'.join(columns)}"), "projects")
        op.create_index(op.f(f"ix_projects_{name}"), "projects", [*columns, "is_private", "seen_in"])


def _create(table: str, *columns: "sa.Column[object]", keys: tuple[str, ...], **options: bool) -> None:
    op.create_table(
        table,
        sa.Column("workspace_id", sa.String(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f(f"fk_{table}_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", *keys, name=op.f(f"pk_{table}")),
        **options,
    )


def _keep_where_projects_are_seen() -> None:
    """In their own channel, or that of the nearest above. Until Slack says which are public, none is."""
    op.execute("UPDATE projects SET seen_in = channel_id WHERE channel_id IS NOT NULL")
    parent = "SELECT seen_in FROM projects AS parent WHERE parent.id = projects.parent_id"
    below = sa.text(
        f"UPDATE projects SET seen_in = ({parent}) WHERE seen_in IS NULL AND EXISTS ({parent} AND seen_in "  # noqa: S608 - our own names
        "IS NOT NULL)"
    )
    while op.get_bind().execute(below).rowcount:
        pass
    private = sa.text("UPDATE projects SET is_private = :yes WHERE seen_in IS NOT NULL")
    op.execute(private.bindparams(yes=True))


def downgrade() -> None:
    for name, columns in (("by_state", _LISTED), ("by_name", _NAMED)):
        op.drop_index(op.f(f"ix_projects_{name}"), "projects")
        op.create_index(op.f(f"ix_projects_{'_'.join(columns)}"), "projects", [*columns])
    for column in ("is_restricted", "is_private", "seen_in"):
        op.drop_column("projects", column)
    for table in ("people", "admins", "channels", "channel_members"):
        op.drop_table(table)
