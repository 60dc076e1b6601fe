"""Which events follow from a change, and which of them the app may see: those of channels its bot is in."""

from bot.local.model import Channel, Message, User
from bot.local.platform import Platform
from bot.local.shapes import Shape, message_shape, user_shape, view_shape


def message_posted(platform: Platform, message: Message) -> None:
    """Tell the app of a new message, and of being mentioned in it."""
    workspace = platform.workspace
    channel = workspace.channels[message.channel_id]
    if message.ephemeral_to or not _sees(platform, channel):
        return
    # Slack sends metadata in events of messages, asked for or not.
    event = _place(channel) | message_shape(workspace, message, with_metadata=True) | {"event_ts": message.ts}
    if message.files:
        # Only here: in the history the same message has no subtype.
        event.setdefault("subtype", "file_share")
    platform.events.emit(_subscription(channel), event)
    _mention(platform, message, event)


def message_changed(platform: Platform, message: Message, previous: Shape) -> None:
    """Tell the app that a message is not what it was; `previous` is how it was."""
    shape = message_shape(platform.workspace, message, with_metadata=True)
    fields = {"subtype": "message_changed", "message": shape, "previous_message": previous}
    event = _message_event(platform, message, fields)
    if event:
        # Somebody who edits a message mentions the app once more; the event then says "edited".
        _mention(platform, message, {**shape, "channel": message.channel_id, "event_ts": event["event_ts"]})


def message_deleted(platform: Platform, message: Message, previous: Shape) -> None:
    _message_event(
        platform,
        message,
        {"subtype": "message_deleted", "previous_message": previous, "deleted_ts": message.ts},
    )


def _message_event(platform: Platform, message: Message, fields: Shape) -> Shape | None:
    """Tell the app what happened to a message, if it may know; the event."""
    channel = platform.workspace.channels[message.channel_id]
    if message.ephemeral_to or not _sees(platform, channel):
        return None
    ts = platform.workspace.new_ts()
    event = {"type": "message", "hidden": True, "ts": ts, "event_ts": ts} | _place(channel) | fields
    platform.events.emit(_subscription(channel), event)
    return event


def _mention(platform: Platform, message: Message, event: Shape) -> None:
    """The second event of a message that names the app: the same message, by another name."""
    bot_user_id = platform.workspace.bot.user_id
    mentioned = f"<@{bot_user_id}>" in message.text or f"<@{bot_user_id}|" in message.text
    if (
        mentioned
        and message.user_id != bot_user_id
        and not platform.workspace.channels[message.channel_id].is_im
    ):
        mention = {key: value for key, value in event.items() if key not in ("subtype", "channel_type")}
        home, here = platform.workspace.team_of(message.user_id), platform.workspace.team.id
        if home != here:
            mention |= {"team": here, "user_team": home, "source_team": home, "user_profile": {"team": home}}
        platform.events.emit("app_mention", mention | {"type": "app_mention"})


def reaction(platform: Platform, message: Message, user_id: str, name: str, *, added: bool) -> None:
    channel = platform.workspace.channels[message.channel_id]
    if not _sees(platform, channel):
        return
    kind = "reaction_added" if added else "reaction_removed"
    event = {
        "type": kind,
        "user": user_id,
        "reaction": name,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "item_user": message.user_id,
        "event_ts": platform.workspace.new_ts(),
    }
    platform.events.emit(kind, event)


def membership(
    platform: Platform, channel: Channel, user_id: str, inviter: str | None, *, joined: bool
) -> None:
    """Tell the app who came or went; call it while the bot is a member, or is the one who goes."""
    bot_user_id = platform.workspace.bot.user_id
    if bot_user_id not in channel.members and user_id != bot_user_id:
        return
    kind = "member_joined_channel" if joined else "member_left_channel"
    event = {
        "type": kind,
        "user": user_id,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": platform.workspace.team_of(user_id),
        "event_ts": platform.workspace.new_ts(),
    }
    if inviter:
        event["inviter"] = inviter
    platform.events.emit(kind, event)
    if not joined and user_id == bot_user_id:
        # Slack tells a bot of its own removal by another event as well.
        left = "group_left" if channel.is_private else "channel_left"
        platform.events.emit(left, {"type": left, "channel": channel.id, "event_ts": event["event_ts"]})


def channel_changed(platform: Platform, channel: Channel, what: str, user_id: str) -> None:
    """`what` is "archive", "unarchive" or "rename"."""
    if not _sees(platform, channel) and channel.is_private:
        return
    kind = f"{'group' if channel.is_private else 'channel'}_{what}"
    event: Shape = {"type": kind, "channel": channel.id, "user": user_id}
    if what == "rename":
        event["channel"] = {"id": channel.id, "name": channel.name, "created": channel.created}
    platform.events.emit(kind, event | {"event_ts": platform.workspace.new_ts()})


def channel_moved(platform: Platform, channel: Channel, old_id: str) -> None:
    """Tell the app that a channel has another id now (docs.slack.dev, "channel_id_changed")."""
    if not _sees(platform, channel):
        return
    event = {"old_channel_id": old_id, "new_channel_id": channel.id, "event_ts": platform.workspace.new_ts()}
    platform.events.emit("channel_id_changed", {"type": "channel_id_changed", **event})


def home_opened(platform: Platform, user_id: str, channel: Channel, tab: str) -> None:
    workspace = platform.workspace
    event: Shape = {
        "type": "app_home_opened",
        "user": user_id,
        "channel": channel.id,
        "tab": tab,
        "event_ts": workspace.new_ts(),
    }
    view = workspace.home_view(user_id)
    if tab == "home" and view is not None:
        event["view"] = view_shape(workspace, view)
    platform.events.emit("app_home_opened", event)


def user_changed(platform: Platform, user: User) -> None:
    workspace = platform.workspace
    event = {"type": "user_change", "user": user_shape(workspace, user), "event_ts": workspace.new_ts()}
    platform.events.emit("user_change", event)


def uninstalled(platform: Platform) -> None:
    """Tell the app that it is gone; nothing is sent after that."""
    platform.events.emit("app_uninstalled", {"type": "app_uninstalled"})
    tokens_revoked(platform)


def tokens_revoked(platform: Platform) -> None:
    """Tell the app that a token of its bot's is void."""
    tokens = {"oauth": [], "bot": [platform.workspace.bot.user_id]}
    platform.events.emit("tokens_revoked", {"type": "tokens_revoked", "tokens": tokens})


def _sees(platform: Platform, channel: Channel) -> bool:
    return platform.workspace.bot.user_id in channel.members


def _place(channel: Channel) -> Shape:
    return {"channel": channel.id, "channel_type": _kind(channel)}


def _kind(channel: Channel) -> str:
    if channel.is_im:
        return "im"
    return "group" if channel.is_private else "channel"


def _subscription(channel: Channel) -> str:
    return {"im": "message.im", "group": "message.groups", "channel": "message.channels"}[_kind(channel)]
