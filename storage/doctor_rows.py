"""What is read for `doctor`: rows, without the statements that find them (storage/doctoring.py). Pure.

`is_seen`: whether whoever reads the answer may know of the project, or of the channel.
"""

from datetime import date, datetime
from typing import Literal, NamedTuple

Role = Literal["owner", "outcome", "member"]


class GonePerson(NamedTuple):
    """Somebody who has left, and what they still have. `is_known`: the database says so, not Slack alone."""

    person_id: str
    name: str
    is_known: bool
    role: Role
    slug: str
    is_seen: bool


class Idle(NamedTuple):
    """A project with a cadence that has no next time."""

    slug: str
    is_seen: bool
    state: str
    cadence: str
    channel_id: str | None
    owner_id: str | None
    agreed_by: str | None
    paused_until: date | None
    stopped_because: str | None


class OfProject(NamedTuple):
    slug: str
    is_seen: bool


class IdleDigest(NamedTuple):
    """A digest or brief with a cadence that has no next time."""

    kind: str
    place: str
    is_seen: bool
    stopped_because: str | None


class Used(NamedTuple):
    """A channel, and what for; `slug` is that of a project, None for a digest or for lines."""

    channel_id: str
    use: Literal["project", "digest", "lines"]
    slug: str | None
    is_seen: bool


class Failed(NamedTuple):
    """A message that Slack will never have; `slug` is that of its project, if it has one."""

    because: str
    slug: str | None
    is_seen: bool


class Unpublished(NamedTuple):
    """A page that is not published as the records say, since then; `because` is None where nobody tries."""

    address: str
    because: str | None
    is_stopped: bool
    since: datetime


class Waiting(NamedTuple):
    """What waits to be sent or begun.

    `late` of the messages are past due, the first since `late_since`; `claimed`: some are on their way.
    `refused` have been refused by Slack so far, since `refused_since`; `tried` have come to nothing again and
    again, since `tried_since`. `last_sent_at`: when Slack took one the last time. `asks_since`,
    `digests_since`: since when a project, or a digest, is due that nobody has begun.
    """

    late: int
    late_since: datetime | None
    claimed: int
    refused: int
    refused_since: datetime | None
    tried: int
    tried_since: datetime | None
    last_sent_at: datetime | None
    asks_since: datetime | None
    digests_since: datetime | None
