"""Many rows in one statement: they are given as one JSON text, which the database itself makes rows of.

A statement for each row costs more in SQLAlchemy than in the database, and one with all the values spelled
out is read anew, mark by mark, each time.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    FromClause,
    String,
    any_,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Dialect

from storage.database import Tx

Rows = Sequence[Mapping[str, Any]]
"""All with the same columns."""
POSTGRESQL = "postgresql"


def rows_in(kind: str, name: str, columns: Sequence[Column[Any]]) -> FromClause:
    """What stands in the parameter of this name, as `packed` has made it, to select from; columns by name.

    `kind`: the name of the dialect, since a statement is made once for each.
    """
    given = bindparam(name, type_=String())
    if kind == POSTGRESQL:
        typed = [Column(column.name, column.type) for column in columns]
        rows = func.json_to_recordset(cast(given, JSON)).table_valued(*typed)
        return rows.render_derived(name=f"of_{name}", with_types=True)
    each = func.json_each(given).table_valued("value")
    values = [
        func.json_extract(each.c.value, literal_column(f"'$[{n}]'"), type_=column.type).label(column.name)
        for n, column in enumerate(columns)
    ]
    return select(*values).subquery(f"of_{name}")


def packed(tx: Tx, columns: Sequence[Column[Any]], rows: Rows) -> str:
    """Rows for `rows_in`, by the names of the columns."""
    values = [_converted(tx.dialect, column, [row[column.name] for row in rows]) for column in columns]
    by_row = zip(*values, strict=True)
    if tx.dialect.name == POSTGRESQL:
        names = [str(column.name) for column in columns]
        return orjson.dumps([dict(zip(names, row, strict=True)) for row in by_row]).decode()
    return orjson.dumps(list(by_row)).decode()


def is_among(kind: str, column: ColumnElement[int], name: str) -> ColumnElement[bool]:
    """Whether a number is one of those in the parameter of this name, as `listed` has made it."""
    given = bindparam(name, type_=String())
    if kind == POSTGRESQL:
        return column == any_(cast(given, ARRAY(BigInteger)))
    return column.in_(select(func.json_each(given).table_valued("value").c.value))


def listed(tx: Tx, numbers: Collection[int]) -> str:
    """Numbers for `is_among`."""
    among = ",".join(map(str, numbers))
    return f"{{{among}}}" if tx.dialect.name == POSTGRESQL else f"[{among}]"


def _converted(dialect: Dialect, column: Column[Any], values: list[Any]) -> list[Any]:
    """As the driver is given them. Many rows have few instants between them, and each takes its time."""
    convert = column.type.dialect_impl(dialect).bind_processor(dialect)
    if convert is None:
        return values
    known = {value: convert(value) for value in set(values)}
    return [known[value] for value in values]
