"""A transaction that PostgreSQL has ended, since it and another one waited for each other."""

import logging
from collections.abc import Callable
from typing import TypeVar

from storage.errors import DeadlockError

_log = logging.getLogger(__name__)

T = TypeVar("T")


def once_more(transact: Callable[[], T]) -> T:
    """What `transact` gives: a whole transaction, which is made anew, once, after a deadlock.

    Nothing of the first one was written. Raises DeadlockError, if that happens to the second one, too.
    """
    try:
        return transact()
    except DeadlockError as error:
        _log.warning("tried again: %s", error)
        return transact()
