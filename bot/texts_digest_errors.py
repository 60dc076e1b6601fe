"""What is said of what could not be done with digests and briefs. See `bot.texts`."""

from collections.abc import Callable
from typing import assert_never

from bot.errors_digests import (
    AnyDigestError,
    CannotSendThereError,
    NoDigestError,
    UnclearTimeError,
    UnlinkedChannelError,
)
from bot.texts_check_in_errors import PARTS
from bot.texts_digests import line_of
from bot.texts_rights import ask_whom


def sentence(error: AnyDigestError, show: Callable[[str], str]) -> str:
    """What went wrong and what would be right. `show` escapes what was typed."""
    match error:
        case UnclearTimeError():
            return _unclear(error, show)
        case NoDigestError():
            where = f" in <#{error.channel_id}>" if error.channel_id else " for you by direct message"
            return (
                f"🔎 Nothing is set by `/project {error.command}`{where}, so there is nothing to end. "
                "`/project digest` shows what is set."
            )
        case CannotSendThereError():
            whom = ask_whom((), error.admins)
            return (
                "🔒 Full members of the workspace set what comes in a channel; guests do not. By direct "
                f"message it comes to you without `#channel`. {whom}"
            )
        case UnlinkedChannelError():
            return (
                f"🔎 Slack knows no channel “{show(error.typed)}”, so nothing is set. Choose it from the "
                "list that Slack shows as you type `#`."
            )
        case _:
            assert_never(error)


def _unclear(error: UnclearTimeError, show: Callable[[str], str]) -> str:
    what = PARTS[error.part]
    said = f"{what}? “{show(error.typed)}” is not understood." if error.typed else f"{what}? That is missing."
    near = (
        f" Did you mean {' or '.join(f'`{show(each)}`' for each in error.nearest)}?" if error.nearest else ""
    )
    line = line_of(error.command, error.channel_id)
    return (
        f"🔎 {said}{near} Write it as `{line} fri 15:00` or `{line} every 2 weeks thu 09:00`, with a time "
        f"zone like `Europe/Berlin` if you wish. `{line} off` ends one."
    )
