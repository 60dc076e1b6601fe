"""Where a failure that nobody foresaw stops: it is logged, and whoever comes next is served all the same."""

import logging
from collections.abc import Callable
from typing import TypeVar

from bot import current

_T = TypeVar("_T")


def tried(log: logging.Logger, what: str, do: Callable[[], _T], otherwise: Callable[[str], _T]) -> _T:
    """What `do` gives; if it fails, what there is `otherwise`, given the reference in the log."""
    try:
        return do()
    except Exception:
        # The reference stands in the answer and in the log, so that whoever runs the bot finds it.
        reference = current.reference()
        log.exception("%s %s failed", what, reference)
        return otherwise(reference)
