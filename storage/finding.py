"""Which projects a person may mean by what they typed. See storage/terms.py for the keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    select,
    union_all,
)

from storage import terms
from storage.database import Tx
from storage.prepared import Prepared, Values
from storage.records import Project, ProjectState
from storage.rows import PROJECT_COLUMNS, project_from
from storage.sight import Sight, is_seen, values_of
from storage.tables import projects
from storage.term_tables import project_keys

_CANDIDATES = 64
"""Projects read at most of each kind; more than this many is more than a person can choose from."""
_INSIDE = 2_000
"""Keys looked at that have the typed text inside of a word; in their order, so that it is not by chance."""
_ID = 0
"""Where a project's id stands in a row."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project, and how well the typed text stands for it: `is_whole` when a key is just that text."""

    project: Project
    rank: terms.Rank
    is_whole: bool


_FIRST: BindParameter[str] = bindparam("first")
_LAST: BindParameter[str] = bindparam("last")
_IS_ARCHIVED = projects.c.state == ProjectState.ARCHIVED.value


def _begins(keys: FromClause, last: ColumnElement[str] = _LAST) -> ColumnElement[bool]:
    is_of_workspace = keys.c.workspace_id == bindparam("workspace_id")
    return and_(is_of_workspace, keys.c.key >= _FIRST, keys.c.key < last)


def _of_same_project(keys: FromClause) -> ColumnElement[bool]:
    return and_(_begins(keys), keys.c.project_id == project_keys.c.project_id)


def _beginning(condition: ColumnElement[bool], last: ColumnElement[str] = _LAST) -> Select[Any]:
    """Projects with a key that begins with what was typed: the first such key of each.

    A whole key is the first; of the others, the best rank of the project's counts.
    """
    earlier, all_ = project_keys.alias("earlier"), project_keys.alias("all")
    best = select(func.min(all_.c.rank)).where(_of_same_project(all_)).scalar_subquery()
    limited = (
        select(
            *PROJECT_COLUMNS,
            case((project_keys.c.key == _FIRST, project_keys.c.rank), else_=best).label("rank"),
            project_keys.c.key,
        )
        .join_from(project_keys, projects, projects.c.id == project_keys.c.project_id)
        .where(
            _begins(project_keys, last),
            ~exists(select(literal(1)).where(_of_same_project(earlier), earlier.c.key < project_keys.c.key)),
            condition,
            is_seen(),
        )
        .order_by(project_keys.c.key, project_keys.c.rank, project_keys.c.project_id)
        .limit(_CANDIDATES)
    )
    # As a table of its own, since SQLite limits no part of a UNION.
    return select(limited.subquery())


def _inside() -> Select[Any]:
    """Projects with a key that contains what was typed, when none begins with it."""
    beginning = select(literal(1)).join_from(
        project_keys, projects, projects.c.id == project_keys.c.project_id
    )
    some_begin = exists(beginning.where(_begins(project_keys), is_seen()))
    limited = (
        select(project_keys.c.project_id, project_keys.c.rank, project_keys.c.key)
        .where(
            project_keys.c.workspace_id == bindparam("workspace_id"),
            # What was typed is folded, and so has none of the characters that LIKE takes for a pattern.
            project_keys.c.key.contains(_FIRST, autoescape=False),
        )
        .order_by(project_keys.c.key, project_keys.c.rank, project_keys.c.project_id)
        # A condition would be asked of every key; a limit is looked at before the first.
        .limit(case((some_begin, 0), else_=_INSIDE))
        .subquery()
    )
    best = select(
        limited.c.project_id, func.min(limited.c.rank).label("rank"), func.min(limited.c.key).label("key")
    )
    found = best.group_by(limited.c.project_id).subquery()
    ranked = (
        select(*PROJECT_COLUMNS, found.c.rank, found.c.key)
        .join_from(found, projects, projects.c.id == found.c.project_id)
        .where(is_seen())
        .order_by(case((_IS_ARCHIVED, 1), else_=0), found.c.key, projects.c.id)
        .limit(_CANDIDATES)
    )
    return select(ranked.subquery())


