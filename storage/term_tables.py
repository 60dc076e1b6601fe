"""The tables of what finds a project. A change comes with a migration, as that of `storage.tables` does."""

from sqlalchemy import Column, Index, Integer, Table

from storage.columns import project, workspace
from storage.tables import metadata
from storage.types import Folded

project_keys = Table(
    "project_keys",
    metadata,
    # What a person may type for a project; see storage/terms.py. Rebuilt from the project, never the truth.
    workspace(primary_key=True),
    Column("key", Folded, primary_key=True),
    Column("rank", Integer(), primary_key=True),
    project(primary_key=True),
    Index(None, "project_id", "key"),
    sqlite_with_rowid=False,
)

project_words = Table(
    "project_words",
    metadata,
    # Every word of a project's texts, for search; rebuilt from the project, never the truth.
    workspace(primary_key=True),
    Column("word", Folded, primary_key=True),
    Column("rank", Integer(), primary_key=True),
    project(primary_key=True),
    Index(None, "project_id", "word"),
    sqlite_with_rowid=False,
)
