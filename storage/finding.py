"""Which projects a person may mean by what they typed. See storage/terms.py for the keys."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from storage import terms
from storage.database import Tx
from storage.records import Project, ProjectName
from storage.rows import PROJECT_COLUMNS, project_from
from storage.tables import project_keys, projects

_CANDIDATES = 64
"""Keys read at most. One project has several; more than this many is more than a person can choose from."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project, and how well the typed text stands for it: `is_whole` when a key is just that text."""

    project: Project
    rank: terms.Rank
    is_whole: bool


def _joined(limit: int) -> Select[Any]:
    return (
        select(*PROJECT_COLUMNS, project_keys.c.rank, project_keys.c.key)
        .join_from(project_keys, projects, projects.c.id == project_keys.c.project_id)
        .where(project_keys.c.workspace_id == bindparam("workspace_id"))
        .order_by(project_keys.c.key, project_keys.c.rank, project_keys.c.project_id)
        .limit(limit)
    )


_BEGINNING = _joined(_CANDIDATES).where(
    project_keys.c.key >= bindparam("first"), project_keys.c.key < bindparam("last")
)
_CONTAINING = _joined(_CANDIDATES).where(project_keys.c.key.contains(bindparam("part"), autoescape=False))


def list_candidates(tx: Tx, workspace_id: str, typed: str) -> tuple[Candidate, ...]:
    """Projects with a key that begins with what was typed, best first. An index answers it."""
    folded = terms.fold(typed)[: terms.MAX_KEY]
    if not folded:
        return ()
    return _candidates(
        tx,
        _BEGINNING,
        {"workspace_id": workspace_id, "first": folded, "last": terms.after(folded)},
        folded,
    )


def list_candidates_containing(tx: Tx, workspace_id: str, typed: str) -> tuple[Candidate, ...]:
    """Projects with a key that contains what was typed, best first. Reads every key of the workspace."""
    folded = terms.fold(typed)[: terms.MAX_KEY]
    if not folded:
        return ()
    return _candidates(tx, _CONTAINING, {"workspace_id": workspace_id, "part": folded}, folded)


def list_names(tx: Tx, workspace_id: str, limit: int) -> tuple[tuple[str, ProjectName], ...]:
    """Slugs, aliases and names, folded, each with its project: what a typing error is compared with."""
    rows = tx.execute(
        select(project_keys.c.key, projects.c.id, projects.c.slug, projects.c.name)
        .join_from(project_keys, projects, projects.c.id == project_keys.c.project_id)
        .where(project_keys.c.workspace_id == workspace_id, project_keys.c.rank <= terms.Rank.NAME.value)
        .limit(limit)
    )
    return tuple((key, ProjectName(id=id_, slug=slug, name=name)) for key, id_, slug, name in rows)


def count_keys(tx: Tx, workspace_id: str) -> int:
    return int(
        tx.execute(select(func.count()).where(project_keys.c.workspace_id == workspace_id)).scalar_one()
    )


def _candidates(
    tx: Tx, statement: Select[Any], parameters: dict[str, str], folded: str
) -> tuple[Candidate, ...]:
    best: dict[int, Candidate] = {}
    for row in tx.execute(statement, parameters).all():
        is_whole = row.key == folded
        rank = terms.Rank(row.rank)
        known = best.get(row.id)
        if known is None or (not is_whole, rank) < (not known.is_whole, known.rank):
            project = known.project if known else project_from(row)
            best[row.id] = Candidate(project, rank, is_whole)
    return tuple(sorted(best.values(), key=lambda c: (not c.is_whole, c.rank, c.project.name, c.project.id)))
