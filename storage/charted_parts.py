"""What the charts of one record are drawn from: selects for the one statement of storage/project_parts.py.

Rows of: which part, a position, an id, three texts, and whether the person sees it. None where Slack is not
known to draw charts.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    null,
    select,
)

from storage.charting import is_said
from storage.charts_drawn import are_drawn
from storage.check_in_tables import settings
from storage.records import OutcomeStatus, Standing
from storage.said import OnRecord, Said, StatusSaid, ValueSaid
from storage.sight import is_seen
from storage.tables import is_of, outcomes, projects, status_updates
from storage.types import Id, UtcDateTime

FIRST = 10
"""From here on parts are of charts."""
_ZONE, _OUTCOME, _STATUS, _VALUE, _STANDING = range(FIRST, FIRST + 5)
FEW_CHILDREN = 40
"""Sub-projects of which a record shows how fresh they are; of more there is a chart of its own."""

Row = tuple[int, int, Any, Any, Any]
"""A position, an id and three texts."""

WORKSPACE, PROJECT = bindparam("workspace_id", type_=String()), bindparam("project_id", type_=Id)
SINCE = bindparam("since", type_=UtcDateTime)


def constant(number: int) -> ColumnElement[int]:
    # In the statement itself, so that there are fewer values to bind.
    return literal_column(str(number), Integer())


def mark(is_so: ColumnElement[bool]) -> ColumnElement[int]:
    return case((is_so, 1), else_=0)


ZERO, ONE = constant(0), constant(1)
NOTHING = cast(null(), String())


def charted() -> tuple[Select[Any], ...]:
    return _zone(), _outcomes(), _statuses(), _values(), _standings()


def said_from(by_part: dict[int, list[Row]]) -> Said | None:
    """None where no chart is drawn."""
    if _ZONE not in by_part:
        return None
    ((_, _, zone, _, _),) = by_part[_ZONE]
    on_record = (
        OnRecord(id_, instant(since), until and instant(until))
        for _, id_, since, until, _ in by_part.get(_OUTCOME, ())
    )
    said = sorted((instant(at), id_, of, status) for id_, of, at, status, _ in by_part.get(_STATUS, ()))
    values = sorted((instant(at), id_, of, float(value)) for id_, of, at, value, _ in by_part.get(_VALUE, ()))
    standings: dict[int, list[Standing]] = {}
    for stale_days, project_id, status, vouched_at, due_days in by_part.get(_STANDING, ()):
        vouched = vouched_at and instant(vouched_at)
        standing = Standing(status and OutcomeStatus(status), vouched, int(due_days), stale_days)
        standings.setdefault(project_id, []).append(standing)
    return Said(
        zone,
        tuple(on_record),
        tuple(StatusSaid(of, at, status and OutcomeStatus(status)) for at, _, of, status in said),
        values[0][2] if values else None,
        tuple(ValueSaid(at, value) for at, _, _, value in values),
        {project_id: tuple(found) for project_id, found in standings.items()},
    )


def instant(stored: str) -> datetime:
    """SQLite keeps it in UTC, without saying so; PostgreSQL writes it with its offset."""
    found = datetime.fromisoformat(stored)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _zone() -> Select[Any]:
    of = settings.c
    return select(constant(_ZONE), ZERO, ZERO, of.zone, NOTHING, NOTHING, ONE).where(
        of.workspace_id == WORKSPACE, of.draws_charts
    )


def _outcomes() -> Select[Any]:
    of = outcomes.c
    since, until = cast(of.created_at, String()), cast(of.removed_at, String())
    return select(constant(_OUTCOME), ZERO, of.id, since, until, NOTHING, ONE).where(
        are_drawn(), is_of(of.workspace_id, WORKSPACE), of.project_id == PROJECT
    )


def _statuses() -> Select[Any]:
    of = status_updates.c
    found = select(
        constant(_STATUS), of.id, of.outcome_id, cast(of.said_at, String()), of.status, NOTHING, ONE
    )
    return found.join_from(outcomes, status_updates, of.outcome_id == outcomes.c.id).where(
        are_drawn(),
        is_of(outcomes.c.workspace_id, WORKSPACE),
        outcomes.c.project_id == PROJECT,
        *is_said(SINCE),
    )


def _values() -> Select[Any]:
    """Of the first open outcome that is measured: a message has room for the course of one."""
    of, measured = status_updates.c, status_updates.alias("measured").c
    first = (
        select(outcomes.c.id)
        .where(
            is_of(outcomes.c.workspace_id, WORKSPACE),
            outcomes.c.project_id == PROJECT,
            outcomes.c.removed_at.is_(None),
            outcomes.c.is_open,
            outcomes.c.metric_target.is_not(None),
            select(measured.id)
            .where(
                measured.outcome_id == outcomes.c.id,
                measured.value.is_not(None),
                measured.taken_back_at.is_(None),
            )
            .exists(),
        )
        .order_by(outcomes.c.position, outcomes.c.id)
        .limit(1)
        .scalar_subquery()
    )
    at, value = cast(of.said_at, String()), cast(of.value, String())
    return select(constant(_VALUE), of.id, of.outcome_id, at, value, NOTHING, ONE).where(
        are_drawn(), of.outcome_id == first, of.value.is_not(None), of.taken_back_at.is_(None)
    )


def _standings() -> Select[Any]:
    """Of the open outcomes of the sub-projects that are going on, where they are few."""
    of, child, sibling = outcomes.c, projects.alias("child"), projects.alias("sibling")
    siblings = (
        select(func.count())
        .where(is_of(sibling.c.workspace_id, WORKSPACE), sibling.c.parent_id == PROJECT)
        .scalar_subquery()
    )
    newest = status_updates.alias("newest").c
    status = (
        select(newest.status)
        .where(newest.outcome_id == of.id, newest.taken_back_at.is_(None))
        .order_by(newest.said_at.desc(), newest.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    vouched_at, due_days = cast(of.vouched_at, String()), cast(of.due_days, String())
    found = select(
        constant(_STANDING), of.stale_days, child.c.id, status, vouched_at, due_days, mark(is_seen(child))
    )
    return found.join_from(child, outcomes, of.project_id == child.c.id).where(
        are_drawn(),
        is_of(child.c.workspace_id, WORKSPACE),
        child.c.parent_id == PROJECT,
        child.c.state != "archived",
        siblings <= constant(FEW_CHILDREN),
        of.removed_at.is_(None),
        of.is_open,
    )
