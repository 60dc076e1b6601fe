"""When each project is asked. `next_at` is made of all else by bot/services/next_times.py, and kept."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import AwareDatetime
from sqlalchemy import Update, insert, select, text, update

from storage.bulk import POSTGRESQL, packed, rows_in
from storage.check_in_tables import schedules
from storage.database import Tx
from storage.records import Project, ProjectState, Record
from storage.revisions import touch_project
from storage.rows import PROJECT_COLUMNS, project_from
from storage.serving import is_served
from storage.sight import Sight, is_seen, values_of
from storage.tables import projects
from storage.thresholds import keep_thresholds


class Schedule(Record):
    """`cadence`: as bot/domain/cadence.py writes it; None for a project that is not asked.

    `next_at`: when the next prompt is due; `moved_from`: the day off that it would have been on. The round
    due at `skipped_at`, and each before it, is left out. A paused project goes on by itself on
    `paused_until`.
    `agreed_by`: the owner who agreed to be asked by direct message. `stopped_because`: Slack's word for why
    nothing is sent any more. `silent_rounds`: so many in a row nobody has answered.
    """

    project_id: int
    cadence: str | None = None
    next_at: AwareDatetime | None = None
    moved_from: date | None = None
    skipped_at: AwareDatetime | None = None
    paused_until: date | None = None
    agreed_by: str | None = None
    stopped_because: str | None = None
    silent_rounds: int = 0


class DueProject(NamedTuple):
    """A project whose prompt is due, or that is due to go on; as much of it as opening a round needs."""

    workspace_id: str
    project_id: int
    state: ProjectState
    channel_id: str | None
    owner_id: str | None
    cadence: str
    due_at: datetime
    moved_from: date | None
    paused_until: date | None
    agreed_by: str | None
    stopped_because: str | None


class Next(NamedTuple):
    """When a project is asked the next time."""

    project_id: int
    next_at: datetime | None
    moved_from: date | None


_COLUMNS = tuple(schedules.c[name] for name in Schedule.model_fields)


def find_schedule(tx: Tx, workspace_id: str, project_id: int) -> Schedule:
    """An empty one for a project that was never given one."""
    row = (
        tx.execute(
            select(*_COLUMNS).where(
                schedules.c.workspace_id == workspace_id, schedules.c.project_id == project_id
            )
        )
        .mappings()
        .one_or_none()
    )
    return Schedule(project_id=project_id) if row is None else Schedule.model_validate(dict(row))


def list_schedules(tx: Tx, workspace_id: str, project_ids: Sequence[int]) -> tuple[Schedule, ...]:
    """Those of these projects that have a cadence, the next one due first."""
    rows = tx.execute(
        select(*_COLUMNS)
        .where(
            schedules.c.workspace_id == workspace_id,
            schedules.c.project_id.in_(project_ids),
            schedules.c.cadence.is_not(None),
        )
        .order_by(schedules.c.next_at, schedules.c.project_id)
    ).mappings()
    return tuple(Schedule.model_validate(dict(row)) for row in rows)


def list_all_schedules(tx: Tx, workspace_id: str) -> tuple[tuple[Project, Schedule], ...]:
    """Every project that has a cadence, with its schedule, in the order in which they are locked."""
    rows = tx.execute(
        select(*PROJECT_COLUMNS, *_COLUMNS)
        .join_from(schedules, projects, projects.c.id == schedules.c.project_id)
        .where(schedules.c.workspace_id == workspace_id, schedules.c.cadence.is_not(None))
        .order_by(schedules.c.project_id)
    )
    count = len(PROJECT_COLUMNS)
    return tuple(
        (
            project_from(row[:count]),
            Schedule.model_validate(dict(zip(Schedule.model_fields, row[count:], strict=True))),
        )
        for row in rows
    )


def list_scheduled_projects(
    tx: Tx, workspace_id: str, sight: Sight, until: datetime, limit: int
) -> tuple[Project, ...]:
    """At most `limit` of the projects due until then that the person sees, the first ones first."""
    rows = tx.execute(
        select(*PROJECT_COLUMNS)
        .join_from(schedules, projects, projects.c.id == schedules.c.project_id)
        .where(schedules.c.workspace_id == workspace_id, schedules.c.next_at <= until, is_seen())
        .order_by(schedules.c.next_at, schedules.c.project_id)
        .limit(limit),
        values_of(workspace_id, sight),
    )
    return tuple(project_from(row) for row in rows)


def change_schedule(tx: Tx, workspace_id: str, project_id: int, **changes: Any) -> None:  # noqa: ANN401 - columns differ in type
    """Set the named columns, after `lock_project`. Raises NotFoundError."""
    touch_project(tx, workspace_id, project_id)
    mine = (schedules.c.workspace_id == workspace_id, schedules.c.project_id == project_id)
    if tx.execute(update(schedules).where(*mine).values(**changes)).rowcount == 0:
        tx.execute(insert(schedules).values(workspace_id=workspace_id, project_id=project_id, **changes))
    if "every_days" in changes:
        keep_thresholds(tx, workspace_id, project_id)


def count_silence(tx: Tx, workspace_id: str, project_id: int, rounds: int) -> None:
    """So many rounds in a row nobody has answered; no part of what the record shows."""
    tx.execute(
        update(schedules)
        .where(schedules.c.workspace_id == workspace_id, schedules.c.project_id == project_id)
        .values(silent_rounds=rounds)
    )


def claim_due_projects(tx: Tx, now: datetime, limit: int) -> tuple[DueProject, ...]:
    """At most `limit` of those that are due, of all workspaces, kept from other processes until the commit.

    Whoever claims them calls `move_on` for each, in the same transaction.
    """
    if tx.dialect.name == POSTGRESQL:
        # Tables grow faster here than it keeps count of: it would take them for empty, and read all of them.
        tx.execute(text("SET LOCAL enable_seqscan = off"))
    rows = tx.execute(
        select(
            schedules.c.workspace_id,
            schedules.c.project_id,
            projects.c.state,
            projects.c.channel_id,
            projects.c.owner_id,
            schedules.c.cadence,
            schedules.c.next_at,
            schedules.c.moved_from,
            schedules.c.paused_until,
            schedules.c.agreed_by,
            schedules.c.stopped_because,
        )
        .join_from(schedules, projects, projects.c.id == schedules.c.project_id)
        .where(schedules.c.next_at <= now, is_served(schedules.c.workspace_id))
        .order_by(schedules.c.next_at, schedules.c.project_id)
        .limit(limit)
        .with_for_update(of=schedules, skip_locked=True)
    )
    return tuple(DueProject(row[0], row[1], ProjectState(row[2]), *row[3:]) for row in rows)


_MOVED = (schedules.c.project_id, schedules.c.next_at, schedules.c.moved_from)


def move_on(tx: Tx, following: Sequence[Next]) -> None:
    """From the prompt that is due to the one after it, for projects that were claimed."""
    rows = packed(tx, _MOVED, [each._asdict() for each in following])
    tx.execute(_move_on(tx.dialect.name), {"following": rows})


@lru_cache(maxsize=4)
def _move_on(kind: str) -> Update:
    given = rows_in(kind, "following", _MOVED)
    return (
        update(schedules)
        .where(schedules.c.project_id == given.c.project_id)
        .values(next_at=given.c.next_at, moved_from=given.c.moved_from, skipped_at=None)
    )


def list_paused_until(tx: Tx, day: date) -> tuple[tuple[str, int], ...]:
    """Projects, each with its workspace, that are paused until that day or one before it."""
    rows = tx.execute(
        select(schedules.c.workspace_id, schedules.c.project_id)
        .where(schedules.c.paused_until <= day, is_served(schedules.c.workspace_id))
        .order_by(schedules.c.paused_until, schedules.c.workspace_id, schedules.c.project_id)
    )
    return tuple((workspace_id, project_id) for workspace_id, project_id in rows)


def list_stopped(tx: Tx, workspace_id: str, project_ids: Sequence[int]) -> dict[int, str]:
    """Those of these projects whose check-ins have stopped, each with Slack's word for why."""
    rows = tx.execute(
        select(schedules.c.project_id, schedules.c.stopped_because).where(
            schedules.c.workspace_id == workspace_id,
            schedules.c.project_id.in_(project_ids),
            schedules.c.stopped_because.is_not(None),
        )
    )
    return {row[0]: row[1] for row in rows}


def list_stopped_in(tx: Tx, workspace_id: str, channel_id: str) -> tuple[tuple[int, str], ...]:
    """Projects of this channel whose check-ins have stopped, each with Slack's word for why."""
    rows = tx.execute(
        select(schedules.c.project_id, schedules.c.stopped_because)
        .join_from(schedules, projects, projects.c.id == schedules.c.project_id)
        .where(
            schedules.c.workspace_id == workspace_id,
            schedules.c.stopped_because.is_not(None),
            projects.c.channel_id == channel_id,
        )
        .order_by(schedules.c.project_id)
    )
    return tuple((project_id, because) for project_id, because in rows)
