"""Which conversations an element offers: a menu of conversations may say which kinds it wants."""

from collections.abc import Mapping
from typing import Any

from bot.local.model import Channel, User


def offers(users: Mapping[str, User], element: Mapping[str, Any], channel: Channel, user_id: str) -> bool:
    """Whether this menu (of channels or conversations) has this conversation for this person."""
    if channel.is_archived or (channel.is_private and user_id not in channel.members):
        return False
    if str(element["type"]).endswith("channels_select"):
        return not channel.is_private
    wanted = element.get("filter") or {}
    if "include" in wanted and _kind(channel) not in wanted["include"]:
        return False
    return not (wanted.get("exclude_bot_users") and _is_with_bot(users, channel, user_id))


def _kind(channel: Channel) -> str:
    if channel.is_im:
        return "im"
    return "private" if channel.is_private else "public"


def _is_with_bot(users: Mapping[str, User], channel: Channel, user_id: str) -> bool:
    other = users.get(channel.other_member(user_id)) if channel.is_im else None
    return other is not None and other.is_bot
