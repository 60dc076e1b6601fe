"""Who asks, and from where: what every service that answers a person is given."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asker:
    workspace_id: str
    person_id: str
    channel_id: str | None
    zone: str = "UTC"
    """The person's, as Slack names it: `Europe/Lisbon`."""
