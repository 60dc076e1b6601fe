"""Kinds of deliveries: how each is drawn from the records, and what follows once Slack has it, or never will.

A delivery holds no words: they are drawn when it is sent, so that what a message says is true then.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.slack.effects import Message
from storage.database import Tx
from storage.deliveries import Delivery

if TYPE_CHECKING:
    from bot.slack.calling import Caller


@dataclass(frozen=True, slots=True)
class Ready:
    """It can be sent. With `thread_ts` into that thread; `is_broadcast`: and shown in the channel, too."""

    message: Message
    thread_ts: str | None = None
    is_broadcast: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """What it belongs to is not there yet: it is drawn again then."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Unneeded:
    """Nobody needs it any more: it is not sent, and what is there already stays as it is.

    `thread_ts`: where it would have been, to look for one that may have been sent.
    """

    thread_ts: str | None = None


Drawn = Ready | Wait | Unneeded


@dataclass(frozen=True, slots=True)
class Asking:
    """Slack is to be asked first. `ask` gives how it is drawn then, from the records and what Slack said.

    It is given the sender's clock, too. It may raise as `Caller.call`: then it is tried again.
    """

    ask: Callable[["Caller", Callable[[], datetime]], Awaitable[Callable[[Tx, datetime], Drawn]]]


def _nothing(*_: object) -> None:
    """No consequences."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`draw` is given a reading connection, the others the transaction in which it is written down.

    `sent` is called with where Slack has the message: the channel and its timestamp. Once, but again if that
    could not be written down; not when a message is changed later. `failed` is given Slack's word for why it
    will never be there, or never be brought up to date.
    """

    draw: Callable[[Tx, Delivery, datetime], Drawn | Asking]
    sent: Callable[[Tx, Delivery, str, str, datetime], None] = _nothing
    failed: Callable[[Tx, Delivery, str, datetime], None] = _nothing


Kinds = Mapping[str, Kind]
"""By name, as deliveries name them."""
