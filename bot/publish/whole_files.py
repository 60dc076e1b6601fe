"""Files that are replaced whole: whoever reads one has the old bytes or the new, and never a part."""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from bot.errors_publish import PublishError, Reason
from bot.publish.file_errors import as_publish_error

_PART = ".waymark-part"
_NEW_MODE = 0o666
"""Less what the umask takes away: a page is there to be read, as by a web server."""


def read_whole(path: Path) -> tuple[bytes, os.stat_result] | None:
    """What is in the file at this very path, and its facts; None: there is none. Raises PublishError."""
    try:
        # Not to wait for a pipe's other end.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise as_publish_error(error, path) from error
    try:
        with os.fdopen(descriptor, "rb") as file:
            facts = os.fstat(descriptor)
            if not stat.S_ISREG(facts.st_mode):
                raise PublishError(Reason.NOT_A_FILE, str(path))
            return file.read(), facts
    except OSError as error:
        raise as_publish_error(error, path) from error


def write_whole(path: Path, data: bytes) -> None:
    """Put it there at once, with the mode and the owner that the file had. Raises PublishError.

    The caller holds a lock of the folder: what a killed one has left there is removed.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(6)}{_PART}")
    try:
        for left in path.parent.glob(f".{_literally(path.name)}.*{_PART}"):
            left.unlink(missing_ok=True)
        try:
            _write_part(part, path, data)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        _keep_name(path.parent)
    except OSError as error:
        raise as_publish_error(error, path) from error


def _write_part(part: Path, path: Path, data: bytes) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _NEW_MODE)
    with os.fdopen(descriptor, "wb") as file:
        with suppress(FileNotFoundError):
            old = path.stat()
            # Only root may give files away; everybody else's are their own already.
            with suppress(PermissionError):
                os.fchown(descriptor, old.st_uid, old.st_gid)
            os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _literally(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _keep_name(folder: Path) -> None:
    """The new name is on the disk, too: a machine that loses its power keeps it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some file systems cannot do that for a folder.
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
