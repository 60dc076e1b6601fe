"""What Slack tells the bot of by itself, as typed values: a part of what comes in, see requests.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MembershipRequest:
    """Somebody came into a channel that the bot is in, or left it."""

    workspace_id: str
    event_id: str
    person_id: str
    channel_id: str
    is_member: bool


@dataclass(frozen=True, slots=True)
class ChannelMovedRequest:
    """A channel has another id from now on: a private one gets one when it is shared with others."""

    workspace_id: str
    event_id: str
    channel_id: str
    new_id: str


@dataclass(frozen=True, slots=True)
class PersonRequest:
    """Something about a person of the workspace has changed, or they are new; `user` is what Slack says.

    `organization_id`: the organization that the workspace is one of, in an Enterprise Grid.
    """

    workspace_id: str
    event_id: str
    person_id: str
    user: Mapping[str, object]
    organization_id: str | None = None


@dataclass(frozen=True, slots=True)
class GoneRequest:
    """The bot was removed from the workspace, or its token was revoked, at that time by Slack's clock.

    `is_certain`: nothing has to be asked. A token that is revoked may be an old one: the router asks Slack
    whether there is still a good one, before the transaction.
    """

    workspace_id: str
    event_id: str
    at: datetime
    is_certain: bool
