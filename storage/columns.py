"""Columns that several tables have."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String, text

from storage.records import OutcomeStatus, ProjectState
from storage.types import Id, UtcDateTime


def workspace(*, primary_key: bool = False) -> Column[str]:
    # Updates cascade because a workspace that was filled before it was known to Slack gets its id later.
    return Column(
        "workspace_id",
        String(),
        ForeignKey("workspaces.id", onupdate="CASCADE", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )


def project(*, primary_key: bool = False) -> Column[int]:
    return Column(
        "project_id",
        Id,
        ForeignKey("projects.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )


def part_of_project() -> tuple[Column[Any], ...]:
    """What every row of a project's parts begins with."""
    return Column("id", Id, primary_key=True), workspace(), project()


def removed_at() -> Column[Any]:
    # What is taken off a record stays, so that it can be put back.
    return Column("removed_at", UtcDateTime)


def thresholds() -> tuple[Column[int], Column[int]]:
    """Days beyond the cadence; None where those of the whole that it is a part of hold."""
    return Column("due_after_days", Integer()), Column("stale_after_days", Integer())


def one_of(column: str, values: type[OutcomeStatus | ProjectState]) -> CheckConstraint:
    names = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(text(f"{column} IN ({names})"), name=column)
