"""What a handler wants to happen, as values. The router performs them after the commit."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks, and a text that says all of it: screen readers read nothing else."""

    text: str
    blocks: list[Block]


class Where(Enum):
    """Where an answer to a button goes."""

    EPHEMERAL = "a new message that only the person sees"
    REPLACE = "in place of the message with the button"
    CHANNEL = "to everybody in the channel, in place of the message with the button"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a command goes into its ack; one to a button through its response_url."""

    message: Message
    where: Where = Where.EPHEMERAL


@dataclass(frozen=True, slots=True)
class Nothing:
    """The request is taken note of; there is nothing to answer."""


Effect = Reply | Nothing
