"""The tables of what Slack told of people, channels and events, of its requests, and of home tabs.

A change here comes with a numbered migration in `migrations/versions`.
"""

from sqlalchemy import Boolean, Column, Index, String, Table, Text, false, text

from storage.columns import project, workspace
from storage.tables import metadata
from storage.types import UtcDateTime

people = Table(
    "people",
    metadata,
    workspace(primary_key=True),
    Column("id", String(), primary_key=True),
    Column("name", String(), nullable=False),
    # What they are called in full, as other programs know them; "" where Slack has told none.
    Column("real_name", String(), nullable=False, server_default=text("''")),
    Column("zone", String(), nullable=False),
    Column("is_admin", Boolean(), nullable=False),
    Column("is_guest", Boolean(), nullable=False),
    Column("is_deleted", Boolean(), nullable=False),
    Column("is_bot", Boolean(), nullable=False, server_default=false()),
    # Whoever is external is a guest as well.
    Column("is_external", Boolean(), nullable=False, server_default=false()),
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
    # See storage/addressees.py.
    Index(None, "id"),
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

homes = Table(
    "homes",
    metadata,
    # The home tab of a person who has opened it: what was published there last. See storage/homes.py.
    workspace(primary_key=True),
    Column("person_id", String(), primary_key=True),
    # Which pages of it the person is at, as bot.slack.home_values.py writes it; "" for the first ones.
    Column("place", String(), nullable=False),
    Column("digest", String()),
    # What Slack calls that version of the view.
    Column("view_hash", String()),
    Column("opened_at", UtcDateTime, nullable=False),
    Index(None, "workspace_id", "opened_at"),
)

home_projects = Table(
    "home_projects",
    metadata,
    # The projects that a person's home tab shows something of.
    workspace(primary_key=True),
    project(primary_key=True),
    Column("person_id", String(), primary_key=True),
    Index(None, "workspace_id", "person_id"),
    Index(None, "project_id"),
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

nonces = Table(
    "nonces",
    metadata,
    # By the signature of a request that has acted, or the id of its envelope: sent again, it must not act
    # twice. See storage/nonces.py.
    workspace(primary_key=True),
    # Not for an export: a signature is nobody's business. See storage/whole.py.
    Column("nonce", String(), primary_key=True, info={"is_secret": True}),
    Column("seen_at", UtcDateTime, nullable=False),
    Index(None, "seen_at"),
)

slack_installations = Table(
    "slack_installations",
    metadata,
    # Who the bot is in a workspace that has installed it, and by which token. See storage/installations.py.
    workspace(primary_key=True),
    Column("app_id", String(), nullable=False),
    Column("enterprise_id", String()),
    Column("bot_id", String(), nullable=False),
    Column("bot_user_id", String(), nullable=False),
    Column("bot_scopes", Text(), nullable=False),
    # Who has installed it.
    Column("user_id", String(), nullable=False),
    # Both encrypted, with the key that `key_id` is of.
    Column("bot_token", Text(), nullable=False),
    Column("bot_refresh_token", Text()),
    Column("bot_token_expires_at", UtcDateTime),
    Column("key_id", String(), nullable=False),
    # Until then, a process that asks Slack for the next token has the refresh token to itself.
    Column("refreshing_until", UtcDateTime),
    Index(None, "bot_token_expires_at"),
    Index(None, "key_id"),
)

slack_oauth_states = Table(
    "slack_oauth_states",
    metadata,
    # Installations that somebody has begun: a hash of what comes back from Slack. Of no workspace yet.
    Column("state", String(), primary_key=True),
    Column("expire_at", UtcDateTime, nullable=False),
    Index(None, "expire_at"),
    # See storage/whole.py.
    info={"is_shared": True},
)
