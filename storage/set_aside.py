"""References and indexes of PostgreSQL's tables, set aside while very many rows are put into them.

Looked at row by row they cost several times what the rows do; made anew, each is one pass over its table.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Tx
from storage.engines import is_away
from storage.whole_errors import UnfitRowsError

_REFERENCES = text(
    "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND conparentid = 0 ORDER BY 1, 2"
)
_INDEXES = text(
    "SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid) "
    "FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
    "WHERE relnamespace = current_schema()::regnamespace AND NOT EXISTS "
    "(SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f') ORDER BY 1, 2"
)


@contextmanager
def without_references(tx: Tx) -> Iterator[None]:
    """Within the block there are none, nor indexes but those of keys; after it all are as they were.

    For a transaction that has made the tables itself. Raises UnfitRowsError when rows refer to others that
    are not there. On SQLite nothing is set aside.
    """
    if tx.dialect.name == "sqlite":
        yield
        return
    references, indexes = tx.execute(_REFERENCES).all(), tx.execute(_INDEXES).all()
    for table, name, _ in references:
        tx.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for _, name, _ in indexes:
        tx.exec_driver_sql(f"DROP INDEX {name}")
    yield
    again = [(table, definition) for table, _, definition in indexes]
    again += [
        (table, f"ALTER TABLE {table} ADD CONSTRAINT {name} {as_it_was}")
        for table, name, as_it_was in references
    ]
    for table, statement in again:
        try:
            tx.exec_driver_sql(statement)
        except DBAPIError as error:
            if is_away(error.orig, tx.dialect):
                raise
            raise UnfitRowsError(table, str(error.orig).splitlines()[0]) from error
