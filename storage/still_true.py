"""One click, "still true", in as few statements as it takes: what people do most.

The same as `status_updates.record_status_update` after `lock_project` and all that is asked before: rights,
how the outcome stands. Here one statement locks the project, increases its revision and asks all that.
"""

from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    String,
    Update,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.sql.visitors import replacement_traverse

from storage.database import Tx
from storage.people import Stake, stake_columns, stake_from
from storage.records import ProjectState, StatusUpdate, UpdateSource
from storage.revisions import mark_touched
from storage.rows import UPDATE_COLUMNS
from storage.sight import Sight, values_of
from storage.tables import outcomes, projects, status_updates
from storage.types import Id
from storage.vouching import keep_vouching


class Held(NamedTuple):
    """A project that is locked, with its revision increased; and one of its outcomes, as it stands.

    `newest`: what was last said of it.
    """

    is_restricted: bool
    stake: Stake
    text: str
    newest: StatusUpdate | None


def hold_outcome(tx: Tx, workspace_id: str, project_id: int, outcome_id: int, person_id: str) -> Held | None:
    """None where there is more to it: what is not there, is archived, or was changed while we waited.

    Whoever asks then does it step by step, which tells why. One statement.
    """
    values = values_of(workspace_id, Sight(person_id)) | {"project_id": project_id, "outcome_id": outcome_id}
    # What is called like a column of the table is taken for its new value.
    values["in_workspace"] = values.pop("workspace_id")
    row = tx.execute(_HOLD, values).one_or_none()
    if row is None:
        return None
    mark_touched(tx, project_id)
    revision, seen_revision, is_restricted, text, *more = row
    # PostgreSQL answers the questions by how all was before it waited for the lock, which must not matter.
    if text is None or seen_revision not in {revision - 1, revision}:
        return None
    stake, newest = more[:_OF_STAKE], more[_OF_STAKE:]
    said = None
    if newest[0] is not None:
        said = StatusUpdate.model_validate(dict(zip(_UPDATE_FIELDS, newest, strict=True)))
    return Held(is_restricted, stake_from(stake), text, said)


def add_vouching(tx: Tx, workspace_id: str, update: StatusUpdate, project_id: int) -> int:
    """After `hold_outcome`: the update, but for its id, which is given back. Two statements."""
    values = update.model_dump(exclude={"id"}) | {
        "workspace_id": workspace_id,
        "project_id": project_id,
        "status": update.status and update.status.value,
        "source": UpdateSource.BUTTON.value,
    }
    added = tx.execute(insert(status_updates).values(values).returning(status_updates.c.id)).scalar_one()
    keep_vouching(tx, workspace_id, update.outcome_id)
    return int(added)


_UPDATE_FIELDS = tuple(column.name for column in UPDATE_COLUMNS)
_OF_STAKE = len(stake_columns())


_WORKSPACE = bindparam("in_workspace", type_=String())


def _in_workspace(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """With the workspace's id under the other name."""

    def renamed(element: Any, **_: Any) -> Any:  # noqa: ANN401 - as SQLAlchemy calls it
        is_workspace = isinstance(element, BindParameter) and element.key == "workspace_id"
        return _WORKSPACE if is_workspace else None

    found: ColumnElement[Any] = replacement_traverse(column, {}, renamed)
    return found


def _hold() -> Update:
    project_id, outcome_id = bindparam("project_id", type_=Id), bindparam("outcome_id", type_=Id)
    as_seen = projects.alias("as_seen")
    revision = select(as_seen.c.revision).where(as_seen.c.id == project_id)
    text = select(outcomes.c.text).where(
        outcomes.c.id == outcome_id, outcomes.c.project_id == project_id, outcomes.c.removed_at.is_(None)
    )
    return (
        update(projects)
        .where(
            projects.c.workspace_id == _WORKSPACE,
            projects.c.id == project_id,
            projects.c.state != ProjectState.ARCHIVED.value,
        )
        .values(revision=projects.c.revision + 1)
        .returning(
            projects.c.revision,
            revision.scalar_subquery(),
            projects.c.is_restricted,
            text.scalar_subquery(),
            *map(_in_workspace, stake_columns()),
            *(_of_newest(column, outcome_id) for column in UPDATE_COLUMNS),
        )
    )


def _of_newest(column: ColumnElement[Any], outcome_id: Any) -> ColumnElement[Any]:  # noqa: ANN401 - a parameter
    return (
        select(column)
        .where(status_updates.c.outcome_id == outcome_id, status_updates.c.taken_back_at.is_(None))
        .order_by(status_updates.c.said_at.desc(), status_updates.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


_HOLD = _hold()
