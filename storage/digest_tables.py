"""The tables of digests and briefs: what is set, and what has come of it.

A change here comes with a numbered migration in `migrations/versions`.
"""

from sqlalchemy import Column, ForeignKey, Index, String, Table, UniqueConstraint

from storage.columns import workspace
from storage.tables import metadata
from storage.types import Id, UtcDateTime

digests = Table(
    "digests",
    metadata,
    Column("id", Id, primary_key=True),
    workspace(),
    Column("kind", String(), nullable=False),
    # A channel, or a person for a direct message.
    Column("place", String(), nullable=False),
    # As bot/domain/cadence.py writes it; None: it is ended.
    Column("cadence", String()),
    # When the next one is due: made of all else here, and the only thing that the heartbeat looks at.
    Column("next_at", UtcDateTime),
    Column("set_by", String(), nullable=False),
    # Up to when the last one told; None: there was none.
    Column("since", UtcDateTime),
    # Why nothing is sent any more: Slack's word, as "is_archived".
    Column("stopped_because", String()),
    UniqueConstraint("workspace_id", "kind", "place"),
    Index(None, "next_at", "id"),
)

editions = Table(
    "editions",
    metadata,
    # One digest or brief, with the time that it tells of; its words are drawn from the records.
    Column("id", Id, primary_key=True),
    workspace(),
    # None for one that somebody asked for.
    Column("digest_id", Id, ForeignKey("digests.id", ondelete="CASCADE")),
    Column("kind", String(), nullable=False),
    Column("place", String(), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    # Where Slack has its first message.
    Column("posted_in", String()),
    Column("message_ts", String()),
    UniqueConstraint("digest_id", "due_at"),
    Index(None, "workspace_id", "kind", "place", "until"),
)
