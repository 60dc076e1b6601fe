"""The file of a backup: gzip, and in it a line of JSON for each thing.

    {"waymark": "backup", "format": 1, "schema": "0013"}
    {"table": "workspaces", "columns": [["created_at", "instant"], ["id", "text"], ["name", "text"]]}
    ["2026-05-04 09:30:00.000000+00:00", "T0TEAM", "Tidewater"]
    {"table": "workspaces", "rows": 1, "sha256": "…"}
    …
    {"tables": 31, "rows": 12345, "sha256": "…"}

Each table has its head, its rows and its end, whose checksum is that of the rows' lines; each stands behind
those that it refers to. The checksum of the last line is that of all lines before it. What the values look
like is said in `storage.backup_values`. The same rows make the same bytes.
"""

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

import orjson

from storage.backup_values import Kind
from storage.whole_errors import DamagedBackupError, NewerBackupError, NotABackupError

FORMAT = 1
MAGIC = b"\x1f\x8b"
_ROW = b"["
_OFTEN = 4_096
"""Rows after which the progress is told."""
_LONGEST_HEAD = 1_000
_BUFFER = 1 << 18
_LONGEST_LINE = 1 << 26
"""Bytes. No row comes near it, and an archive of some kilobytes may hold a line that fills the memory."""

Progress = Callable[[int], None]
"""Is told how many rows more are done."""


@dataclass(frozen=True)
class TableSummary:
    """What a backup says of a table: its columns, and the count and the checksum of its rows."""

    name: str
    columns: tuple[tuple[str, Kind], ...]
    rows: int
    sha256: str


@dataclass(frozen=True)
class Summary:
    schema: str
    tables: tuple[TableSummary, ...]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


class BackupWriter:
    """Writes a backup into an open file. `finish` ends it; without that it is a damaged one."""

    def __init__(self, file: IO[bytes], schema: str) -> None:
        self._file = file
        # gzip without a name and a time, which would make other bytes of the same rows. Not a GzipFile: one
        # that could not be written to its end goes on trying when it is thrown away, and complains.
        self._packing = zlib.compressobj(6, wbits=zlib.MAX_WBITS | 16)
        self._whole = hashlib.sha256()
        self._schema = schema
        self._tables: list[TableSummary] = []
        self._say({"waymark": "backup", "format": FORMAT, "schema": schema})

    def write_table(
        self, name: str, columns: tuple[tuple[str, Kind], ...], batches: Iterable[list[bytes]]
    ) -> None:
        self._say({"table": name, "columns": columns})
        rows, checksum = 0, hashlib.sha256()
        for batch in batches:
            data = b"".join(batch)
            checksum.update(data)
            self._write(data)
            rows += len(batch)
        self._tables.append(TableSummary(name, columns, rows, checksum.hexdigest()))
        self._say({"table": name, "rows": rows, "sha256": checksum.hexdigest()})

    def finish(self) -> Summary:
        made = Summary(self._schema, tuple(self._tables))
        self._say({"tables": len(made.tables), "rows": made.rows, "sha256": self._whole.hexdigest()})
        self._file.write(self._packing.flush())
        return made

    def _say(self, line: object) -> None:
        self._write(orjson.dumps(line) + b"\n")

    def _write(self, data: bytes) -> None:
        self._whole.update(data)
        self._file.write(self._packing.compress(data))


def is_backup(file: IO[bytes]) -> bool:
    """Whether a file begins as a backup does."""
    try:
        _read_head(next(_lines(file)))
    except (NotABackupError, DamagedBackupError, StopIteration):
        return False
    except NewerBackupError:
        pass
    return True


def read_summary(file: IO[bytes], progress: Progress) -> Summary:
    """Read all of it, and say what is in it.

    Raises NotABackupError, DamagedBackupError, NewerBackupError.
    """
    lines, whole = _lines(file), hashlib.sha256()
    first = next(lines, None)
    if first is None:
        raise NotABackupError
    schema = _read_head(first)
    whole.update(first)
    tables: list[TableSummary] = []
    for line in lines:
        head = _control(line)
        if "tables" in head:
            made = Summary(schema, tuple(tables))
            said = (head.get("tables"), head.get("rows"), head.get("sha256"))
            if said != (len(tables), made.rows, whole.hexdigest()) or next(lines, None) is not None:
                raise DamagedBackupError("its last line does not fit what stands before it")
            return made
        whole.update(line)
        tables.append(_read_table(head, lines, whole, progress))
    raise DamagedBackupError("its end is missing")


def read_rows(file: IO[bytes]) -> Iterator[tuple[str, Iterator[list[Any]]]]:
    """Each table with its rows, which have to be read before the next one. Of a file that was found whole."""
    lines = _lines(file)
    next(lines)
    for line in lines:
        head = _control(line)
        if "tables" in head:
            return
        yield head["table"], _rows_until_end(lines)


def _rows_until_end(lines: Iterator[bytes]) -> Iterator[list[Any]]:
    for line in lines:
        if not line.startswith(_ROW):
            return
        yield orjson.loads(line)


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    if file.read(len(MAGIC)) != MAGIC:
        raise NotABackupError
    file.seek(0)
    try:
        # Python reads lines from a buffer faster than from the archive itself.
        unpacked = io.BufferedReader(gzip.GzipFile(fileobj=file, mode="rb"), _BUFFER)
        while line := unpacked.readline(_LONGEST_LINE):
            if len(line) == _LONGEST_LINE:
                raise DamagedBackupError("it has a line without an end")
            yield line
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DamagedBackupError(str(error)) from error


def _read_head(line: bytes) -> str:
    """The schema."""
    try:
        head = orjson.loads(line) if len(line) < _LONGEST_HEAD else None
    except orjson.JSONDecodeError:
        head = None
    if not isinstance(head, dict) or head.get("waymark") != "backup":
        raise NotABackupError
    if head.get("format") != FORMAT:
        raise NewerBackupError(f"format {head.get('format')}", f"format {FORMAT}")
    return str(head.get("schema"))


def _control(line: bytes) -> dict[str, Any]:
    try:
        head = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise DamagedBackupError("a line cannot be read") from error
    if not isinstance(head, dict):
        raise DamagedBackupError("a row stands outside of a table")
    return head


def _read_table(
    head: dict[str, Any], lines: Iterator[bytes], whole: "hashlib._Hash", progress: Progress
) -> TableSummary:
    rows, checksum = 0, hashlib.sha256()
    for line in lines:
        whole.update(line)
        if not line.startswith(_ROW):
            break
        checksum.update(line)
        rows += 1
        if not rows % _OFTEN:
            progress(_OFTEN)
    else:
        raise DamagedBackupError("its end is missing")
    progress(rows % _OFTEN)
    end = _control(line)
    if end != {"table": head.get("table"), "rows": rows, "sha256": checksum.hexdigest()}:
        raise DamagedBackupError(f"the rows of {head.get('table')} are not those that were written")
    try:
        columns = tuple((str(name), Kind(kind)) for name, kind in head["columns"])
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedBackupError(f"the columns of {head.get('table')} cannot be read") from error
    return TableSummary(str(head["table"]), columns, rows, checksum.hexdigest())
