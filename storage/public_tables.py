"""The table of public pages: which workspaces show their public projects to everybody, and how much of them.

A change here comes with a numbered migration in `migrations/versions`.
"""

from sqlalchemy import Boolean, Column, String, Table, UniqueConstraint

from storage.columns import workspace
from storage.tables import metadata
from storage.types import UtcDateTime

public_pages = Table(
    "public_pages",
    metadata,
    workspace(primary_key=True),
    Column("is_on", Boolean(), nullable=False),
    # What stands for the workspace in addresses; its id is nobody's business.
    Column("address", String(), nullable=False),
    # What the ids of its feed and its calendar are made of: the same wherever the page moves.
    Column("seed", String(), nullable=False),
    Column("with_names", Boolean(), nullable=False),
    Column("with_notes", Boolean(), nullable=False),
    Column("changed_by", String(), nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    UniqueConstraint("address"),
)
