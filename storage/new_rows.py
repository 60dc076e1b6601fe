"""Rows that somebody else may be writing at the same moment: whoever comes second leaves theirs out.

A look before the insert does not tell of what another transaction has not committed yet.
"""

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Tx


def new_rows(tx: Tx, table: Table) -> Insert:
    """An insert into the table that leaves out each row whose unique key is taken; its `rowcount` says.

    PostgreSQL waits for the other transaction's end before it says so.
    """
    kind = postgresql if tx.dialect.name == "postgresql" else sqlite
    insert: Insert = kind.insert(table).on_conflict_do_nothing()
    # Nobody asks for the ids: with them, SQLAlchemy would not tell how many rows there were.
    return insert.inline().execution_options(preserve_rowcount=True)
