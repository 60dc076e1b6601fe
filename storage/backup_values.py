"""The values of a row as a backup has them: the same text for the same value, whichever database it is from.

| kind | in the file |
|---|---|
| `int` | a number |
| `float` | a number; `"inf"`, `"-inf"` and `"nan"` as text, and never -0.0, which SQLite does not keep |
| `bool` | `true` or `false` |
| `text` | a text |
| `date` | `"2026-05-04"` |
| `instant` | `"2026-05-04 09:30:00.000000+00:00"`, always in UTC and with microseconds |
| `bytes` | base64 |
| `json` | a text, which is JSON with its keys sorted |
"""

import base64
import json
import math
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, Float, Integer, LargeBinary, String
from sqlalchemy.types import TypeDecorator, TypeEngine


class Kind(StrEnum):
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    TEXT = "text"
    DATE = "date"
    INSTANT = "instant"
    BYTES = "bytes"
    JSON = "json"


_KINDS: tuple[tuple[type[TypeEngine[Any]], Kind], ...] = (
    (Boolean, Kind.BOOL),
    (JSON, Kind.JSON),
    (LargeBinary, Kind.BYTES),
    (DateTime, Kind.INSTANT),
    (Date, Kind.DATE),
    (Float, Kind.FLOAT),
    (Integer, Kind.INT),
    (String, Kind.TEXT),
)

Convert = Callable[[Any], Any]
_AS_SQLITE_WRITES = 26
"""Characters of "2026-05-04 09:30:00.000000"."""


def kind_of(type_: TypeEngine[Any]) -> Kind:
    """Raises TypeError for a type of which nobody has said yet how it is written."""
    inner = type_.impl_instance if isinstance(type_, TypeDecorator) else type_
    for known, kind in _KINDS:
        if isinstance(inner, known):
            return kind
    raise TypeError(f"a column of the type {type_!r} cannot be backed up")


def encoders(kinds: Sequence[Kind], *, is_sqlite: bool) -> list[tuple[int, Convert]]:
    """What makes of a driver's values those of the file: by their places, for the kinds that need it."""
    known = {**_ENCODE, **(_ENCODE_OF_SQLITE if is_sqlite else _ENCODE_OF_POSTGRESQL)}
    return [(place, known[kind]) for place, kind in enumerate(kinds) if kind in known]


def decoders(kinds: Sequence[Kind], *, is_sqlite: bool) -> list[tuple[int, Convert]]:
    """The other way round. PostgreSQL reads the texts itself, since it is given them in a COPY."""
    known = _DECODE_FOR_SQLITE if is_sqlite else _DECODE_FOR_POSTGRESQL
    return [(place, known[kind]) for place, kind in enumerate(kinds) if kind in known]


def convert(row: list[Any], converters: Sequence[tuple[int, Convert]]) -> list[Any]:
    """The row itself, changed."""
    for place, one in converters:
        value = row[place]
        if value is not None:
            row[place] = one(value)
    return row


def _float(value: float) -> float | str:
    return value + 0.0 if math.isfinite(value) else repr(float(value))


def _base64(value: bytes | memoryview) -> str:
    return base64.b64encode(value).decode()


def _instant(value: datetime) -> str:
    aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return aware.isoformat(" ", "microseconds")


def _instant_of_sqlite(text: str) -> str:
    if len(text) == _AS_SQLITE_WRITES:
        return text + "+00:00"
    # Written by hand, or by a statement of SQLite's own.
    return _instant(datetime.fromisoformat(text))


def _canonical(value: Any) -> str:  # noqa: ANN401 - whatever JSON may hold
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _canonical_of_sqlite(value: str | float) -> str:
    # A JSON text that is a number, SQLite keeps as a number.
    return _canonical(json.loads(value) if isinstance(value, str) else value)


_ENCODE: dict[Kind, Convert] = {Kind.FLOAT: _float, Kind.BYTES: _base64}
_ENCODE_OF_SQLITE: dict[Kind, Convert] = {
    Kind.BOOL: bool,
    Kind.INSTANT: _instant_of_sqlite,
    Kind.JSON: _canonical_of_sqlite,
}
_ENCODE_OF_POSTGRESQL: dict[Kind, Convert] = {
    Kind.INSTANT: _instant,
    Kind.DATE: date.isoformat,
    Kind.JSON: _canonical,
}
_DECODE_FOR_SQLITE: dict[Kind, Convert] = {
    Kind.FLOAT: float,
    Kind.BYTES: base64.b64decode,
    # As SQLAlchemy has written it there.
    Kind.INSTANT: lambda text: text[:_AS_SQLITE_WRITES],
}
_DECODE_FOR_POSTGRESQL: dict[Kind, Convert] = {Kind.BYTES: base64.b64decode}
