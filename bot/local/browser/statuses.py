"""The statuses that one can choose at the top of the page: those that Slack suggests, and one's own."""

from dataclasses import dataclass

from bot.local.browser.emoji import EMOJI
from bot.local.model import User

_SUGGESTED = (
    ("", ""),
    ("In a meeting", ":spiral_calendar_pad:"),
    ("Commuting", ":bus:"),
    ("Out sick", ":face_with_thermometer:"),
    ("Vacationing", ":palm_tree:"),
    ("Working remotely", ":house_with_garden:"),
)


@dataclass(frozen=True)
class Status:
    text: str
    emoji: str
    label: str
    is_mine: bool


def list_statuses(viewer: User) -> list[Status]:
    own = (viewer.status_text, viewer.status_emoji)
    known = _SUGGESTED if own in _SUGGESTED else (*_SUGGESTED, own)
    return [Status(text, emoji, _label(text, emoji), (text, emoji) == own) for text, emoji in known]


def _label(text: str, emoji: str) -> str:
    drawn = EMOJI.get(emoji.strip(":"), emoji)
    return f"{drawn} {text}".strip() or "🙂 No status"
