"""Which channels, messages and people the app can reach, and what Slack says when it cannot."""

from bot.local.errors import SlackError
from bot.local.model import Channel, Message, User
from bot.local.workspace import Workspace


def visible_channel(workspace: Workspace, channel_id: str) -> Channel:
    """The channel with this id, if the bot may know of it: a private one only from inside."""
    channel = workspace.channels.get(channel_id)
    if channel is None or (channel.is_private and workspace.bot.user_id not in channel.members):
        raise SlackError("channel_not_found")
    return channel


def member_channel(workspace: Workspace, channel_id: str) -> Channel:
    """The same, and the bot is in it."""
    channel = visible_channel(workspace, channel_id)
    if workspace.bot.user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def open_channel(workspace: Workspace, channel_id: str) -> Channel:
    """The same, and it is not archived."""
    channel = visible_channel(workspace, channel_id)
    if channel.is_archived:
        raise SlackError("is_archived")
    return member_channel(workspace, channel_id)


def destination(workspace: Workspace, target: str) -> Channel:
    """Where chat.postMessage goes: a channel's id or name, or a person's id, which opens a direct message."""
    if target.startswith(("U", "W")) and target not in workspace.channels:
        # A deactivated account keeps its direct messages: Slack posts there as if somebody read them.
        if target not in workspace.users or target == workspace.bot.user_id:
            raise SlackError("channel_not_found")
        return workspace.direct_message(workspace.bot.user_id, target)
    named = None if target in workspace.channels else workspace.channel_named(target)
    return open_channel(workspace, named.id if named else target)


def existing_user(workspace: Workspace, user_id: str) -> User:
    user = workspace.users.get(user_id)
    if user is None:
        raise SlackError("user_not_found")
    return user


def kept_message(workspace: Workspace, channel: Channel, ts: str) -> Message:
    """A message that Slack keeps. It keeps no ephemeral ones: the Web API does not know their timestamps."""
    message = workspace.find_message(channel.id, ts)
    if message is None or message.ephemeral_to:
        raise SlackError("message_not_found")
    return message