def _last_of_archived() -> ColumnElement[str]:
    """Where the archived projects' keys end: at the whole ones, when another project is meant by the part."""
    another = select(literal(1)).join_from(project_keys, projects, projects.c.id == project_keys.c.project_id)
    return case(
        (exists(another.where(_begins(project_keys), ~_IS_ARCHIVED, is_seen())), bindparam("whole")),
        else_=_LAST,
    )


_CANDIDATE_KEYS = Prepared(
    union_all(_beginning(~_IS_ARCHIVED), _beginning(_IS_ARCHIVED, _last_of_archived()), _inside())
)
_CALLED = Prepared(
    select(*PROJECT_COLUMNS, project_keys.c.rank, project_keys.c.key)
    .join_from(project_keys, projects, projects.c.id == project_keys.c.project_id)
    .where(
        project_keys.c.workspace_id == bindparam("workspace_id"),
        project_keys.c.key == _FIRST,
        project_keys.c.rank <= terms.Rank.NAME.value,
        is_seen(),
    )
    .order_by(project_keys.c.rank, project_keys.c.project_id)
    .limit(_CANDIDATES)
)


def list_candidates(tx: Tx, workspace_id: str, sight: Sight, typed: str) -> tuple[Candidate, ...]:
    """Projects that the person sees, with a key that begins with what was typed, best first.

    An archived one is among them when the text is a whole key of it, or when all are archived. When none
    begins with it: those with a key that contains it, for which every key of the workspace is read; an index
    answers all else.
    """
    folded = terms.fold(typed)[: terms.MAX_KEY]
    if not folded:
        return ()
    typed_keys = {"first": folded, "last": terms.after(folded), "whole": folded + "\x01"}
    rows = _CANDIDATE_KEYS.rows(tx, **values_of(workspace_id, sight), **typed_keys)
    return _candidates(rows, folded)


def list_called(tx: Tx, workspace_id: str, sight: Sight, typed: str) -> tuple[Candidate, ...]:
    """Projects whose slug, alias or name is just what was typed, best first."""
    folded = terms.fold(typed)[: terms.MAX_KEY]
    return _candidates(_CALLED.rows(tx, **values_of(workspace_id, sight), first=folded), folded)


def has_more_names(tx: Tx, workspace_id: str, than: int) -> bool:
    """Whether there are more slugs, aliases and names than so many."""
    names = (
        select(project_keys.c.key)
        .where(project_keys.c.workspace_id == workspace_id, project_keys.c.rank <= terms.Rank.NAME.value)
        .limit(1)
        .offset(than)
    )
    return tx.execute(names).first() is not None


def list_names(tx: Tx, workspace_id: str, sight: Sight, limit: int) -> tuple[tuple[str, int], ...]:
    """Slugs, aliases and names, folded, each with its project's id: what a typing error is compared with."""
    names = (
        select(project_keys.c.key, project_keys.c.project_id)
        .join_from(project_keys, projects, projects.c.id == project_keys.c.project_id)
        .where(
            project_keys.c.workspace_id == workspace_id,
            project_keys.c.rank <= terms.Rank.NAME.value,
            is_seen(),
        )
        .order_by(project_keys.c.key, project_keys.c.rank, project_keys.c.project_id)
        .limit(limit)
    )
    return tuple((key, id_) for key, id_ in tx.execute(names, values_of(workspace_id, sight)))


def list_names_like(
    tx: Tx, workspace_id: str, sight: Sight, beginnings: Sequence[str], limit: int
) -> dict[str, int]:
    """Names and parts of names that begin with one of these texts, at most so many for each of them."""
    found: dict[str, int] = {}
    for beginning in beginnings:
        some = (
            select(project_keys.c.key, project_keys.c.project_id)
            .join_from(project_keys, projects, projects.c.id == project_keys.c.project_id)
            .where(
                project_keys.c.workspace_id == workspace_id,
                project_keys.c.key >= beginning,
                project_keys.c.key < terms.after(beginning),
                is_seen(),
            )
            .order_by(project_keys.c.key, project_keys.c.rank, project_keys.c.project_id)
            .limit(limit)
        )
        for key, project_id in tx.execute(some, values_of(workspace_id, sight)):
            found.setdefault(key, project_id)
    return found


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
