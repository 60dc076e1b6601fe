"""What the operating system says about files, as the reasons that a page was not published."""

import errno
from pathlib import Path

from bot.errors_publish import PublishError, Reason

_REASONS = {
    errno.ENOENT: Reason.NO_FOLDER,
    errno.ENOTDIR: Reason.NO_FOLDER,
    errno.EACCES: Reason.NO_PERMISSION,
    errno.EPERM: Reason.NO_PERMISSION,
    errno.EROFS: Reason.NO_PERMISSION,
    errno.ENOSPC: Reason.DISK_FULL,
    errno.EDQUOT: Reason.DISK_FULL,
    errno.EFBIG: Reason.DISK_FULL,
    errno.EISDIR: Reason.NOT_A_FILE,
    errno.ELOOP: Reason.NOT_A_FILE,
}


def as_publish_error(error: OSError, path: Path) -> PublishError:
    """With the path: whoever runs the bot has to know which one."""
    reason = _REASONS.get(error.errno or 0, Reason.FAILED)
    return PublishError(reason, f"{path}: {error.strerror or error}")
