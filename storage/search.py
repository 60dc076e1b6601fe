"""Full-text search over names, goals, outcomes and people, answered by one index on every database.

Not FTS5 and tsvector: two engines with two notions of a word, for one list of at most ten projects a page.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    select,
    union_all,
)

from storage import terms
from storage.database import Tx
from storage.prepared import Prepared
from storage.records import Project, ProjectState
from storage.rows import PROJECT_COLUMNS, project_from
from storage.sight import Sight, is_seen, values_of
from storage.tables import projects
from storage.term_tables import project_words

MAX_WORDS = 8
_SCAN = 1_000
"""Entries of the index that are read for a word. A rarer word bounds the work; without one, this does."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results. `is_partial`: the words are so common that only the first were looked through."""

    projects: tuple[Project, ...]
    total: int
    is_partial: bool


def search_projects(
    tx: Tx, workspace_id: str, sight: Sight, typed: str, *, limit: int, offset: int = 0
) -> Found:
    """Projects with every word typed, or a word that begins with it; those with it in the name come first.

    Of those that the person sees; archived projects are left out. At most MAX_WORDS words are looked at. Two
    statements, three when nothing is found.
    """
    words = list(dict.fromkeys(word[: terms.MAX_WORD] for word in terms.fold(typed).split()))[:MAX_WORDS]
    if not words:
        return Found((), 0, is_partial=False)
    rarest, count = _rarest(tx, workspace_id, words)
    if count == 0:
        return Found((), 0, is_partial=False)
    found = [rarest, *(word for word in words if word != rarest)]
    values = values_of(workspace_id, sight) | _values(workspace_id, found)
    rows = _page(len(words)).rows(tx, **values, limit=limit, offset=offset)
    # A page behind the last one has no row that could tell how many there are.
    total = rows[0][-1] if rows else _total(len(words)).rows(tx, **values)[0][0]
    return Found(tuple(project_from(row) for row in rows), total, is_partial=count > _SCAN)


# It takes longer to make one of these statements than to run it, so each is made once for a number of words.


def _values(workspace_id: str, words: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {"workspace_id": workspace_id}
    for number, word in enumerate(words):
        values[f"word_{number}"] = word
        values[f"after_{number}"] = terms.after(word)
    return values


def _begins(column: ColumnElement[str], number: int) -> ColumnElement[bool]:
    return and_(column >= bindparam(f"word_{number}"), column < bindparam(f"after_{number}"))


def _entries(number: int) -> Select[int, int]:
    return select(project_words.c.project_id, project_words.c.rank).where(
        project_words.c.workspace_id == bindparam("workspace_id"), _begins(project_words.c.word, number)
    )


def _rarest(tx: Tx, workspace_id: str, words: list[str]) -> tuple[str, int]:
    """The word with the fewest entries, and how many (counted up to _SCAN + 1)."""
    counted = _counts(len(words)).rows(tx, **_values(workspace_id, words))
    index, count = min(counted, key=lambda row: (row[1], row[0]))
    return words[index], count


@lru_cache(maxsize=MAX_WORDS)
def _counts(words: int) -> Prepared:
    counts = (
        select(literal_column(str(number), Integer()), func.count()).select_from(
            _entries(number).limit(_SCAN + 1).subquery()
        )
        for number in range(words)
    )
    return Prepared(union_all(*counts))


@lru_cache(maxsize=MAX_WORDS)
def _page(words: int) -> Prepared:
    matching = _matching(words)
    return Prepared(
        select(*PROJECT_COLUMNS, matching.c.total)
        .join_from(matching, projects, projects.c.id == matching.c.project_id)
        .order_by(matching.c.rank, projects.c.sort_name, projects.c.id)
        .limit(bindparam("limit", type_=Integer()))
        .offset(bindparam("offset", type_=Integer()))
    )


@lru_cache(maxsize=MAX_WORDS)
def _total(words: int) -> Prepared:
    return Prepared(select(func.count()).select_from(_matching(words)))


def _matching(words: int) -> Subquery:
    """The projects that have all of the words; the first word is the rarest."""
    # In the index's own order, so that every page is one of the same list.
    entries = (
        _entries(0)
        .order_by(project_words.c.word, project_words.c.rank, project_words.c.project_id)
        .limit(_SCAN)
        .subquery()
    )
    best = select(entries.c.project_id, func.min(entries.c.rank).label("rank")).group_by(entries.c.project_id)
    for number in range(1, words):
        also = project_words.alias(f"also_{number}")
        best = best.where(
            exists(
                select(literal(1)).where(
                    also.c.project_id == entries.c.project_id, _begins(also.c.word, number)
                )
            )
        )
    best = best.join(projects, projects.c.id == entries.c.project_id).where(
        projects.c.state != ProjectState.ARCHIVED.value, is_seen()
    )
    found = best.subquery()
    return select(found, func.count().over().label("total")).subquery()
