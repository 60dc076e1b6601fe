"""The tables of what Slack told: who people are, which channels are private, who is in them, which events.

A change here comes with a numbered migration in `migrations/versions`.
"""

from sqlalchemy import Boolean, Column, Index, String, Table

from storage.columns import workspace
from storage.tables import metadata
from storage.types import UtcDateTime

__all__ = ["admins", "channel_members", "channels", "metadata", "people", "seen_events"]

people = Table(
    "people",
    metadata,
    workspace(primary_key=True),
    Column("id", String(), primary_key=True),
    Column("name", String(), nullable=False),
    Column("zone", String(), nullable=False),
    Column("is_admin", Boolean(), nullable=False),
    Column("is_guest", Boolean(), nullable=False),
    Column("is_deleted", Boolean(), nullable=False),
    Column("refreshed_at", UtcDateTime, nullable=False),
)

admins = Table(
    "admins",
    metadata,
    # Those whom people have named; Slack's own are in `people`.
    workspace(primary_key=True),
    Column("person_id", String(), primary_key=True),
    Column("named_by", String(), nullable=False),
    Column("named_at", UtcDateTime, nullable=False),
    Column("removed_by", String()),
    Column("removed_at", UtcDateTime),
)

channels = Table(
    "channels",
    metadata,
    workspace(primary_key=True),
    Column("id", String(), primary_key=True),
    Column("is_private", Boolean(), nullable=False),
    Column("refreshed_at", UtcDateTime, nullable=False),
)

channel_members = Table(
    "channel_members",
    metadata,
    # Everybody in a private channel; of a public one, the guests at least.
    workspace(primary_key=True),
    Column("person_id", String(), primary_key=True),
    Column("channel_id", String(), primary_key=True),
    Index(None, "workspace_id", "channel_id"),
    sqlite_with_rowid=False,
)

seen_events = Table(
    "seen_events",
    metadata,
    # By Slack's event_id: one that it sends twice counts once.
    workspace(primary_key=True),
    Column("event_id", String(), primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
    Index(None, "workspace_id", "seen_at"),
)
