"""What charts are drawn from: statements whose number does not grow with projects, outcomes or updates."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, String, bindparam, func, literal, select

from storage.database import Tx
from storage.records import OutcomeStatus, Project, ProjectState
from storage.rows import PROJECT_COLUMNS, project_from
from storage.said import OnRecord, StatusSaid, ValueSaid
from storage.sight import Sight, is_told, of_place, values_of
from storage.tables import is_of, outcomes, projects, status_updates
from storage.types import UtcDateTime

# The ids stand in the statement: a database takes only so many values beside one.
_IDS = bindparam("project_ids", type_=Integer(), expanding=True, literal_execute=True)
_WORKSPACE = bindparam("workspace_id", type_=String())


def is_said(since: ColumnElement[datetime]) -> tuple[ColumnElement[bool], ...]:
    """Of the outcomes that the statement around joins, what was said since then and the last word before."""
    before = status_updates.alias("before").c
    last_before = (
        select(before.said_at)
        .where(before.outcome_id == outcomes.c.id, before.taken_back_at.is_(None), before.said_at <= since)
        .order_by(before.said_at.desc())
        .limit(1)
        .correlate(outcomes)
        .scalar_subquery()
    )
    return (
        status_updates.c.taken_back_at.is_(None),
        # An index leads there, however much was said in the years before.
        status_updates.c.said_at >= func.coalesce(last_before, since),
    )


def list_on_record(tx: Tx, workspace_id: str, project_ids: Sequence[int]) -> tuple[OnRecord, ...]:
    """All outcomes that these projects have or had."""
    if not project_ids:
        return ()
    found = select(outcomes.c.id, outcomes.c.created_at, outcomes.c.removed_at).where(
        is_of(outcomes.c.workspace_id, _WORKSPACE), outcomes.c.project_id.in_(_IDS)
    )
    rows = tx.execute(found, {"workspace_id": workspace_id, "project_ids": list(project_ids)})
    return tuple(OnRecord(*row) for row in rows.all())


def list_statuses_said(
    tx: Tx, workspace_id: str, project_ids: Sequence[int], since: datetime
) -> tuple[StatusSaid, ...]:
    """Of these projects' outcomes, what was said since then and the last word before, in that order.

    Without what was taken back.
    """
    if not project_ids:
        return ()
    said = status_updates.c
    found = (
        select(said.outcome_id, said.said_at, said.status)
        .join_from(outcomes, status_updates, said.outcome_id == outcomes.c.id)
        .where(
            is_of(outcomes.c.workspace_id, _WORKSPACE),
            outcomes.c.project_id.in_(_IDS),
            *is_said(literal(since, UtcDateTime)),
        )
        .order_by(said.said_at, said.id)
    )
    rows = tx.execute(found, {"workspace_id": workspace_id, "project_ids": list(project_ids)})
    return tuple(StatusSaid(id_, at, status and OutcomeStatus(status)) for id_, at, status in rows.all())


def list_values_said(tx: Tx, workspace_id: str, outcome_id: int) -> tuple[ValueSaid, ...]:
    """What an outcome's metric was said to be, oldest first; without what was taken back."""
    said = status_updates.c
    rows = tx.execute(
        select(said.said_at, said.value)
        .where(
            said.workspace_id == workspace_id,
            said.outcome_id == outcome_id,
            said.value.is_not(None),
            said.taken_back_at.is_(None),
        )
        .order_by(said.said_at, said.id)
    )
    return tuple(ValueSaid(*row) for row in rows.all())


def list_told_projects(tx: Tx, workspace_id: str, sight: Sight, limit: int) -> tuple[Project, ...]:
    """At most `limit` of the active ones that may be told of to whom `of_place` names, by name."""
    rows = tx.execute(
        select(*PROJECT_COLUMNS)
        .where(
            projects.c.workspace_id == _WORKSPACE,
            projects.c.state == ProjectState.ACTIVE.value,
            is_told(sight),
        )
        .order_by(projects.c.sort_name, projects.c.id)
        .limit(limit),
        values_of(workspace_id, sight),
    )
    return tuple(project_from(row) for row in rows)


def list_told_children(tx: Tx, workspace_id: str, parent_id: int, place: str) -> tuple[Project, ...]:
    """The sub-projects, by name, that may be told of in this place: a channel, or with a person.

    What a private channel knows is said in that channel, and to people who are in it; guests are told of
    what their channels know.
    """
    sight = of_place(place)
    rows = tx.execute(
        select(*PROJECT_COLUMNS)
        .where(
            is_of(projects.c.workspace_id, workspace_id),
            projects.c.parent_id == parent_id,
            projects.c.state != "archived",
            is_told(sight),
        )
        .order_by(projects.c.sort_name, projects.c.id),
        values_of(workspace_id, sight),
    )
    return tuple(project_from(row) for row in rows)
