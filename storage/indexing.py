"""Keeps what is found and searched by in step with the records. Call it after every change of a text."""

from sqlalchemy import Column, delete, insert, select

from storage import terms
from storage.database import Tx
from storage.projects import get_project
from storage.tables import members, outcomes, project_aliases
from storage.term_tables import project_keys, project_words


def reindex(tx: Tx, workspace_id: str, project_id: int) -> None:
    """Rebuild the keys and words of one project. Raises NotFoundError."""
    project = get_project(tx, workspace_id, project_id)
    aliases = _column(tx, project_aliases.c.alias, project_id)
    people = _column(tx, members.c.name, project_id)
    keys = terms.keys_of(project.slug, project.name, aliases)
    words = terms.words_of(
        [project.slug, project.name, *aliases],
        [project.summary, project.goal, *people, *_column(tx, outcomes.c.text, project_id)],
    )
    mine = {"workspace_id": workspace_id, "project_id": project_id}
    for table in (project_keys, project_words):
        tx.execute(delete(table).where(table.c.project_id == project_id))
    if keys:
        tx.execute(
            insert(project_keys), [{**mine, "key": key, "rank": rank.value} for key, rank in keys.items()]
        )
    if words:
        tx.execute(
            insert(project_words),
            [{**mine, "word": word, "rank": rank.value} for word, rank in words.items()],
        )


def _column(tx: Tx, column: Column[str], project_id: int) -> list[str]:
    table = column.table
    found = select(column).where(table.c.project_id == project_id, table.c.removed_at.is_(None))
    return [value for (value,) in tx.execute(found)]
