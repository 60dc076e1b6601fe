"""Who asks, and from where: what every service that answers a person is given."""

from dataclasses import dataclass
from datetime import timedelta

from storage.sight import Sight

_CHANNELS = ("C", "G")
"""How the ids of channels begin; those of direct messages begin otherwise."""

ONCE_IN = timedelta(minutes=1)
"""Who asks within that for the same message again gets one, not two."""


@dataclass(frozen=True, slots=True)
class Asker:
    """`zone` is IANA's name of the person's time zone. `heard_in`: see `sight`.

    `is_external`: of another organization. Where they ask in a channel, they are shown that one's projects.
    """

    workspace_id: str
    person_id: str
    channel_id: str | None
    zone: str = "UTC"
    heard_in: str = ""
    is_external: bool = False

    @property
    def sight(self) -> Sight:
        """What the answer may show: where others in a channel read it too, nothing that they may not see."""
        return Sight(self.person_id, self.heard_in, self._only_of)

    @property
    def own_sight(self) -> Sight:
        """What the person sees: for what they may mean, and for what only they read."""
        return Sight(self.person_id, only_of=self._only_of)

    @property
    def _only_of(self) -> str:
        is_in_channel = self.channel_id is not None and self.channel_id.startswith(_CHANNELS)
        return self.channel_id or "" if self.is_external and is_in_channel else ""
