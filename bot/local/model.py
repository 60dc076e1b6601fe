"""What a workspace consists of: people, channels, messages. Plain state, no behaviour."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class User:
    """A person, or the bot itself (`is_bot`)."""

    id: str
    name: str
    real_name: str
    tz: str = "UTC"
    is_admin: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    """A guest."""
    deleted: bool = False


@dataclass
class Channel:
    """A public or private channel, or a direct message (`is_im`, between the bot or a person and `im_user_id`)."""

    id: str
    name: str
    is_private: bool = False
    is_im: bool = False
    is_archived: bool = False
    topic: str = ""
    members: list[str] = field(default_factory=list)


@dataclass
class File:
    id: str
    name: str
    title: str
    mimetype: str
    size: int
    alt_text: str = ""
    content: bytes = b""


@dataclass
class Message:
    """One message. `ts` is unique within its channel. An ephemeral one is seen by `ephemeral_to` only."""

    ts: str
    channel_id: str
    user_id: str
    text: str
    blocks: list[dict[str, Any]] | None = None
    thread_ts: str | None = None
    ephemeral_to: str | None = None
    edited: bool = False
    subtype: str | None = None
    metadata: dict[str, Any] | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
