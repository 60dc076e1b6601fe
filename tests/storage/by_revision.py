"""A database as an older version has left it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

import storage
from storage.database import Database
from tests.storage.rows_by_revision import ROWS

FOLDER = Path(storage.__file__).with_name("migrations")


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    return made


def revisions() -> list[str]:
    """All of them, oldest first."""
    return [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()][::-1]


def upgrade_to(database: Database, revision: str) -> None:
    with database.change_schema() as tx:
        settings = config()
        settings.attributes["connection"] = tx
        command.upgrade(settings, revision)


def insert_rows(database: Database, revision: str) -> None:
    """What a team may have written while that was the newest revision."""
    with database.write() as tx:
        for table, rows in ROWS[revision].items():
            for row in rows:
                columns = ", ".join(f'"{name}"' for name in row)
                values = ", ".join(f":{name}" for name in row)
                tx.execute(text(f'INSERT INTO "{table}" ({columns}) VALUES ({values})'), row)  # noqa: S608 - rows of our own


def continue_numbers(database: Database) -> None:
    """What is added after `insert_rows` gets other numbers. SQLite sees to that by itself."""
    if database.is_sqlite:
        return
    with database.write() as tx:
        for sequence in tx.execute(text("SELECT sequencename FROM pg_sequences")).scalars().all():
            tx.execute(text("SELECT setval(:sequence, 100)"), {"sequence": sequence})
