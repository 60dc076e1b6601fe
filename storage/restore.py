"""Restoring a backup into an empty database: all of it, or nothing.

Everything happens in one transaction that nobody else sees into: the tables of the backup's own schema, its
rows, reading them back, and the migrations to the newest schema. A bot that runs on the database is not in
the way: one has written rows as it began, so the database is not empty; and one that begins meanwhile waits.
"""

import re
from hashlib import sha256
from pathlib import Path
from typing import IO

from sqlalchemy import text

from storage.backup import Step, Watch, told
from storage.backup_file import Progress, Summary, TableSummary, read_rows, read_summary
from storage.backup_rows import Stored, lines_of, tables_in
from storage.database import SCHEMA, Database, Tx, schema_in
from storage.errors import BrokenReferencesError, SchemaError
from storage.migrate import upgrade, wait_for_others
from storage.new_files import opened_file
from storage.restored_rows import insert_rows
from storage.set_aside import without_references
from storage.whole_errors import DamagedBackupError, NewerBackupError, NotEmptyError, UnfitRowsError

_VERSION = "alembic_version"
_FIRST = "0001"
_REVISION = re.compile(r"[0-9]{4}")


def restore_backup(database: Database, path: Path, watch: Watch) -> Summary:
    """What the file holds is in the database afterwards, read back, and of the newest schema.

    The memory that it takes does not grow with the rows.

    Raises UnreachableError, SchemaError; CannotReadError, NotABackupError, DamagedBackupError,
    NewerBackupError, NotEmptyError, and UnfitRowsError. Nothing is changed then.
    """
    with opened_file(path) as file:
        # All of it before the database is touched, and the same file for the second time.
        summary = read_summary(file, watch.begin(Step.READING, 0))
        if not (_REVISION.fullmatch(summary.schema) and _FIRST <= summary.schema <= SCHEMA):
            raise NewerBackupError(f"schema {summary.schema}", f"schema {SCHEMA}")
        try:
            with database.change_schema() as tx:
                _restore(tx, file, summary, watch)
        except BrokenReferencesError as error:
            raise UnfitRowsError(", ".join(error.references), str(error)) from error
    return summary


def _restore(tx: Tx, file: IO[bytes], summary: Summary, watch: Watch) -> None:
    if tx.dialect.name != "sqlite":
        tx.exec_driver_sql("SET LOCAL statement_timeout = 0")
        tx.exec_driver_sql("SET LOCAL TIME ZONE 'UTC'")
    wait_for_others(tx)
    _make_room(tx)
    upgrade(tx, summary.schema)
    tables = {table.name: table for table in tables_in(tx)}
    if {(each.name, each.columns) for each in summary.tables} != {
        (table.name, table.columns) for table in tables.values()
    }:
        raise DamagedBackupError(f"its tables are not those of schema {summary.schema}")
    progress = watch.begin(Step.RESTORING, summary.rows)
    with without_references(tx):
        for name, rows in read_rows(file):
            insert_rows(tx, tables[name], rows, progress)
    progress = watch.begin(Step.CHECKING, summary.rows)
    for said in summary.tables:
        _require_same(tx, tables[said.name], said, progress)
    if summary.schema != SCHEMA:
        upgrade(tx)


def _make_room(tx: Tx) -> None:
    """Take empty tables away, whatever schema they are of. Raises NotEmptyError, SchemaError."""
    schema = schema_in(tx)
    error = SchemaError(schema, SCHEMA)
    if error.is_newer:
        raise error
    tables = tables_in(tx)
    for table in tables:
        if schema is None or tx.execute(text(f'SELECT 1 FROM "{table.name}" LIMIT 1')).first():  # noqa: S608 - a name of our own
            raise NotEmptyError(table.name)
    for name in [table.name for table in reversed(tables)] + [_VERSION] * (schema is not None):
        tx.execute(text(f'DROP TABLE "{name}"'))


def _require_same(tx: Tx, table: Stored, said: TableSummary, progress: Progress) -> None:
    """Raises UnfitRowsError unless the rows that are read back are those of the file."""
    checksum, count = sha256(), 0
    try:
        for batch in told(lines_of(tx, table), progress):
            checksum.update(b"".join(batch))
            count += len(batch)
    except (TypeError, ValueError) as error:
        # SQLite keeps whatever it is given, as an instant that is none.
        raise UnfitRowsError(table.name, "what is read back is not what was written") from error
    if (count, checksum.hexdigest()) != (said.rows, said.sha256):
        raise UnfitRowsError(table.name, "what is read back is not what was written")
