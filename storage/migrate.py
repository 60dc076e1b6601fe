"""Brings a database to the newest schema. Alembic is imported here only when it is needed: it is slow to."""

import logging
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import SCHEMA, Database, Tx
from storage.errors import BrokenReferencesError, MigrationError

# It announces each of its own plugins as it is imported, whoever does that first.
logging.getLogger("alembic").setLevel(logging.WARNING)

_LOCK = 7_409_118_263
"""Any number, but always the same: processes that start at once migrate PostgreSQL one after the other."""


def migrate(database: Database) -> bool:
    """Upgrade to SCHEMA; whether there was anything to do. Rows are never lost.

    Raises UnreachableError, MigrationError, and SchemaError when the database is that of a newer version
    which this one cannot work with, or of none (UnknownSchemaError).
    """
    found = database.schema()
    if found is not None and found >= SCHEMA:
        # A later one has to say that this version may run on it.
        database.require_schema()
        return False
    from alembic.util import CommandError  # noqa: PLC0415 - half a second that a start with nothing to do saves

    try:
        with database.change_schema() as tx:
            upgrade(tx)
    except DBAPIError as error:
        raise MigrationError(str(error.orig).splitlines()[0]) from error
    except (BrokenReferencesError, CommandError) as error:
        # Alembic's own: a newer version, started at the same moment, was faster.
        raise MigrationError(str(error)) from error
    return True


def upgrade(tx: Tx, revision: str = "head") -> None:
    """Within a transaction of `Database.change_schema`, up to this revision; whoever else does so waits."""
    # It announces each of its own plugins as it is imported.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    from alembic import command  # noqa: PLC0415 - as in `migrate`
    from alembic.config import Config  # noqa: PLC0415 - as in `migrate`

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    wait_for_others(tx)
    config.attributes["connection"] = tx
    command.upgrade(config, revision)


def wait_for_others(tx: Tx) -> None:
    """Until the end of the transaction, nobody else changes the schema. On SQLite nobody can."""
    if tx.dialect.name != "sqlite":
        tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def open_database(address: str) -> Database:
    """The database, brought up to date when it is safe to do so here.

    A SQLite file belongs to one team, and an empty database to nobody: these are migrated on the way. Any
    other is migrated by `python -m bot migrate`, once for all processes.

    Raises UnreachableError, SchemaError, MigrationError.
    """
    database = Database(address)
    try:
        if database.is_sqlite or database.schema() is None:
            migrate(database)
        database.require_schema()
    except BaseException:
        # Whatever it was goes on to the caller, who has no database to close.
        database.close()
        raise
    return database
