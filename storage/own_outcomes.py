"""The open outcomes that one person looks after, of all projects that are going on."""

from typing import Any

from sqlalchemy import CompoundSelect, Integer, String, bindparam, select, union

from storage.database import Tx
from storage.outcomes import number_on_record, with_newest
from storage.project_lists import OPEN_STATES
from storage.records import OwnOutcome, ProjectName, ProjectState
from storage.rows import OUTCOME_COLUMNS, UPDATE_COLUMNS, outcome_from
from storage.sight import Sight, is_seen, values_of
from storage.tables import is_of, outcomes, projects

_STATES = [state.value for state in OPEN_STATES]


def list_own_outcomes(
    tx: Tx, workspace_id: str, sight: Sight, *, limit: int, of_person: str | None = None
) -> tuple[OwnOutcome, ...]:
    """Those that the person owns, and those of nobody in a project that they own, in projects that they see.

    `of_person`: whose they are, if not theirs who looks; of these, those that the one who looks sees.

    One that nobody ever vouched for comes first, then by how long ago somebody did: the ones that are left
    out are the freshest.
    """
    values = {**values_of(workspace_id, sight), "person_id": of_person or sight.person_id, "limit": limit}
    return tuple(own_outcome(row) for row in tx.execute(_STATEMENT, values))


def own_outcome(row: Any) -> OwnOutcome:  # noqa: ANN401 - a row
    """From its number, its project's id, slug, name and state, and what `outcome_from` takes."""
    number, project_id, slug, name, state, *of_outcome = row
    return OwnOutcome(
        project=ProjectName(id=project_id, slug=slug, name=name),
        project_state=ProjectState(state),
        outcome=outcome_from(tuple(of_outcome), number),
    )


def _ids() -> CompoundSelect[Any]:
    workspace_id, person_id = (
        bindparam("workspace_id", type_=String()),
        bindparam("person_id", type_=String()),
    )
    is_going_on = (
        outcomes.c.is_open,
        outcomes.c.removed_at.is_(None),
        outcomes.c.project_state.in_(_STATES),
    )
    own = select(outcomes.c.id).where(
        outcomes.c.workspace_id == workspace_id, outcomes.c.owner_id == person_id, *is_going_on
    )
    of_own_projects = (
        select(outcomes.c.id)
        .join_from(projects, outcomes, outcomes.c.project_id == projects.c.id)
        .where(
            projects.c.workspace_id == workspace_id,
            projects.c.owner_id == person_id,
            outcomes.c.owner_id.is_(None),
            *is_going_on,
        )
    )
    return union(own, of_own_projects)


def _statement() -> Any:  # noqa: ANN401 - a select of some twenty columns
    of_project = projects.c.id, projects.c.slug, projects.c.name, projects.c.state
    return (
        with_newest(number_on_record(), *of_project, *OUTCOME_COLUMNS, *UPDATE_COLUMNS)
        .join(projects, projects.c.id == outcomes.c.project_id)
        .where(
            is_of(outcomes.c.workspace_id, bindparam("workspace_id")), outcomes.c.id.in_(_ids()), is_seen()
        )
        .order_by(outcomes.c.vouched_at.is_not(None), outcomes.c.vouched_at, outcomes.c.id)
        .limit(bindparam("limit", type_=Integer()))
    )


_STATEMENT = _statement()
