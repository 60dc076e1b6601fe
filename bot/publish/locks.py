"""One process at a time in a folder. The lock is the folder itself: nothing is left behind by a kill."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot import clock
from bot.errors_publish import PublishError, Reason
from bot.publish.file_errors import as_publish_error

_PATIENCE_S = 30.0
_STEP_S = 0.02


@contextmanager
def locked_folder(folder: Path, patience_s: float = _PATIENCE_S) -> Iterator[int]:
    """Alone among all that lock this folder, in this process and others. Raises PublishError.

    Gives the descriptor that holds the lock: a child process that inherits it holds it as well, so that what
    a killed process had begun is over before the next one looks.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise as_publish_error(error, folder) from error
    try:
        _wait(descriptor, folder, clock.steady() + patience_s)
        yield descriptor
    finally:
        os.close(descriptor)


def _wait(descriptor: int, folder: Path, until: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if clock.steady() > until:
                raise PublishError(Reason.BUSY, str(folder)) from None
            # flock itself waits for ever, and cannot be told for how long.
            time.sleep(_STEP_S)
        except OSError as error:
            raise as_publish_error(error, folder) from error
        else:
            return
