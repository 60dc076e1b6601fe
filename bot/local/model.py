"""What a workspace consists of: people, channels, messages, views. Plain state, no behaviour."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

SLACKBOT_ID = "USLACKBOT"


@dataclass(frozen=True)
class Team:
    id: str
    name: str
    domain: str


@dataclass(frozen=True)
class Bot:
    """The app as the workspace knows it: the app, its bot, and the bot's user have an id each."""

    app_id: str
    bot_id: str
    user_id: str
    name: str


@dataclass
class User:
    """A person, or the bot itself (`is_bot`)."""

    id: str
    name: str
    real_name: str
    tz: str = "UTC"
    title: str = ""
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    """A guest."""
    is_ultra_restricted: bool = False
    """A guest of one channel only; such a one is `is_restricted` as well."""
    deleted: bool = False
    status_text: str = ""
    status_emoji: str = ""
    """With its colons."""
    status_expiration: int = 0
    """When it ends by itself, in Unix seconds; 0 for never."""
    team_id: str = ""
    """Of an external person, the workspace that they are of; "" for this one."""
    team_name: str = ""
    organization_id: str = ""
    """Of somebody in an Enterprise Grid, the organization whose workspaces theirs is one of."""

    @property
    def is_external(self) -> bool:
        """Of another organization: they are here in the channels that it shares, and nowhere else."""
        return self.team_id != ""


@dataclass
class Channel:
    """A public or private channel, or a direct message (`is_im`: two members, who cannot change).

    `connected_team_ids`: workspaces of other organizations that share it (Slack Connect).
    """

    id: str
    name: str
    is_private: bool = False
    is_im: bool = False
    is_archived: bool = False
    topic: str = ""
    purpose: str = ""
    creator: str = ""
    created: int = 0
    members: list[str] = field(default_factory=list)
    connected_team_ids: list[str] = field(default_factory=list)

    @property
    def is_ext_shared(self) -> bool:
        return bool(self.connected_team_ids)

    def admits(self, user: User) -> bool:
        """Whether this person could be in it at all."""
        return not user.is_external or user.team_id in self.connected_team_ids

    def other_member(self, user_id: str) -> str:
        """In a direct message, the one whom `user_id` talks with (or themself)."""
        return next((member for member in self.members if member != user_id), user_id)


@dataclass
class File:
    id: str
    name: str
    title: str
    mimetype: str
    size: int
    alt_text: str = ""
    content: bytes = b""
    user_id: str = ""


@dataclass
class Message:
    """One message. `ts` is unique within its workspace. An ephemeral one is seen by `ephemeral_to` only."""

    ts: str
    channel_id: str
    user_id: str
    text: str
    blocks: list[dict[str, Any]] | None = None
    attachments: list[dict[str, Any]] | None = None
    thread_ts: str | None = None
    ephemeral_to: str | None = None
    edited: bool = False
    edited_ts: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    metadata: dict[str, Any] | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass
class View:
    """A modal or a home tab, as one person sees it. `body` is the view as the app sent it, ids filled in."""

    id: str
    user_id: str
    type: str
    body: dict[str, Any]
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    values: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    """What the person has filled in so far: block_id, action_id, the element's state as Slack shows it."""
    channel_id: str | None = None
    """Where the person was when it was opened, if they were anywhere."""

    @property
    def external_id(self) -> str:
        return str(self.body.get("external_id") or "")


@dataclass(frozen=True)
class Call:
    """One request between Slack and the app, for the log.

    `direction` is "in" (the app called us) or "out" (we called the app). `name` is a Web API method,
    "response_url", "command /name", "event message.im", or the type of an interaction.
    """

    at: datetime
    direction: str
    name: str
    ok: bool
    error: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)
