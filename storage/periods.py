"""What happened in a workspace within a period: a statement each, whatever the number of projects.

All of them ask whose eyes it is for: see `storage.sight.of_place`.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, or_, select

from storage.check_in_tables import check_ins, schedules
from storage.check_ins import CheckInState
from storage.database import Tx
from storage.history_records import WHOLE, ChangedItem
from storage.outcomes import number_on_record
from storage.records import Outcome, OutcomeStatus, ProjectName, ProjectState
from storage.rows import OUTCOME_COLUMNS, UPDATE_COLUMNS, outcome_from
from storage.sight import Sight, is_told, values_of
from storage.tables import changes, outcomes, projects, status_updates
from storage.types import UtcDateTime

_WORKSPACE = bindparam("workspace_id", type_=String())
_SINCE, _UNTIL = bindparam("since", type_=UtcDateTime), bindparam("until", type_=UtcDateTime)
OF_PROJECT = projects.c.id, projects.c.slug, projects.c.name


class Told(NamedTuple):
    """An outcome with its project. `before`: its status when the period began; None where none is meant."""

    project: ProjectName
    outcome: Outcome
    before: OutcomeStatus | None = None


class Noted(NamedTuple):
    """A change of a record, as far as a digest speaks of it; `before` and `after` are JSON."""

    project: ProjectName
    item: ChangedItem
    item_id: int | None
    field: str
    before: str | None
    after: str | None


class Unheard(NamedTuple):
    """A project that nobody has answered for in so many rounds, one after the other."""

    project: ProjectName
    rounds: int


def list_said(
    tx: Tx, workspace_id: str, sight: Sight, since: datetime, until: datetime, *, owner_id: str | None = None
) -> tuple[Told, ...]:
    """Each outcome of which something was said in the period, with the last that was; of one owner or all."""
    values = {**values_of(workspace_id, sight), "since": since, "until": until, "owner_id": owner_id}
    rows = tx.execute(_said(bool(sight.person_id), owner_id is not None), values)
    return tuple(told_from(row) for row in rows)


def list_noted(
    tx: Tx, workspace_id: str, sight: Sight, since: datetime, until: datetime
) -> tuple[Noted, ...]:
    """Projects and outcomes that came or went, other states and other goals, in order."""
    values = {**values_of(workspace_id, sight), "since": since, "until": until}
    rows = tx.execute(_noted(bool(sight.person_id)), values)
    return tuple(
        Noted(ProjectName(id=id_, slug=slug, name=name), ChangedItem(item), *others)
        for id_, slug, name, item, *others in rows
    )


def list_unheard(
    tx: Tx, workspace_id: str, sight: Sight, since: datetime, until: datetime
) -> tuple[Unheard, ...]:
    """Active projects whose last round, which ended in the period, nobody has answered; by name."""
    rows = tx.execute(
        select(*OF_PROJECT, schedules.c.silent_rounds)
        .join_from(check_ins, projects, projects.c.id == check_ins.c.project_id)
        .join(schedules, schedules.c.project_id == projects.c.id)
        .where(
            check_ins.c.workspace_id == _WORKSPACE,
            check_ins.c.closed_at >= since,
            check_ins.c.closed_at < until,
            check_ins.c.state == CheckInState.CLOSED.value,
            schedules.c.silent_rounds > 0,
            projects.c.state == ProjectState.ACTIVE.value,
            is_told(sight),
        )
        .distinct()
        .order_by(projects.c.name, projects.c.id),
        values_of(workspace_id, sight),
    )
    return tuple(Unheard(ProjectName(id=id_, slug=slug, name=name), n) for id_, slug, name, n in rows)


def told_from(row: Any) -> Told:  # noqa: ANN401 - a row
    """From a row of a number, OF_PROJECT, a status before, OUTCOME_COLUMNS and UPDATE_COLUMNS."""
    number, id_, slug, name, before, *of_outcome = row
    return Told(
        ProjectName(id=id_, slug=slug, name=name),
        outcome_from(tuple(of_outcome), number),
        None if before is None else OutcomeStatus(before),
    )


def told_to(is_one_person: bool) -> ColumnElement[bool]:  # noqa: FBT001 - which of two statements
    """Whether a kept statement may tell of a project: to one person, or to whoever reads a channel."""
    return is_told(Sight("one" if is_one_person else ""))


# It takes longer to make one of these statements than many a database to answer it, so each is made once.


@lru_cache(maxsize=4)
def _said(is_one_person: bool, has_owner: bool) -> Select[Any]:  # noqa: FBT001 - as above
    newer, earlier = status_updates.alias("newer"), status_updates.alias("earlier")
    newest = (
        select(newer.c.id)
        .where(newer.c.outcome_id == outcomes.c.id, newer.c.taken_back_at.is_(None), newer.c.said_at < _UNTIL)
        .order_by(newer.c.said_at.desc(), newer.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    before = (
        select(earlier.c.status)
        .where(
            earlier.c.outcome_id == outcomes.c.id,
            earlier.c.taken_back_at.is_(None),
            earlier.c.said_at < _SINCE,
        )
        .order_by(earlier.c.said_at.desc(), earlier.c.id.desc())
        .limit(1)
        .scalar_subquery()
        .label("before")
    )
    found = (
        select(number_on_record(), *OF_PROJECT, before, *OUTCOME_COLUMNS, *UPDATE_COLUMNS)
        .join_from(status_updates, outcomes, outcomes.c.id == status_updates.c.outcome_id)
        .join(projects, projects.c.id == outcomes.c.project_id)
        .where(
            status_updates.c.workspace_id == _WORKSPACE,
            status_updates.c.said_at >= _SINCE,
            status_updates.c.said_at < _UNTIL,
            status_updates.c.taken_back_at.is_(None),
            status_updates.c.id == newest,
            outcomes.c.removed_at.is_(None),
            outcomes.c.project_state != ProjectState.ARCHIVED.value,
            told_to(is_one_person),
        )
        .order_by(projects.c.sort_name, projects.c.id, outcomes.c.position, outcomes.c.id)
    )
    return found.where(outcomes.c.owner_id == bindparam("owner_id", type_=String())) if has_owner else found


@lru_cache(maxsize=2)
def _noted(is_one_person: bool) -> Select[Any]:  # noqa: FBT001 - as above
    of_project = and_(
        changes.c.item == ChangedItem.PROJECT.value, changes.c.field.in_(["state", "goal", WHOLE])
    )
    of_outcome = and_(changes.c.item == ChangedItem.OUTCOME.value, changes.c.field == WHOLE)
    return (
        select(
            *OF_PROJECT,
            changes.c.item,
            changes.c.item_id,
            changes.c.field,
            changes.c.before,
            changes.c.after,
        )
        .join_from(changes, projects, projects.c.id == changes.c.project_id)
        .where(
            changes.c.workspace_id == _WORKSPACE,
            changes.c.changed_at >= _SINCE,
            changes.c.changed_at < _UNTIL,
            or_(of_project, of_outcome),
            told_to(is_one_person),
        )
        .order_by(projects.c.sort_name, projects.c.id, changes.c.id)
    )
