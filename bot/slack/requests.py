"""What comes in, as typed values: `payloads` makes them of Slack's JSON, the router answers them.

`zone` is IANA's name of the person's time zone, and `is_external` says that they are of another organization,
which shares a channel with the workspace; no payload has these, the router fills them in (see directory.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.slack.news import ChannelMovedRequest, GoneRequest, MembershipRequest, PersonRequest

FieldValue = str | tuple[str, ...] | None
"""What stands in a field of a view: one value, several, or none."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A view as a person has filled it in. `values`: of each field, by its block's id.

    `id` and `hash` name the view, and the very version of it that the person saw.
    """

    id: str
    hash: str
    callback_id: str
    private_metadata: str
    values: Mapping[str, FieldValue]


@dataclass(frozen=True, slots=True)
class CommandRequest:
    """A slash command; `text` is what stands after it."""

    workspace_id: str
    person_id: str
    channel_id: str | None
    command: str
    text: str
    trigger_id: str | None = None
    response_url: str | None = None
    zone: str = "UTC"
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class ButtonRequest:
    """A click, or a choice from a menu, on a message or in a view (`view`).

    `is_ephemeral`: on a message that only the person sees. `value` is the button's, or the chosen option's.
    """

    workspace_id: str
    person_id: str
    channel_id: str | None
    action_id: str
    value: str
    response_url: str | None
    is_ephemeral: bool
    trigger_id: str | None = None
    message_ts: str | None = None
    view: Filled | None = None
    is_home: bool = False
    """Whether the view is the person's home tab."""
    zone: str = "UTC"
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class SubmitRequest:
    """A modal that was submitted."""

    workspace_id: str
    person_id: str
    view: Filled
    trigger_id: str | None = None
    zone: str = "UTC"
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class ShortcutRequest:
    """A shortcut, from anywhere in Slack."""

    workspace_id: str
    person_id: str
    callback_id: str
    trigger_id: str
    zone: str = "UTC"
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class MessageShortcutRequest:
    """A shortcut on a message: its text as Slack writes it, and who said it (None: no person did).

    `permalink` leads to the message, and `names` are those of the people mentioned in it, by id: the router
    asks Slack for them, before the transaction.
    """

    workspace_id: str
    person_id: str
    callback_id: str
    trigger_id: str
    channel_id: str
    message_ts: str
    text: str
    author_id: str | None
    response_url: str | None
    permalink: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    zone: str = "UTC"
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class OptionsRequest:
    """A menu asks what there is to choose from for what was typed into it."""

    workspace_id: str
    person_id: str
    action_id: str
    typed: str
    private_metadata: str
    zone: str = "UTC"
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class MessageRequest:
    """Something said to the bot: a mention in a channel (`is_direct` is False) or a direct message.

    `text` is as Slack writes it, without the mention of the bot; `after` is what follows the mention, where
    something stands before it, too. `thread_ts` is the thread it was said in. `prompts`: those that it may
    answer and of which it was not written down where they stand, with where that is, by key: the router asks
    Slack for it, before the transaction.
    """

    workspace_id: str
    event_id: str
    person_id: str
    channel_id: str
    message_ts: str
    thread_ts: str | None
    text: str
    is_direct: bool
    after: str = ""
    has_files: bool = False
    prompts: Mapping[str, str] = field(default_factory=dict)
    zone: str = "UTC"
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class ThreadRequest:
    """Something said, edited or deleted in a thread, which may be that of a check-in.

    `text` is as Slack writes it, without the mention of the bot (`is_addressed`: there was one); "" for what
    was deleted. `is_direct`: in the messages between the person and the bot; what is said there anew comes as
    a MessageRequest. `edited_ts` is Slack's, of the person's last edit. `prompts`: as of a MessageRequest.
    """

    workspace_id: str
    event_id: str
    person_id: str
    channel_id: str
    message_ts: str
    thread_ts: str
    text: str
    change: Literal["said", "edited", "deleted"] = "said"
    is_direct: bool = False
    is_addressed: bool = False
    edited_ts: str = ""
    prompts: Mapping[str, str] = field(default_factory=dict)
    zone: str = "UTC"
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class HomeRequest:
    """The person has opened the bot's home tab. `seen`: Slack's hash of what stood there; "" for nothing."""

    workspace_id: str
    event_id: str
    person_id: str
    seen: str = ""
    zone: str = "UTC"
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class OtherRequest:
    """A payload of a kind that the bot does not handle; `kind` is Slack's name for it."""

    kind: str


EventRequest = (
    MessageRequest
    | ThreadRequest
    | HomeRequest
    | MembershipRequest
    | ChannelMovedRequest
    | PersonRequest
    | GoneRequest
)
"""What Slack tells the bot without a person waiting; it may come twice, and then with one `event_id`."""

AnsweredRequest = (
    CommandRequest
    | ButtonRequest
    | SubmitRequest
    | ShortcutRequest
    | MessageShortcutRequest
    | OptionsRequest
    | EventRequest
)
"""What a person or Slack wants something of the bot by."""

Request = AnsweredRequest | OtherRequest
