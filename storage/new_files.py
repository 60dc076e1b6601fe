"""Files that are there whole or not at all, whatever happens while they are written."""

import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from storage.whole_errors import CannotReadError, CannotWriteError, TakenError


@contextmanager
def new_file(path: Path, may_replace: Callable[[IO[bytes]], bool] | None = None) -> Iterator[IO[bytes]]:
    """A file to write and read, which is at `path` once the block has ended without an error.

    Until then it has another name beside it, ending in `.part`; an error takes it away, and only a process
    that is killed leaves it. Nobody but its owner may read it. What is at `path` already is replaced if it is
    a file for which `may_replace` says so.

    Raises CannotWriteError, TakenError.
    """
    # What a link leads to is written, and not the link.
    path = path.resolve()
    try:
        _require_free(path, may_replace)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        part = Path(name)
    except OSError as error:
        raise CannotWriteError(path, error.strerror or str(error)) from error
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _keep_name(path.parent)
    except OSError as error:
        raise CannotWriteError(path, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def opened_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to read, more than once. Raises CannotReadError."""
    try:
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise CannotReadError(path, "it is read twice, so it has to be an ordinary file")
            yield file
    except OSError as error:
        raise CannotReadError(path, error.strerror or str(error)) from error


def _require_free(path: Path, may_replace: Callable[[IO[bytes]], bool] | None) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISREG(mode) and may_replace is not None:
        with path.open("rb") as there:
            if may_replace(there):
                return
    raise TakenError(path)


def _keep_name(folder: Path) -> None:
    """The new name is on the disk, too: a machine that loses its power keeps it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some file systems cannot do that for a folder.
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
