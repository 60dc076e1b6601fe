"""The first tables."""

import sqlalchemy as sa
from alembic import op

from storage.types import Folded, Id, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _workspaces()
    _pages()
    _projects()
    _links()
    _members()
    _outcomes()
    _places()
    _project_aliases()
    _project_keys()
    _project_words()
    _status_updates()


def downgrade() -> None:
    raise NotImplementedError("there is no schema before the first")


def _workspaces() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
    )


def _pages() -> None:
    op.create_table(
        "pages",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("imported_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_pages_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_pages_workspace_id_name")),
    )


def _projects() -> None:
    op.create_table(
        "projects",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("slug", Folded, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_name", Folded, nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=True),
        sa.Column("channel_id", sa.String(), nullable=True),
        sa.Column("parent_id", Id, nullable=True),
        sa.Column("next_check_in_at", UtcDateTime, nullable=True),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("updated_at", UtcDateTime, nullable=False),
        sa.CheckConstraint(
            "state IN ('active', 'paused', 'completed', 'archived')", name=op.f("ck_projects_state")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["projects.id"], name=op.f("fk_projects_parent_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_projects_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
        sa.UniqueConstraint("workspace_id", "slug", name=op.f("uq_projects_workspace_id_slug")),
    )
    op.create_index(
        op.f("ix_projects_parent_id"),
        "projects",
        ["parent_id"],
        sqlite_where=sa.text("parent_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_projects_workspace_id_channel_id"), "projects", ["workspace_id", "channel_id"])
    op.create_index(op.f("ix_projects_workspace_id_owner_id"), "projects", ["workspace_id", "owner_id"])
    op.create_index(
        op.f("ix_projects_workspace_id_sort_name_id_state"),
        "projects",
        ["workspace_id", "sort_name", "id", "state"],
    )
    op.create_index(
        op.f("ix_projects_workspace_id_state_sort_name_id"),
        "projects",
        ["workspace_id", "state", "sort_name", "id"],
    )


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_links_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_links_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_project_id_position_id"), "links", ["project_id", "position", "id"])


def _members() -> None:
    op.create_table(
        "members",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_members_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_members_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
    )
    op.create_index(op.f("ix_members_project_id_position_id"), "members", ["project_id", "position", "id"])
    op.create_index(op.f("ix_members_workspace_id_user_id"), "members", ["workspace_id", "user_id"])


def _outcomes() -> None:
    op.create_table(
        "outcomes",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("metric_start", sa.Float(), nullable=True),
        sa.Column("metric_target", sa.Float(), nullable=True),
        sa.Column("metric_unit", sa.String(), nullable=True),
        sa.Column("vouched_at", UtcDateTime, nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("project_state", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("updated_at", UtcDateTime, nullable=False),
        sa.CheckConstraint(
            "project_state IN ('active', 'paused', 'completed', 'archived')",
            name=op.f("ck_outcomes_project_state"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_outcomes_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_outcomes_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
    )
    op.create_index(op.f("ix_outcomes_project_id_position_id"), "outcomes", ["project_id", "position", "id"])
    op.create_index(op.f("ix_outcomes_workspace_id_owner_id"), "outcomes", ["workspace_id", "owner_id"])
    op.create_index(
        op.f("ix_outcomes_project_id_is_open_vouched_at"), "outcomes", ["project_id", "is_open", "vouched_at"]
    )
    op.create_index(
        op.f("ix_outcomes_workspace_id_vouched_at"),
        "outcomes",
        ["workspace_id", "project_state", "is_open", "vouched_at", "project_id"],
    )


def _places() -> None:
    op.create_table(
        "places",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("page_id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("item_id", Id, nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_places_page_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_places_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_places_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
    )
    op.create_index(op.f("ix_places_page_id_project_id"), "places", ["page_id", "project_id"])
    op.create_index(op.f("ix_places_project_id"), "places", ["project_id"])


def _project_aliases() -> None:
    op.create_table(
        "project_aliases",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("alias", Folded, nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_project_aliases_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_project_aliases_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_aliases")),
        sa.UniqueConstraint("workspace_id", "alias", name=op.f("uq_project_aliases_workspace_id_alias")),
    )
    op.create_index(op.f("ix_project_aliases_project_id"), "project_aliases", ["project_id"])


def _project_keys() -> None:
    op.create_table(
        "project_keys",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("key", Folded, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_project_keys_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_project_keys_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "key", "rank", "project_id", name=op.f("pk_project_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_project_keys_project_id_key"), "project_keys", ["project_id", "key"])


def _project_words() -> None:
    op.create_table(
        "project_words",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("word", Folded, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_project_words_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_project_words_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "word", "rank", "project_id", name=op.f("pk_project_words")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_project_words_project_id_word"), "project_words", ["project_id", "word"])


def _status_updates() -> None:
    op.create_table(
        "status_updates",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("outcome_id", Id, nullable=False),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("permalink", sa.Text(), nullable=True),
        sa.Column("said_at", UtcDateTime, nullable=False),
        sa.CheckConstraint(
            "status IN ('on_track', 'at_risk', 'off_track', 'done', 'dropped')",
            name=op.f("ck_status_updates_status"),
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcomes.id"], name=op.f("fk_status_updates_outcome_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_status_updates_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_status_updates_workspace_id"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_updates")),
    )
    op.create_index(
        op.f("ix_status_updates_outcome_id_said_at_id"), "status_updates", ["outcome_id", "said_at", "id"]
    )
    op.create_index(
        op.f("ix_status_updates_workspace_id_said_at"), "status_updates", ["workspace_id", "said_at"]
    )
