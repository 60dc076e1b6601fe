"""A page that is a file of this machine."""

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

from bot.errors_publish import EditedError, PublishError, Reason, Standing
from bot.publish.file_errors import as_publish_error
from bot.publish.locks import locked_folder
from bot.publish.targets import Published
from bot.publish.whole_files import read_whole, write_whole


class FileTarget:
    """The file that `path` leads to: a link stays one, and what it leads to is written.

    With `within`, it has to be in that folder, wherever links lead.
    """

    def __init__(self, path: Path, within: Path | None = None) -> None:
        self._path = path
        self._within = within

    def read(self) -> Standing | None:
        """As Target.read. Nobody knows who edited a file, only when."""
        return _read(self._resolve())

    def publish(self, data: bytes, message: str, *, over: bytes | None) -> Published:  # noqa: ARG002 - a Target
        """As Target.publish. A file has no place for the message."""
        path = self._resolve()
        with locked_folder(path.parent):
            standing = _read(path)
            is_new = standing is None or standing.data != data
            if is_new:
                if (standing.data if standing else None) != over:
                    raise EditedError(standing)
                write_whole(path, data)
        return Published(_revision(data), None, is_new)

    def _resolve(self) -> Path:
        try:
            path = self._path.resolve()
            within = self._within.resolve() if self._within else None
        except OSError as error:
            raise as_publish_error(error, self._path) from error
        except RuntimeError as error:
            raise PublishError(Reason.NOT_A_FILE, f"{self._path}: links in a circle") from error
        if within is not None and within not in path.parents:
            raise PublishError(Reason.OUTSIDE, f"{path} is not in {within}")
        return path


def _read(path: Path) -> Standing | None:
    found = read_whole(path)
    if found is None:
        if not path.parent.is_dir():
            raise PublishError(Reason.NO_FOLDER, str(path.parent))
        return None
    data, facts = found
    return Standing(data, _revision(data), None, edited_at(facts))


def edited_at(facts: os.stat_result) -> datetime:
    """When the file was last written."""
    return datetime.fromtimestamp(facts.st_mtime, UTC)


def _revision(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
