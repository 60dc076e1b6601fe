"""What drawing needs to know: who looks, at whom and what, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2s
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.local.model import Channel, User

Json = dict[str, Any]
AVATAR_COLOURS = 8


@dataclass(frozen=True)
class Scene:
    """Names, the viewer's zone, and the values that inputs start with."""

    viewer: User
    users: Mapping[str, User]
    channels: Mapping[str, Channel]
    """Those that the viewer may know of."""
    now: datetime
    own_addresses: tuple[str, ...] = ()
    """Addresses of this server; an image elsewhere would be a request to another host."""
    values: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    key: str = ""
    """What makes the ids of this message or view unique on the page."""

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.viewer)

    def within(self, key: str) -> "Scene":
        return replace(self, key=key)

    def element_id(self, *names: str) -> str:
        digest = blake2s("\0".join((self.key, *names)).encode("utf-8", "replace"), digest_size=6)
        return f"e{digest.hexdigest()}"

    def user_name(self, user_id: str) -> str:
        user = self.users.get(user_id)
        return (user.real_name or user.name) if user else "unknown-user"

    def colour_of(self, user_id: str) -> int:
        """Which of the colours somebody's initials stand on: neighbours in the list never share one."""
        return next((n for n, known in enumerate(self.users) if known == user_id), 0) % AVATAR_COLOURS

    def channel_url(self, channel_id: str) -> str:
        return f"/client/{quote(self.viewer.id, safe='')}/{quote(channel_id, safe='')}"

    def file_url(self, file_id: str) -> str:
        return f"/browser/files/{quote(file_id, safe='')}"

    def image_url(self, url: str) -> str | None:
        """The path of an image that this server has, or None for one that somebody else has."""
        for address in self.own_addresses:
            if url.startswith(address.rstrip("/") + "/"):
                path = url.removeprefix(address.rstrip("/"))
                return None if path.startswith("//") else path
        return None


def zone_of(user: User) -> ZoneInfo:
    try:
        return ZoneInfo(user.tz)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def initials(name: str) -> str:
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
