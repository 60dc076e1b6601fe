"""What is said of what could not be done with check-ins. See `bot.texts`."""

from collections.abc import Callable
from typing import assert_never

from bot.errors_check_ins import (
    AnyCheckInError,
    LineSettledError,
    NoPlaceToAskError,
    NotScheduledError,
    NotTheOwnerError,
    ReplyGoneError,
    RoundOpenError,
    RoundOverError,
    UnclearCadenceError,
)
from bot.texts_check_ins import SCHEDULE_EXAMPLES

PARTS = {
    "frequency": "How often",
    "week": "Which week of the month",
    "weekday": "On which weekday",
    "time": "At what time",
    "from": "From which day on",
    "zone": "In which time zone",
}

_GONE = {
    "deleted": "🍂 That message is deleted, so nothing was changed.",
    "edited": "🍂 That message reads otherwise by now, so nothing was changed. What it says now counts.",
    "theirs": "🔒 Only whoever wrote that can say what it means, so nothing was changed.",
}


def sentence(error: AnyCheckInError, show: Callable[[str], str]) -> str:  # noqa: PLR0911 - a case an error
    """What went wrong and what would be right. `show` escapes what was typed."""
    match error:
        case UnclearCadenceError():
            return _unclear(error, show)
        case NotScheduledError():
            slug = show(error.slug)
            return f"🔎 `{slug}` has no check-in to come. `/project schedule {slug} WHEN` plans some."
        case NoPlaceToAskError():
            slug = show(error.slug)
            return (
                f"🔎 `{slug}` has no channel to ask in. `/project channel {slug} #channel` gives it "
                "one; else its owner can be asked by direct message, once they set its schedule."
            )
        case RoundOpenError():
            slug = show(error.slug)
            where = f" in <#{error.channel_id}>" if error.channel_id else ""
            return (
                f"🔎 `{slug}` is being asked already{where}. `/project update {slug} N STATUS` answers from "
                "anywhere."
            )
        case RoundOverError():
            return f"🍂 That round of `{show(error.slug)}` is over, so nothing was changed."
        case NotTheOwnerError():
            who = f" <@{error.owner_id}> is." if error.owner_id else ""
            return f"🔒 Only the owner of `{show(error.slug)}` can agree to that, and you are not.{who}"
        case ReplyGoneError():
            return _GONE[error.state]
        case LineSettledError():
            return (
                f"🍂 That line is down for outcome {error.number} of `{show(error.slug)}` already. Edit your "
                "message to say otherwise."
            )
        case _:
            assert_never(error)


def _unclear(error: UnclearCadenceError, show: Callable[[str], str]) -> str:
    what = PARTS[error.part]
    said = f"{what}? “{show(error.typed)}” is not understood." if error.typed else f"{what}? That is missing."
    near = (
        f" Did you mean {' or '.join(f'`{show(each)}`' for each in error.nearest)}?" if error.nearest else ""
    )
    return (
        f"🔎 {said}{near} Write it as {SCHEDULE_EXAMPLES}, with a time zone like `Europe/Berlin` if you wish."
    )
