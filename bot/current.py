"""What is being done just now, for the log and for whoever is told that it went wrong.

Each thread, and each task of an event loop, has its own.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from typing import Literal

Outcome = Literal["done", "refused", "repeated", "again", "away", "failed"]
"""Of a request. refused: the person was told what would be right. repeated: it had been done before.
again: Slack is asked to send the event again. away: the database did not answer. failed: a mistake of ours.
"""


class Current:
    """A request, or the try to send a delivery (`delivery` is its key).

    `nonce`: what is the same only when the very same request is sent again; "" when nobody can say.
    """

    __slots__ = ("_reference", "delivery", "kind", "nonce", "outcome", "workspace_id")

    def __init__(
        self, *, kind: str = "", workspace_id: str = "", nonce: str = "", delivery: str | None = None
    ) -> None:
        self.kind = kind
        self.workspace_id = workspace_id
        self.nonce = nonce
        self.delivery = delivery
        self.outcome: Outcome = "done"
        self._reference = ""

    @property
    def reference(self) -> str:
        """Short enough to be read out; made when it is first needed, which for most requests is never."""
        if not self._reference:
            self._reference = new_reference()
        return self._reference


_current: ContextVar[Current | None] = ContextVar("current", default=None)


def begin(current: Current) -> Token[Current | None]:
    """From here on, until `end` is given what this gives."""
    return _current.set(current)


def end(token: Token[Current | None]) -> None:
    _current.reset(token)


@contextmanager
def being_done(current: Current) -> Iterator[Current]:
    token = begin(current)
    try:
        yield current
    finally:
        end(token)


def current() -> Current | None:
    """None between requests."""
    return _current.get()


def reference() -> str:
    """That of what is being done; a new one when nothing is."""
    found = _current.get()
    return new_reference() if found is None else found.reference


def note(outcome: Outcome) -> None:
    """What came of the request that is being answered."""
    found = _current.get()
    if found is not None:
        found.outcome = outcome


def new_reference() -> str:
    return secrets.token_hex(4)
