"""Rounds that somebody has put off: each is asked anew at the end of that."""

from datetime import datetime

from sqlalchemy import select

from storage.check_in_tables import check_ins
from storage.check_ins import CheckIn, CheckInState
from storage.database import Tx
from storage.records import Project
from storage.rows import PROJECT_COLUMNS, project_from
from storage.sight import Sight, is_seen, values_of
from storage.tables import projects

_COLUMNS = tuple(check_ins.c[name] for name in CheckIn.model_fields)


def list_snoozed(
    tx: Tx, workspace_id: str, sight: Sight, until: datetime, limit: int, *, project_id: int | None = None
) -> tuple[tuple[Project, CheckIn], ...]:
    """At most `limit` of those that are asked anew until then, of projects that the person sees; in order."""
    of_one = [] if project_id is None else [check_ins.c.project_id == project_id]
    rows = tx.execute(
        select(*PROJECT_COLUMNS, *_COLUMNS)
        .join_from(check_ins, projects, projects.c.id == check_ins.c.project_id)
        .where(
            check_ins.c.workspace_id == workspace_id,
            check_ins.c.snoozed_until <= until,
            check_ins.c.state == CheckInState.OPEN.value,
            is_seen(),
            *of_one,
        )
        .order_by(check_ins.c.snoozed_until, check_ins.c.project_id)
        .limit(limit),
        values_of(workspace_id, sight),
    )
    count = len(PROJECT_COLUMNS)
    return tuple(
        (
            project_from(row[:count]),
            CheckIn.model_validate(dict(zip(CheckIn.model_fields, row[count:], strict=True))),
        )
        for row in rows
    )
