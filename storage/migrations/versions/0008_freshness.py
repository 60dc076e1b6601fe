"""When an outcome is due and stale, what an owner says of the whole, and when a goal was confirmed."""

import re

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_DUE, _STALE, _WEEK, _MONTH = 14, 28, 7, 31
_LATER_ON_POSTGRESQL = "UPDATE outcomes SET turns_stale_at = vouched_at + stale_days * interval '24 hours'"
# As the column type writes it, to the microsecond.
_LATER_ON_SQLITE = (
    "UPDATE outcomes SET turns_stale_at = strftime('%Y-%m-%d %H:%M:%S', vouched_at, "
    "'+' || stale_days || ' days') || substr(vouched_at, 20)"
)
_EVERY_WEEKS = re.compile(r"every (\d+) weeks")


def upgrade() -> None:
    for table in ("settings", "projects", "outcomes"):
        op.add_column(table, sa.Column("due_after_days", sa.Integer()))
        op.add_column(table, sa.Column("stale_after_days", sa.Integer()))
    op.add_column(
        "schedules", sa.Column("every_days", sa.Integer(), nullable=False, server_default=sa.text(f"{_WEEK}"))
    )
    op.add_column("projects", sa.Column("goal_confirmed_at", UtcDateTime))
    op.add_column("projects", sa.Column("own_status", sa.String()))
    for name, days in (("due_days", _DUE), ("stale_days", _STALE)):
        op.add_column(
            "outcomes", sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text(f"{days}"))
        )
    op.add_column("outcomes", sa.Column("turns_stale_at", UtcDateTime))
    _fill()
    op.create_index(
        op.f("ix_outcomes_workspace_id_turns_stale_at"),
        "outcomes",
        ["workspace_id", "project_state", "is_open", "turns_stale_at", "project_id"],
    )
    op.create_index(
        op.f("ix_outcomes_project_id_is_open_turns_stale_at"),
        "outcomes",
        ["project_id", "is_open", "turns_stale_at"],
    )
    op.drop_index("ix_outcomes_workspace_id_vouched_at", "outcomes")
    op.drop_index("ix_outcomes_project_id_is_open_vouched_at", "outcomes")


def _fill() -> None:
    bind = op.get_bind()
    cadences = bind.execute(sa.text("SELECT project_id, cadence FROM schedules WHERE cadence IS NOT NULL"))
    for project_id, cadence in cadences.all():
        weeks = _EVERY_WEEKS.match(cadence)
        every = _MONTH if cadence.startswith("monthly") else _WEEK * int(weeks[1]) if weeks else _WEEK
        if every != _WEEK:
            values = {"every": every, "id": project_id}
            bind.execute(sa.text("UPDATE schedules SET every_days = :every WHERE project_id = :id"), values)
            bind.execute(
                sa.text(
                    "UPDATE outcomes SET due_days = due_days - 7 + :every, "
                    "stale_days = stale_days - 7 + :every WHERE project_id = :id"
                ),
                values,
            )
    # Percent signs and colons are nothing to be bound here.
    bind.exec_driver_sql(_LATER_ON_POSTGRESQL if bind.dialect.name == "postgresql" else _LATER_ON_SQLITE)


def downgrade() -> None:
    op.create_index(
        op.f("ix_outcomes_project_id_is_open_vouched_at"), "outcomes", ["project_id", "is_open", "vouched_at"]
    )
    op.create_index(
        op.f("ix_outcomes_workspace_id_vouched_at"),
        "outcomes",
        ["workspace_id", "project_state", "is_open", "vouched_at", "project_id"],
    )
    op.drop_index("ix_outcomes_project_id_is_open_turns_stale_at", "outcomes")
    op.drop_index("ix_outcomes_workspace_id_turns_stale_at", "outcomes")
    for table, names in (
        ("outcomes", ("turns_stale_at", "stale_days", "due_days")),
        ("projects", ("own_status", "goal_confirmed_at")),
        ("schedules", ("every_days",)),
    ):
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.drop_column(name)
    for table in ("settings", "projects", "outcomes"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("due_after_days")
            batch.drop_column("stale_after_days")
