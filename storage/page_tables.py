"""The table of what was changed on a page and in chat.

A change here comes with a numbered migration in `migrations/versions`.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, text

from storage.columns import part_of_project
from storage.tables import metadata
from storage.types import Id, UtcDateTime

page_conflicts = Table(
    "page_conflicts",
    metadata,
    # What was changed on a page and in chat. See storage/page_conflicts.py; rows are kept for ever.
    *part_of_project(),
    Column("page_id", Id, ForeignKey("pages.id", ondelete="CASCADE"), nullable=False),
    # As `places.item`, or "outcomes" for their order.
    Column("item", String(), nullable=False),
    Column("item_id", Id),
    # What both began from, what the page says, and what the record says; None for what is not there.
    Column("base", Text()),
    Column("on_page", Text()),
    Column("in_record", Text()),
    # Who edited the page, as the page's history has it, and who of the workspace that is.
    Column("author", Text()),
    Column("author_id", String()),
    Column("state", String(), nullable=False),
    # Grows whenever the question is another one.
    Column("version", Integer(), nullable=False),
    # The project's revision that the record was last looked at in.
    Column("revision", Integer(), nullable=False),
    # The key of the delivery that asks.
    Column("asked", String()),
    Column("answered_by", String()),
    Column("found_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Index(
        "ix_page_conflicts_by_open",
        "workspace_id",
        "page_id",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index(None, "page_id"),
    Index(None, "project_id"),
)
