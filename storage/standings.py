"""How the open outcomes of a workspace's active projects stand: a statement each, whatever their number.

All of them ask whose eyes it is for: see `storage.sight.of_place`.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, case, func, or_

from storage.database import Tx
from storage.outcomes import number_on_record, with_newest
from storage.periods import OF_PROJECT, Told, told_from, told_to
from storage.records import OutcomeStatus, ProjectState
from storage.rows import OUTCOME_COLUMNS, UPDATE_COLUMNS
from storage.sight import Sight, values_of
from storage.tables import outcomes, projects, status_updates
from storage.thresholds import is_old
from storage.types import UtcDateTime

_TROUBLED = [OutcomeStatus.OFF_TRACK.value, OutcomeStatus.AT_RISK.value]
_WORKSPACE = bindparam("workspace_id", type_=String())
_UNTIL = bindparam("until", type_=UtcDateTime)


class Counts(NamedTuple):
    """How many open outcomes have each status, and how many of all are stale or were never vouched for."""

    by_status: Mapping[OutcomeStatus | None, int]
    stale: int


def list_stale(tx: Tx, workspace_id: str, sight: Sight, at: datetime, *, limit: int) -> tuple[Told, ...]:
    """Open outcomes of active projects that are stale by then, at most so many: the last to become so first.

    Also those that nobody ever vouched for, once they are as old.
    """
    values = values_of(workspace_id, sight) | {"until": at, "limit": limit}
    return tuple(told_from(row) for row in tx.execute(_stale(bool(sight.person_id)), values))


def list_troubled(tx: Tx, workspace_id: str, sight: Sight, at: datetime) -> tuple[Told, ...]:
    """Open outcomes of active projects that are off track, at risk, stale by then, or never vouched for."""
    values = values_of(workspace_id, sight) | {"until": at}
    return tuple(told_from(row) for row in tx.execute(_troubled(bool(sight.person_id)), values))


def count_open(tx: Tx, workspace_id: str, sight: Sight, at: datetime) -> Counts:
    """How the open outcomes of active projects stand, as stale as they are then."""
    values = values_of(workspace_id, sight) | {"until": at}
    rows = tx.execute(_counted(bool(sight.person_id)), values).all()
    by_status = {None if status is None else OutcomeStatus(status): count for status, count, _ in rows}
    return Counts(by_status, sum(stale for _, _, stale in rows))


def _standing(is_one_person: bool, *where: ColumnElement[bool]) -> Select[Any]:  # noqa: FBT001 - as above
    """Open outcomes of active projects."""
    nothing = case((outcomes.c.id < 0, "")).label("before")
    return (
        with_newest(number_on_record(), *OF_PROJECT, nothing, *OUTCOME_COLUMNS, *UPDATE_COLUMNS)
        .join(projects, projects.c.id == outcomes.c.project_id)
        .where(*_is_going_on(), *where, told_to(is_one_person))
        .order_by(projects.c.sort_name, projects.c.id, outcomes.c.position, outcomes.c.id)
    )


def _is_going_on() -> tuple[ColumnElement[bool], ...]:
    is_active = outcomes.c.project_state == ProjectState.ACTIVE.value
    return outcomes.c.workspace_id == _WORKSPACE, is_active, outcomes.c.is_open


def _is_stale() -> ColumnElement[bool]:
    return or_(outcomes.c.turns_stale_at.is_(None), outcomes.c.turns_stale_at <= _UNTIL)


@lru_cache(maxsize=2)
def _stale(is_one_person: bool) -> Select[Any]:  # noqa: FBT001 - as above
    newest_first = outcomes.c.turns_stale_at.desc().nulls_last(), outcomes.c.id
    return (
        _standing(is_one_person, is_old(_UNTIL))
        .order_by(None)
        .order_by(*newest_first)
        .limit(bindparam("limit", type_=Integer()))
    )


@lru_cache(maxsize=2)
def _troubled(is_one_person: bool) -> Select[Any]:  # noqa: FBT001 - as above
    return _standing(is_one_person, or_(status_updates.c.status.in_(_TROUBLED), _is_stale()))


@lru_cache(maxsize=2)
def _counted(is_one_person: bool) -> Select[Any]:  # noqa: FBT001 - as above
    stale = func.sum(case((_is_stale(), 1), else_=0))
    return (
        with_newest(status_updates.c.status, func.count(), stale)
        .join(projects, projects.c.id == outcomes.c.project_id)
        .where(*_is_going_on(), told_to(is_one_person))
        .group_by(status_updates.c.status)
    )
