"""Backups: all that is in a database, as it was at one moment, in one file (see `storage.backup_file`)."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Protocol

from storage.backup_file import BackupWriter, Progress, Summary, is_backup, read_summary
from storage.backup_rows import count_rows, lines_of, tables_in
from storage.database import SCHEMA, Database, schema_in
from storage.errors import SchemaError
from storage.new_files import new_file
from storage.whole_errors import DamagedBackupError, NothingThereError


class Watch(Protocol):
    """Who is told how far it is."""

    def begin(self, step: str, rows: int) -> Progress: ...


class Step:
    WRITING = "Writing"
    CHECKING = "Checking"
    READING = "Reading"
    RESTORING = "Restoring"


def write_backup(database: Database, path: Path, watch: Watch) -> Summary:
    """Write a backup to `path` and read it back. Whoever works with the database meanwhile is not disturbed.

    The memory that it takes does not grow with the rows. A database of an older schema is backed up as it is.

    Raises UnreachableError, SchemaError for a newer database, NothingThereError, CannotWriteError, TakenError
    when something else is at `path`, and DamagedBackupError when the disk does not keep what is written.
    """
    with new_file(path, may_replace=is_backup) as file:
        written = _write(database, file, watch)
        file.flush()
        if read_summary(file, watch.begin(Step.CHECKING, written.rows)) != written:
            raise DamagedBackupError("what was read back is not what was written")
    return written


def _write(database: Database, file: IO[bytes], watch: Watch) -> Summary:
    with database.snapshot() as tx:
        schema = schema_in(tx)
        if schema is None:
            raise NothingThereError
        error = SchemaError(schema, SCHEMA)
        if error.is_newer:
            raise error
        tables = tables_in(tx)
        progress = watch.begin(Step.WRITING, sum(count_rows(tx, table) for table in tables))
        writer = BackupWriter(file, schema)
        for table in tables:
            writer.write_table(table.name, table.columns, told(lines_of(tx, table), progress))
        return writer.finish()


def told(batches: Iterable[list[bytes]], progress: Progress) -> Iterator[list[bytes]]:
    """The same; each is told of once it is dealt with."""
    for batch in batches:
        yield batch
        progress(len(batch))
