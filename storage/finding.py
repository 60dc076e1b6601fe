"""Which projects a person may mean by what they typed. See storage/terms.py for the keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, literal, select, union_all

from storage import terms
from storage.database import Tx
from storage.prepared import Prepared, Values
from storage.records import Project
from storage.rows import PROJECT_COLUMNS, project_from
from storage.tables import project_keys, projects
from storage.types import Id

_CANDIDATES = 64
"""Keys read at most. One project has several; more than this many is more than a person can choose from."""
_NONE = 0
"""No project's id."""
_ID = 0
"""Where a project's id stands in a row."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project, and how well the typed text stands for it: `is_whole` when a key is just that text."""

    project: Project
    rank: terms.Rank
    is_whole: bool


_IN_WORKSPACE = project_keys.c.workspace_id == bindparam("workspace_id")
_BEGINS = and_(project_keys.c.key >= bindparam("first"), project_keys.c.key < bindparam("last"))
# What was typed is folded, and a folded text has none of the characters that LIKE takes for a pattern.
_CONTAINS = project_keys.c.key.contains(bindparam("first"), autoescape=False)


def _keys_that(condition: ColumnElement[bool], limit: ColumnElement[int]) -> Select[Any]:
    """At most so many keys, with their projects."""
    limited = (
        select(*PROJECT_COLUMNS, project_keys.c.rank, project_keys.c.key)
        .join_from(project_keys, projects, projects.c.id == project_keys.c.project_id)
        .where(_IN_WORKSPACE, project_keys.c.project_id != bindparam("besides", _NONE, Id), condition)
        .order_by(project_keys.c.key, project_keys.c.rank, project_keys.c.project_id)
        .limit(limit)
    )
    # As a table of its own, since SQLite limits no part of a UNION.
    return select(limited.subquery())


_SOME_BEGIN = exists(select(literal(1)).where(_IN_WORKSPACE, _BEGINS))
_CANDIDATE_KEYS = Prepared(
    union_all(
        _keys_that(_BEGINS, literal(_CANDIDATES)),
        # A condition would be asked of every key; a limit is looked at before the first.
        _keys_that(_CONTAINS, case((_SOME_BEGIN, 0), else_=_CANDIDATES)),
    )
)


def list_candidates(tx: Tx, workspace_id: str, typed: str) -> tuple[Candidate, ...]:
    """Projects with a key that begins with what was typed, best first: an index answers that.

    When there is none: those with a key that contains it, for which every key of the workspace is read.
    """
    folded = terms.fold(typed)[: terms.MAX_KEY]
    if not folded:
        return ()
    parameters = {"workspace_id": workspace_id, "first": folded, "last": terms.after(folded)}
    rows = _CANDIDATE_KEYS.rows(tx, **parameters)
    if len(rows) == _CANDIDATES and len({row[_ID] for row in rows}) == 1:
        # One project has so many keys that it could hide another that has that part too.
        rows += _CANDIDATE_KEYS.rows(tx, **parameters, besides=rows[0][_ID])
    return _candidates(rows, folded)


def list_names(tx: Tx, workspace_id: str, limit: int) -> tuple[tuple[str, int], ...]:
    """Slugs, aliases and names, folded, each with its project's id: what a typing error is compared with."""
    rows = tx.execute(
        select(project_keys.c.key, project_keys.c.project_id)
        .where(project_keys.c.workspace_id == workspace_id, project_keys.c.rank <= terms.Rank.NAME.value)
        .order_by(project_keys.c.key, project_keys.c.rank, project_keys.c.project_id)
        .limit(limit)
    )
    return tuple((key, project_id) for key, project_id in rows)


def _candidates(rows: Iterable[Values], folded: str) -> tuple[Candidate, ...]:
    best: dict[int, Candidate] = {}
    for row in rows:
        *_, number, key = row
        is_whole = key == folded
        rank = terms.Rank(number)
        known = best.get(row[_ID])
        if known is None or (not is_whole, rank) < (not known.is_whole, known.rank):
            project = known.project if known else project_from(row)
            best[row[_ID]] = Candidate(project, rank, is_whole)
    if len(best) == 1:
        return tuple(best.values())
    return tuple(sorted(best.values(), key=lambda c: (not c.is_whole, c.rank, c.project.name, c.project.id)))
