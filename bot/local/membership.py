"""Who is in which channel: coming, going, archiving, each with its line in the channel and its events."""

from bot.local import ids, messages, notices
from bot.local.content import Content
from bot.local.model import Channel
from bot.local.platform import Platform


def join(platform: Platform, channel: Channel, user_id: str, inviter: str | None = None) -> None:
    """Put somebody into a channel they are not in."""
    with platform.workspace.changing():
        channel.members.append(user_id)
        _line(platform, channel, user_id, "join", f"<@{user_id}> has joined the channel")
        notices.membership(platform, channel, user_id, inviter, joined=True)


def leave(platform: Platform, channel: Channel, user_id: str) -> None:
    """Take somebody out of a channel they are in."""
    with platform.workspace.changing():
        _line(platform, channel, user_id, "leave", f"<@{user_id}> has left the channel")
        channel.members.remove(user_id)
        notices.membership(platform, channel, user_id, None, joined=False)


def archive(platform: Platform, channel: Channel, user_id: str, *, archived: bool) -> None:
    with platform.workspace.changing():
        channel.is_archived = archived
        notices.channel_changed(platform, channel, "archive" if archived else "unarchive", user_id)


def share(platform: Platform, channel: Channel, team_id: str) -> None:
    """Another organization's workspace shares it from now on; a private channel gets another id by that."""
    with platform.workspace.changing():
        channel.connected_team_ids.append(team_id)
        if channel.is_private:
            old_id = channel.id
            platform.workspace.rename_id(channel, ids.new_id("C"))
            notices.channel_moved(platform, channel, old_id)


def _line(platform: Platform, channel: Channel, user_id: str, what: str, text: str) -> None:
    subtype = f"{'group' if channel.is_private else 'channel'}_{what}"
    messages.post(platform, channel, messages.Draft(user_id, Content(text), subtype=subtype))
