"""The tables of a database as they stand there, whatever its schema, and their rows in one order."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import orjson
from sqlalchemy import inspect, text

from storage.backup_values import Kind, convert, encoders, kind_of
from storage.bulk import POSTGRESQL
from storage.database import Tx
from storage.whole import every_table

_BATCH = 250
"""Few enough for rows that are long, as pages are."""


@dataclass(frozen=True)
class Stored:
    """A table in a database: its columns by name, and those that its rows are told apart by."""

    name: str
    columns: tuple[tuple[str, Kind], ...]
    key: tuple[str, ...]

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(kind for _, kind in self.columns)

    @cached_property
    def quoted(self) -> str:
        """The columns as SQL lists them. The names are the database's own, without quotation marks."""
        return ", ".join(f'"{name}"' for name, _ in self.columns)


def tables_in(tx: Tx) -> tuple[Stored, ...]:
    """Those of ours that are there, each behind all those that it refers to."""
    found = inspect(tx)
    there = set(found.get_table_names())
    return tuple(
        Stored(
            table.name,
            tuple(
                sorted((column["name"], kind_of(column["type"])) for column in found.get_columns(table.name))
            ),
            tuple(found.get_pk_constraint(table.name)["constrained_columns"]),
        )
        for table in every_table()
        if table.name in there
    )


def count_rows(tx: Tx, table: Stored) -> int:
    return int(tx.execute(text(f'SELECT count(*) FROM "{table.name}"')).scalar_one())  # noqa: S608 - a name of our own


def lines_of(tx: Tx, table: Stored) -> Iterator[list[bytes]]:
    """Its rows as lines of a backup, in batches, by their key: the same from every database."""
    is_sqlite = tx.dialect.name != POSTGRESQL
    converters = encoders(table.kinds, is_sqlite=is_sqlite)
    result = tx.execute(
        text(f'SELECT {table.quoted} FROM "{table.name}" ORDER BY {_order(table, is_sqlite=is_sqlite)}'),  # noqa: S608 - names of our own
        execution_options={"stream_results": True, "max_row_buffer": _BATCH},
    )
    for rows in result.partitions(_BATCH):
        yield [orjson.dumps(convert(list(row), converters)) + b"\n" for row in rows]


def _order(table: Stored, *, is_sqlite: bool) -> str:
    kinds = dict(table.columns)
    by = table.key or tuple(kinds)
    if is_sqlite:
        return ", ".join(f'"{name}"' for name in by)
    # By code point, as SQLite does it: a language's own order is different on each machine.
    return ", ".join(f'"{name}" COLLATE "C"' if kinds[name] is Kind.TEXT else f'"{name}"' for name in by)
