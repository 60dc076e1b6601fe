"""conversations.* but for what is said in them: lists, members, direct messages, joining."""

from bot.local import access, membership
from bot.local.api.arguments import Arguments
from bot.local.api.paging import page
from bot.local.errors import SlackError
from bot.local.model import Channel
from bot.local.platform import Platform
from bot.local.shapes import Shape, channel_shape

_TYPES = frozenset({"public_channel", "private_channel", "im", "mpim"})
_MOST_ITEMS = 1_000
_MOST_USERS = 8


def list_(platform: Platform, arguments: Arguments) -> Shape:
    with platform.workspace.lock:
        some, following = page(*_listed(platform, arguments), lambda one: one.id, "team")
        shapes = [_with_count(platform, channel) for channel in some]
        return {"channels": shapes, "response_metadata": {"next_cursor": following}}


def of_user(platform: Platform, arguments: Arguments) -> Shape:
    """users.conversations: those that somebody is in, of private ones those that the bot is in too."""
    with platform.workspace.lock:
        user_id = arguments.text("user") or platform.workspace.bot.user_id
        access.existing_user(platform.workspace, user_id)
        channels, limit, cursor = _listed(platform, arguments)
        joined = [channel for channel in channels if user_id in channel.members]
        some, following = page(joined, limit, cursor, lambda one: one.id, "team")
        shapes = [channel_shape(platform.workspace, channel) for channel in some]
        return {"channels": shapes, "response_metadata": {"next_cursor": following}}


def _listed(platform: Platform, arguments: Arguments) -> tuple[list[Channel], int, str]:
    """The channels asked for, as far as the bot may know of them, and which page of them."""
    types = set(arguments.items("types")) or {"public_channel"}
    if not types <= _TYPES:
        raise SlackError("invalid_types")
    bot_user_id = platform.workspace.bot.user_id
    channels = [
        channel
        for channel in platform.workspace.channels.values()
        if _type(channel) in types
        and (not channel.is_private or bot_user_id in channel.members)
        and not (channel.is_archived and arguments.flag("exclude_archived"))
    ]
    return channels, arguments.number("limit", 100, _MOST_ITEMS), arguments.text("cursor")


def info(platform: Platform, arguments: Arguments) -> Shape:
    channel_id = arguments.needed("channel")
    with platform.workspace.lock:
        channel = access.visible_channel(platform.workspace, channel_id)
        counted = arguments.flag("include_num_members")
        shape = _with_count(platform, channel) if counted else channel_shape(platform.workspace, channel)
        return {"channel": shape}


def members(platform: Platform, arguments: Arguments) -> Shape:
    channel_id = arguments.needed("channel")
    limit = arguments.number("limit", 100, _MOST_ITEMS)
    with platform.workspace.lock:
        channel = access.visible_channel(platform.workspace, channel_id)
        some, following = page(channel.members, limit, arguments.text("cursor"), str, "user")
        return {"members": some, "response_metadata": {"next_cursor": following}}


def open_(platform: Platform, arguments: Arguments) -> Shape:
    workspace = platform.workspace
    users, channel_id = arguments.items("users"), arguments.text("channel")
    if not users and not channel_id:
        raise SlackError("users_list_not_supplied")
    with workspace.lock:
        before = len(workspace.channels)
        channel = _direct_message(platform, users) if users else _resumed(platform, channel_id)
        full = arguments.flag("return_im")
        shape = channel_shape(workspace, channel) if full else {"id": channel.id}
        if len(workspace.channels) == before:
            return {"no_op": True, "already_open": True, "channel": shape}
        return {"channel": shape}


def join(platform: Platform, arguments: Arguments) -> Shape:
    channel_id = arguments.needed("channel")
    workspace = platform.workspace
    with workspace.lock:
        channel = access.visible_channel(workspace, channel_id)
        if channel.is_private:
            raise SlackError("method_not_supported_for_channel_type")
        if channel.is_archived:
            raise SlackError("is_archived")
        answer: Shape = {}
        if workspace.bot.user_id in channel.members:
            answer = {
                "warning": "already_in_channel",
                "response_metadata": {"warnings": ["already_in_channel"]},
            }
        else:
            membership.join(platform, channel, workspace.bot.user_id)
        return {"channel": channel_shape(workspace, channel), **answer}


def _type(channel: Channel) -> str:
    if channel.is_im:
        return "im"
    return "private_channel" if channel.is_private else "public_channel"


def _with_count(platform: Platform, channel: Channel) -> Shape:
    shape = channel_shape(platform.workspace, channel)
    return shape if channel.is_im else shape | {"num_members": len(channel.members)}


def _resumed(platform: Platform, channel_id: str) -> Channel:
    channel = access.visible_channel(platform.workspace, channel_id)
    if not channel.is_im:
        raise SlackError("method_not_supported_for_channel_type")
    return channel


def _direct_message(platform: Platform, user_ids: list[str]) -> Channel:
    workspace = platform.workspace
    for user_id in user_ids:
        if access.existing_user(workspace, user_id).deleted:
            raise SlackError("user_disabled")
        if not workspace.share_channel(workspace.bot.user_id, user_id):
            raise SlackError("user_not_visible")
    if len(user_ids) > _MOST_USERS:
        raise SlackError("too_many_users")
    if len(user_ids) > 1:
        # Conversations of three and more are not part of the local workspace.
        raise SlackError("invalid_user_combination")
    if user_ids[0] == workspace.bot.user_id:
        raise SlackError("cannot_dm_bot")
    return workspace.direct_message(workspace.bot.user_id, user_ids[0])
