"""Ids that look like Slack's, and timestamps that are one message's own."""

import secrets
import string
from datetime import datetime

_ALPHABET = string.ascii_uppercase + string.digits
_LETTERS = string.ascii_letters + string.digits
_LONGEST_TS = 30
_MICROSECOND_DIGITS = 6


def new_id(prefix: str) -> str:
    """A new id such as "C07Q2RT8B1X"."""
    return f"{prefix}0" + "".join(secrets.choice(_ALPHABET) for _ in range(9))


def new_block_id() -> str:
    """What Slack puts where an app left out a block_id or an action_id."""
    return "".join(secrets.choice(_LETTERS) for _ in range(5))


def format_ts(microseconds: int) -> str:
    """A number of microseconds since 1970 as Slack writes it: "1700000000.000100"."""
    return f"{microseconds // 1_000_000}.{microseconds % 1_000_000:06d}"


def ts_number(ts: str) -> int | None:
    """The microseconds that a "1700000000.000100" (or "1700000000") means, or None when it is neither."""
    whole, _, fraction = ts.partition(".")
    if not ts.isascii() or len(ts) > _LONGEST_TS or not whole.isdigit():
        return None
    if fraction and not fraction.isdigit():
        return None
    return int(whole) * 1_000_000 + int(fraction[:_MICROSECOND_DIGITS].ljust(_MICROSECOND_DIGITS, "0"))


def microseconds(at: datetime) -> int:
    return int(at.timestamp()) * 1_000_000 + at.microsecond
