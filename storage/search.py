"""Full-text search over names, goals, outcomes and people, answered by one index on every database.

Not FTS5 and tsvector: two engines with two notions of a word, for one list of at most ten projects a page.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Subquery, exists, func, literal, select, union_all

from storage import terms
from storage.database import Tx
from storage.records import Project, ProjectState
from storage.rows import PROJECT_COLUMNS, project_from
from storage.tables import project_words, projects

MAX_WORDS = 8
_SCAN = 1_000
"""Entries of the index that are read for a word. A rarer word bounds the work; without one, this does."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results. `is_partial`: the words are so common that only the first were looked through."""

    projects: tuple[Project, ...]
    total: int
    is_partial: bool


def search_projects(tx: Tx, workspace_id: str, typed: str, *, limit: int, offset: int = 0) -> Found:
    """Projects with every word typed, or a word that begins with it; those with it in the name come first.

    Archived projects are left out. At most MAX_WORDS words are looked at. Two statements, three when nothing
    is found.
    """
    words = list(dict.fromkeys(word[: terms.MAX_WORD] for word in terms.fold(typed).split()))[:MAX_WORDS]
    if not words:
        return Found((), 0, is_partial=False)
    rarest, count = _rarest(tx, workspace_id, words)
    if count == 0:
        return Found((), 0, is_partial=False)
    matching = _matching(workspace_id, rarest, [word for word in words if word != rarest])
    page: Select[Any] = (
        select(*PROJECT_COLUMNS, matching.c.total)
        .join_from(matching, projects, projects.c.id == matching.c.project_id)
        .order_by(matching.c.rank, projects.c.sort_name, projects.c.id)
        .limit(limit)
        .offset(offset)
    )
    rows = tx.execute(page).all()
    # A page behind the last one has no row that could tell how many there are.
    total = rows[0].total if rows else tx.execute(select(func.count()).select_from(matching)).scalar_one()
    return Found(tuple(project_from(row) for row in rows), total, is_partial=count > _SCAN)


def _entries(workspace_id: str, word: str) -> Select[tuple[int, int]]:
    return select(project_words.c.project_id, project_words.c.rank).where(
        project_words.c.workspace_id == workspace_id,
        project_words.c.word >= word,
        project_words.c.word < terms.after(word),
    )


def _rarest(tx: Tx, workspace_id: str, words: list[str]) -> tuple[str, int]:
    """The word with the fewest entries, and how many (counted up to _SCAN + 1)."""
    counts = union_all(
        *(
            select(literal(index), func.count()).select_from(
                _entries(workspace_id, word).limit(_SCAN + 1).subquery()
            )
            for index, word in enumerate(words)
        )
    )
    index, count = min(tx.execute(counts).all(), key=lambda row: (row[1], row[0]))
    return words[index], count


def _matching(workspace_id: str, rarest: str, others: list[str]) -> Subquery:
    # In the index's own order, so that every page is one of the same list.
    entries = (
        _entries(workspace_id, rarest)
        .order_by(project_words.c.word, project_words.c.rank, project_words.c.project_id)
        .limit(_SCAN)
        .subquery()
    )
    best = select(entries.c.project_id, func.min(entries.c.rank).label("rank")).group_by(entries.c.project_id)
    for number, word in enumerate(others):
        also = project_words.alias(f"also_{number}")
        best = best.where(
            exists(
                select(literal(1)).where(
                    also.c.project_id == entries.c.project_id,
                    also.c.word >= word,
                    also.c.word < terms.after(word),
                )
            )
        )
    best = best.join(projects, projects.c.id == entries.c.project_id).where(
        projects.c.state != ProjectState.ARCHIVED.value
    )
    found = best.subquery()
    return select(found, func.count().over().label("total")).subquery()
