"""The table of publications: which page goes where, what stands there, and what is to be done about it.

A change here comes with a numbered migration in `migrations/versions`.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, false, text

from storage.columns import workspace
from storage.tables import metadata
from storage.types import Id, UtcDateTime

publications = Table(
    "publications",
    metadata,
    Column("id", Id, primary_key=True),
    workspace(),
    # None until a page that is made from nothing was published. A page goes to one place: what was last
    # published is the page's text, which the next hand edit is compared with.
    Column("page_id", Id, ForeignKey("pages.id", ondelete="CASCADE"), unique=True),
    # As bot/publish reads it: "file:…", "git:…", "github:…". Two that write to one place undo each other.
    Column("address", Text(), nullable=False, unique=True),
    Column("with_status", Boolean(), nullable=False, server_default=false()),
    # What becomes of archived projects: "removed" or "marked".
    Column("archived", String(), nullable=False, server_default=text("'removed'")),
    # The text of the template that a page made from nothing follows; None: the bot's own.
    Column("template", Text()),
    # What of the records is published, and what of them was noticed since: see storage/publications.py.
    Column("seen", Id),
    Column("noticed", Id),
    Column("noticed_at", UtcDateTime),
    # Changes until then have been told of by a publish.
    Column("told_until", UtcDateTime),
    # What may stand there by now: the text of a try of which nobody knows yet what came of it.
    Column("sending", Text()),
    Column("published_at", UtcDateTime),
    # When what stands there was last compared.
    Column("checked_at", UtcDateTime),
    # What the place calls what stands there, and where people read it.
    Column("revision", Text()),
    Column("url", Text()),
    # When it is next to be tried, or its lease ends.
    Column("due_at", UtcDateTime, nullable=False),
    Column("lease", String()),
    # So many tries in a row came to nothing, since then, and why.
    Column("tries", Integer(), nullable=False, server_default=text("0")),
    Column("failing_since", UtcDateTime),
    Column("failed_because", String()),
    Column("failed_detail", Text()),
    # Trying again is no use until somebody has mended it.
    Column("is_stopped", Boolean(), nullable=False, server_default=false()),
    # When the admins were told of it.
    Column("told_at", UtcDateTime),
    # The next try may put a page that is gone back to its place.
    Column("is_again", Boolean(), nullable=False, server_default=false()),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "due_at", "id"),
    Index(None, "workspace_id"),
)
