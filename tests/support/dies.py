"""A backup or a restore that is killed at a certain step, as a process of its own.

python -m tests.support.dies backup sqlite:///waymark.db FILE Writing
"""

import os
import signal
import sys
from pathlib import Path

from storage.backup import write_backup
from storage.backup_file import Progress
from storage.database import Database
from storage.restore import restore_backup


class DiesAt:
    """Gone in the middle of the step, without a word."""

    def __init__(self, step: str) -> None:
        self.step = step

    def begin(self, step: str, _rows: int) -> Progress:
        return self._die if step == self.step else lambda _count: None

    def _die(self, _count: int) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    what, url, file, at = sys.argv[1:]
    (write_backup if what == "backup" else restore_backup)(Database(url), Path(file), DiesAt(at))
