"""Statements that are asked with every command, compiled once.

SQLAlchemy spends more on a statement, each time, than SQLite does on answering it: of 127 µs for the three
of `/project show`, 32 are SQLite's. A prepared statement is written in Core like any other, compiled for a
database the first time, and then handed to the driver as it is: the three take some 70 µs.

Not for what is asked seldom, which gains nothing; not for what writes, since errors come as the driver's own;
and not for values that SQLAlchemy would convert on their way (dates, lists): these are refused. Instants
are converted as it would.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, Select
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite as SQLiteDialect
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.visitors import iterate

from storage.database import Tx
from storage.types import UtcDateTime

_log = logging.getLogger(__name__)

Values = tuple[Any, ...]
Convert = Callable[[Any], Any]
_Parameters = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class _Form:
    """A statement as one database takes it."""

    sql: str
    parameters: _Parameters


class Prepared:
    """A reading statement whose values are all given by name. Safe to share.

    Raises ValueError for a statement with a value that the driver cannot take as it is.
    """

    def __init__(self, statement: Select[Any] | CompoundSelect[Any]) -> None:
        _require_plain_values(statement)
        self._statement = statement
        self._forms: dict[str, _Form] = {}
        self._conversions: dict[str, tuple[tuple[int, Convert], ...]] = {}

    def rows(self, tx: Tx, **values: Any) -> list[Values]:  # noqa: ANN401 - parameters differ in type
        """All rows. Raises the driver's own errors, as `Database.read` expects them."""
        kind = tx.dialect.name
        form = self._forms.get(kind) or self._forms.setdefault(kind, _compile(self._statement, tx.dialect))
        _log.debug("%s", form.sql)
        cursor = tx.connection.cursor()
        try:
            cursor.execute(form.sql, form.parameters(values))
            rows = cursor.fetchall()
            conversions = self._conversions.get(kind)
            if conversions is None:
                types = [column[1] for column in cursor.description]
                conversions = self._conversions[kind] = _conversions(self._statement, tx.dialect, types)
        finally:
            cursor.close()
        return [_converted(row, conversions) for row in rows] if conversions else list(rows)


def _require_plain_values(statement: Select[Any] | CompoundSelect[Any]) -> None:
    # SQLite has the fewest types of its own: what needs no conversion there needs none anywhere.
    dialect = SQLiteDialect()
    for part in iterate(statement):
        if not isinstance(part, BindParameter) or _is_instant(part):
            continue
        if part.expanding or part.type.dialect_impl(dialect).bind_processor(dialect) is not None:
            raise ValueError(f"{part.key} ({part.type!r}) is not handed to the driver as it is")


def _is_instant(part: BindParameter[Any]) -> bool:
    return isinstance(part.type, UtcDateTime) and not part.expanding


def _compile(statement: Select[Any] | CompoundSelect[Any], dialect: Dialect) -> _Form:
    compiled = statement.compile(dialect=dialect)
    constants = {name: value for name, value in compiled.params.items() if value is not None}
    parameters = _parameters(constants, compiled.positiontup)
    binds = (part for part in iterate(statement) if isinstance(part, BindParameter))
    instants = {part.key for part in binds if _is_instant(part)}
    return _Form(compiled.string, _with_instants(instants, dialect, parameters) if instants else parameters)


def _with_instants(names: set[str], dialect: Dialect, parameters: _Parameters) -> _Parameters:
    convert = UtcDateTime().dialect_impl(dialect).bind_processor(dialect)
    if convert is None:
        return parameters
    return lambda values: parameters({**values, **{name: convert(values[name]) for name in names}})


def _parameters(constants: dict[str, Any], positions: list[str] | None) -> _Parameters:
    """From values by name to what the driver takes: by name too, or in the order of its question marks."""
    if not positions:
        return lambda values: {**constants, **values}
    in_order = itemgetter(*positions)
    return lambda values: in_order({**constants, **values})


def _conversions(
    statement: Select[Any] | CompoundSelect[Any], dialect: Dialect, driver_types: list[Any]
) -> tuple[tuple[int, Convert], ...]:
    """Columns whose values the driver gives in another type than ours, by index."""
    found = (
        (index, column.type.dialect_impl(dialect).result_processor(dialect, driver_type))
        for index, (column, driver_type) in enumerate(
            zip(statement.selected_columns, driver_types, strict=True)
        )
    )
    return tuple((index, convert) for index, convert in found if convert is not None)


def _converted(row: Values, conversions: tuple[tuple[int, Convert], ...]) -> Values:
    values = list(row)
    for index, convert in conversions:
        values[index] = convert(values[index])
    return tuple(values)
