"""Backups in tests: made and restored without anybody who watches, and what is in them."""

import gzip
from pathlib import Path

from storage.backup import write_backup
from storage.backup_file import Progress, Summary
from storage.database import Database
from storage.restore import restore_backup


class Unwatched:
    """Nobody looks how far it is."""

    def begin(self, _step: str, _rows: int) -> Progress:
        return lambda _count: None


def back_up(database: Database, path: Path) -> Summary:
    return write_backup(database, path, Unwatched())


def restore(database: Database, path: Path) -> Summary:
    return restore_backup(database, path, Unwatched())


def lines_in(path: Path) -> list[bytes]:
    return gzip.decompress(path.read_bytes()).splitlines(keepends=True)


def write_lines(path: Path, lines: list[bytes]) -> Path:
    path.write_bytes(gzip.compress(b"".join(lines)))
    return path
