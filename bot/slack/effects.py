"""What a handler wants to happen, as values. The router performs them after the commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from bot.domain.chart import Chart

Block = dict[str, Any]
View = dict[str, Any]
"""A modal or a home tab, as Slack takes it."""


class Placed(NamedTuple):
    """A chart that stands before the block with this number, counted from 0.

    `drawn`: it is there only where Slack is known to draw it, as these blocks; all is said without it, too.
    """

    at: int
    chart: Chart
    drawn: Sequence[Block] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks, and a text that says all of it: screen readers read nothing else.

    Charts are no blocks yet: how a workspace can have them is found out when it is sent (chart_ladder.py).
    """

    text: str
    blocks: list[Block]
    charts: tuple[Placed, ...] = ()

    @property
    def is_drawn(self) -> bool:
        """Whether Slack is relied upon to draw a chart of it."""
        return any(each.drawn for each in self.charts)


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


@dataclass(frozen=True, slots=True)
class OpenView:
    """Show a modal: on top of the one that the request came from, else as the first."""

    view: View


@dataclass(frozen=True, slots=True)
class UpdateView:
    """Another version of the modal that the request came from, in its place."""

    view: View


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """A modal cannot be taken as it was filled in: a sentence for each block that is wrong. It stays open."""

    sentences: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a modal was opened from, for the answer to its submission; all None for the home tab."""

    channel_id: str | None = None
    response_url: str | None = None
    is_ephemeral: bool = False

    @property
    def is_nowhere(self) -> bool:
        return self.channel_id is None and self.response_url is None


@dataclass(frozen=True, slots=True)
class Close:
    """The modal is done with, and what is on the stack below it; `message` goes where it was opened from.

    Where that is nowhere, as for a shortcut, the modal itself says it.
    """

    message: Message | None = None
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Back:
    """The modal is done with, and the one below it comes to light, renewed; `message` as with `Close`."""

    view_id: str
    view: View
    message: Message
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Post:
    """A message of the bot's own in a channel or thread; `only_for`: one that nobody else there sees."""

    message: Message
    channel_id: str
    thread_ts: str | None = None
    only_for: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody's message is taken note of: it gets a check mark; `answer` says what was understood of it."""

    channel_id: str
    message_ts: str
    answer: Post | Reply | None = None


@dataclass(frozen=True, slots=True)
class PublishHome:
    """The person's home tab is looked at, and published if it should read otherwise than it does.

    `said` stands on top of it until it is published the next time, with its buttons.

    `seen`: the version of it that the person has before them (Slack's hash; "" for none at all), where Slack
    says: if that is not the one that was published last, it is published in any case.
    """

    person_id: str
    said: Message | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """What a menu offers: Slack's option objects."""

    options: Sequence[Block]


@dataclass(frozen=True, slots=True)
class SendAgain:
    """An event could not be taken: nothing is written down of it, and Slack is to send it again."""


Effect = (
    Reply
    | Nothing
    | OpenView
    | UpdateView
    | FieldErrors
    | Close
    | Back
    | Post
    | Heard
    | PublishHome
    | Options
    | SendAgain
)
