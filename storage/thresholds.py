"""After how many days without anybody's word an outcome is due for a look, and stale.

Said for an outcome, else for its project, else for the workspace, else the usual; counted from when the
project would be asked anew, its cadence after the last word. An outcome keeps what comes of that (`due_days`,
`stale_days`, `turns_stale_at`), for lists; it is never the truth, and made true again here.
"""

from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, ScalarSelect, and_, func, or_, select, update
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from storage.check_in_tables import schedules, settings
from storage.database import Tx
from storage.records import DUE_AFTER_DAYS, EVERY_DAYS, STALE_AFTER_DAYS
from storage.tables import outcomes, projects
from storage.types import UtcDateTime

_USUAL = {"due_after_days": DUE_AFTER_DAYS, "stale_after_days": STALE_AFTER_DAYS}


class _Later(FunctionElement[Any]):
    """An instant so many days later, to the microsecond: `_Later(instant, days)`."""

    type = UtcDateTime()
    inherit_cache = True


@compiles(_Later, "sqlite")
def _later_on_sqlite(element: _Later, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - as SQLAlchemy calls it
    instant, days = (compiler.process(each, **options) for each in element.clauses)
    # As the column type writes it; strftime knows no more than thousandths.
    whole = f"strftime('%Y-%m-%d %H:%M:%S', {instant}, '+' || ({days}) || ' days')"
    return f"{whole} || substr({instant}, 20)"


@compiles(_Later, "postgresql")
def _later_on_postgresql(element: _Later, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - as SQLAlchemy calls it
    instant, days = (compiler.process(each, **options) for each in element.clauses)
    # Not days, which are 23 or 25 hours long when the connection's zone says so.
    return f"({instant} + ({days}) * interval '24 hours')"


def later(instant: ColumnElement[Any] | ScalarSelect[Any], days: ColumnElement[Any]) -> ColumnElement[Any]:
    return _Later(instant, days)


def never_at() -> ColumnElement[Any]:
    """When one that nobody ever vouched for is as old as if somebody had when it was written down."""
    return later(outcomes.c.created_at, outcomes.c.stale_days)


def is_old(at: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether an outcome is stale by then, or as old, if nobody ever vouched for it."""
    is_never = and_(outcomes.c.turns_stale_at.is_(None), never_at() <= at)
    return or_(outcomes.c.turns_stale_at <= at, is_never)


def thresholds_of(
    workspace_id: Any,  # noqa: ANN401 - a text or a column
    project_id: Any,  # noqa: ANN401 - a number or a column
    *,
    own: bool,
) -> dict[str, ColumnElement[int]]:
    """`due_days` and `stale_days`, by column. `own`: of a row that may say others for itself."""
    return {
        "due_days": _days(outcomes.c.due_after_days, workspace_id, project_id, own=own),
        "stale_days": _days(outcomes.c.stale_after_days, workspace_id, project_id, own=own),
    }


def _days(said: Column[Any], workspace_id: Any, project_id: Any, *, own: bool) -> ColumnElement[int]:  # noqa: ANN401 - as above
    name = said.name
    of_project = select(projects.c[name]).where(projects.c.id == project_id)
    of_workspace = select(settings.c[name]).where(settings.c.workspace_id == workspace_id)
    every = select(schedules.c.every_days).where(schedules.c.project_id == project_id)
    found = [each.correlate(outcomes).scalar_subquery() for each in (of_project, of_workspace)]
    after: ColumnElement[int] = func.coalesce(*([said] if own else []), *found, _USUAL[name], type_=Integer())
    return after + func.coalesce(every.correlate(outcomes).scalar_subquery(), EVERY_DAYS, type_=Integer())


def keep_thresholds(
    tx: Tx, workspace_id: str, project_id: int | None = None, outcome_id: int | None = None
) -> None:
    """After a change of what they are made of: for the whole workspace, one project, or one outcome.

    The caller has touched the projects whose records show it.
    """
    narrow = [] if project_id is None else [outcomes.c.project_id == project_id]
    narrow += [] if outcome_id is None else [outcomes.c.id == outcome_id]
    days = thresholds_of(outcomes.c.workspace_id, outcomes.c.project_id, own=True)
    tx.execute(
        update(outcomes)
        .where(outcomes.c.workspace_id == workspace_id, *narrow)
        .values(**days, turns_stale_at=later(outcomes.c.vouched_at, days["stale_days"]))
    )
