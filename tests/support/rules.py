"""What a schema says of its tables, to compare."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect
from sqlalchemy.engine.interfaces import ReflectedIndex

from storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable


def rules(database: Database) -> dict[str, list[object]]:
    """Checks, foreign keys with what they do, unique constraints and indexes, by table."""
    with database.read() as tx:
        found = inspect(tx)
        readers: tuple[Callable[[str], Any], ...] = (
            found.get_check_constraints,
            found.get_foreign_keys,
            found.get_unique_constraints,
            lambda table: map(readable, found.get_indexes(table)),
            lambda table: [found.get_pk_constraint(table)],
            found.get_columns,
        )
        return {
            table: [sorted(map(str, read(table))) for read in readers]
            for table in found.get_table_names()
            if table != "alembic_version"
        }


def readable(index: ReflectedIndex) -> dict[str, object]:
    """With the condition of a partial index as text: as an object it is equal to nothing but itself."""
    options = index.get("dialect_options", {})
    return {**index, "dialect_options": {name: str(value) for name, value in options.items()}}
