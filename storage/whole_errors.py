"""What backing up and restoring refuse, as data."""

from pathlib import Path

from storage.errors import StorageError


class WholeError(StorageError):
    """The base of these."""


class CannotWriteError(WholeError):
    """The file cannot be written; what stood there before is as it was."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class CannotReadError(WholeError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class TakenError(WholeError):
    """There is something at this path already, and it is not one of ours to replace."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class NothingThereError(WholeError):
    """The database has no tables yet."""


class NotABackupError(WholeError):
    """The file is of another kind."""


class DamagedBackupError(WholeError):
    """The file is cut, or has been changed since it was written."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NewerBackupError(WholeError):
    """The file is that of a newer version."""

    def __init__(self, found: str, wanted: str) -> None:
        super().__init__(f"{found}, this version knows {wanted}")
        self.found = found
        self.wanted = wanted


class NotEmptyError(WholeError):
    """The database to restore into has rows, or tables that are not as any version leaves them."""

    def __init__(self, table: str) -> None:
        super().__init__(f"{table} is not empty")
        self.table = table


class UnfitRowsError(WholeError):
    """The database cannot hold the rows of a table as they are in the file; everything was rolled back."""

    def __init__(self, table: str, reason: str) -> None:
        super().__init__(f"{table}: {reason}")
        self.table = table
        self.reason = reason
