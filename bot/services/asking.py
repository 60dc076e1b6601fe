"""Who asks, and from where: what every service that answers a person is given."""

from dataclasses import dataclass
from datetime import timedelta

from storage.sight import Sight

ONCE_IN = timedelta(minutes=1)
"""Who asks within that for the same message again gets one, not two."""


@dataclass(frozen=True, slots=True)
class Asker:
    """`zone` is IANA's name of the person's time zone. `heard_in`: see `sight`."""

    workspace_id: str
    person_id: str
    channel_id: str | None
    zone: str = "UTC"
    heard_in: str = ""

    @property
    def sight(self) -> Sight:
        """What the answer may show: where others in a channel read it too, nothing that they may not see."""
        return Sight(self.person_id, self.heard_in)

    @property
    def own_sight(self) -> Sight:
        """What the person sees: for what they may mean, and for what only they read."""
        return Sight(self.person_id)
