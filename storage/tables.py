"""The tables. A change here comes with a numbered migration in `migrations/versions`."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.columns import one_of, part_of_project, project, removed_at, thresholds, workspace
from storage.records import (
    DUE_AFTER_DAYS,
    EVERY_DAYS,
    STALE_AFTER_DAYS,
    OutcomeStatus,
    ProjectState,
)
from storage.types import Folded, Id, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def is_of(column: Column[str], workspace_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a text or a parameter
    """Whether a row found by its project is of the workspace: a check, never the way to find it.

    SQLite without statistics may else take an index on the workspace for it, and read all of that.
    """
    matches: ColumnElement[bool] = column.concat("") == workspace_id
    return matches


workspaces = Table(
    "workspaces",
    metadata,
    Column("id", String(), primary_key=True),
    Column("name", String(), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # When the bot was installed last, as far as that is known, and since when it is not any more.
    Column("installed_at", UtcDateTime),
    Column("uninstalled_at", UtcDateTime),
    Index(
        "ix_workspaces_by_uninstalled_at",
        "uninstalled_at",
        "id",
        sqlite_where=text("uninstalled_at IS NOT NULL"),
        postgresql_where=text("uninstalled_at IS NOT NULL"),
    ),
)

projects = Table(
    "projects",
    metadata,
    Column("id", Id, primary_key=True),
    workspace(),
    Column("slug", Folded, nullable=False),
    Column("name", Text(), nullable=False),
    Column("sort_name", Folded, nullable=False),
    Column("summary", Text(), nullable=False),
    Column("goal", Text(), nullable=False),
    Column("state", String(), nullable=False),
    Column("owner_id", String()),
    Column("channel_id", String()),
    Column("parent_id", Id, ForeignKey("projects.id", ondelete="SET NULL")),
    # See storage/revisions.py.
    Column("revision", Integer(), nullable=False, server_default=text("1")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("is_restricted", Boolean(), nullable=False, server_default=false()),
    # Kept from the channel of the project or of those above it, never the truth. See storage/sight.py.
    Column("is_private", Boolean(), nullable=False, server_default=false()),
    Column("seen_in", String()),
    # What the owner says of the whole, in place of its worst outcome's status.
    Column("own_status", String()),
    # When somebody last said that the goal holds.
    Column("goal_confirmed_at", UtcDateTime),
    *thresholds(),
    UniqueConstraint("workspace_id", "slug"),
    one_of("state", ProjectState),
    Index("ix_projects_by_state", "workspace_id", "state", "sort_name", "id", "is_private", "seen_in"),
    Index("ix_projects_by_name", "workspace_id", "sort_name", "id", "state", "is_private", "seen_in"),
    Index(None, "workspace_id", "channel_id"),
    Index(None, "workspace_id", "owner_id"),
    # Of sub-projects alone: with all the others in it, SQLite after ANALYZE reads the whole table instead.
    Index(None, "parent_id", sqlite_where=text("parent_id IS NOT NULL")),
)

project_aliases = Table(
    "project_aliases",
    metadata,
    *part_of_project(),
    Column("alias", Folded, nullable=False),
    removed_at(),
    UniqueConstraint("workspace_id", "alias"),
    Index(None, "project_id"),
)

outcomes = Table(
    "outcomes",
    metadata,
    *part_of_project(),
    Column("position", Integer(), nullable=False),
    Column("level", Integer(), nullable=False),
    Column("text", Text(), nullable=False),
    Column("owner_id", String()),
    Column("due_on", Date()),
    Column("metric_start", Float()),
    Column("metric_target", Float()),
    Column("metric_unit", String()),
    # Kept from the status updates and from the project, for lists; never the truth. See storage/vouching.py.
    Column("vouched_at", UtcDateTime),
    Column("is_open", Boolean(), nullable=False),
    Column("project_state", String(), nullable=False),
    *thresholds(),
    # Kept from all thresholds and the cadence, never the truth. See storage/thresholds.py.
    Column("due_days", Integer(), nullable=False, server_default=text(str(EVERY_DAYS + DUE_AFTER_DAYS))),
    Column("stale_days", Integer(), nullable=False, server_default=text(str(EVERY_DAYS + STALE_AFTER_DAYS))),
    Column("turns_stale_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    one_of("project_state", ProjectState),
    removed_at(),
    Index(None, "project_id", "position", "id"),
    Index(None, "workspace_id", "owner_id"),
    Index(
        "ix_outcomes_workspace_id_turns_stale_at",
        *("workspace_id", "project_state", "is_open", "turns_stale_at", "project_id"),
    ),
    Index(None, "project_id", "is_open", "turns_stale_at"),
)

status_updates = Table(
    "status_updates",
    metadata,
    *part_of_project(),
    Column("outcome_id", Id, ForeignKey("outcomes.id", ondelete="CASCADE"), nullable=False),
    Column("status", String()),
    Column("note", Text(), nullable=False),
    Column("value", Float()),
    Column("said_by", String()),
    Column("source", String(), nullable=False),
    Column("permalink", Text()),
    Column("said_at", UtcDateTime, nullable=False),
    Column("taken_back_at", UtcDateTime),
    one_of("status", OutcomeStatus),
    Index(None, "outcome_id", "said_at", "id"),
    Index(None, "workspace_id", "said_at"),
    # For the database itself, which looks here when a project is removed.
    Index(None, "project_id"),
)

links = Table(
    "links",
    metadata,
    *part_of_project(),
    Column("position", Integer(), nullable=False),
    Column("label", Text(), nullable=False),
    Column("url", Text(), nullable=False),
    Column("lead", Text(), nullable=False),
    removed_at(),
    Index(None, "project_id", "position", "id"),
)

members = Table(
    "members",
    metadata,
    *part_of_project(),
    Column("position", Integer(), nullable=False),
    Column("user_id", String()),
    Column("name", Text(), nullable=False),
    Column("role", String(), nullable=False),
    removed_at(),
    Index(None, "project_id", "position", "id"),
    Index(None, "workspace_id", "user_id"),
)

changes = Table(
    "changes",
    metadata,
    *part_of_project(),
    Column("item", String(), nullable=False),
    # The outcome, link, member or alias; without a foreign key, since which table it means depends on `item`.
    Column("item_id", Id),
    Column("field", String(), nullable=False),
    Column("before", Text()),
    Column("after", Text()),
    Column("person_id", String()),
    Column("source", String(), nullable=False),
    Column("act_id", String(), nullable=False),
    # The act that this one took back.
    Column("undoes", String()),
    Column("changed_at", UtcDateTime, nullable=False),
    # Who edited the page that says so, as the page's own history has the name.
    Column("author", Text()),
    Index(None, "project_id", "id"),
    Index(None, "workspace_id", "person_id", "id"),
    Index(None, "workspace_id", "act_id"),
    Index(None, "workspace_id", "undoes"),
    Index(None, "workspace_id", "changed_at"),
)

pages = Table(
    "pages",
    metadata,
    Column("id", Id, primary_key=True),
    workspace(),
    Column("name", Text(), nullable=False),
    Column("text", Text(), nullable=False),
    Column("imported_at", UtcDateTime, nullable=False),
    UniqueConstraint("workspace_id", "name"),
)

places = Table(
    "places",
    metadata,
    Column("id", Id, primary_key=True),
    workspace(),
    Column("page_id", Id, ForeignKey("pages.id", ondelete="CASCADE"), nullable=False),
    project(),
    Column("item", String(), nullable=False),
    # The outcome, link or member; without a foreign key, since which table it means depends on `item`.
    Column("item_id", Id),
    Column("value", Text(), nullable=False),
    Column("start", Integer(), nullable=False),
    Column("end", Integer(), nullable=False),
    Column("line", Integer(), nullable=False),
    Index(None, "page_id", "project_id"),
    Index(None, "project_id"),
)
