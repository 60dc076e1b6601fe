"""chat.*: posting, changing and deleting messages."""

from bot.local import access, messages
from bot.local.api.arguments import Arguments
from bot.local.content import UPDATE_TEXT_LIMIT, Content, read_content
from bot.local.errors import SlackError
from bot.local.links import permalink
from bot.local.model import Message
from bot.local.platform import Platform
from bot.local.shapes import Shape
from bot.local.showing import require_shown


def post_message(platform: Platform, arguments: Arguments) -> Shape:
    target = arguments.needed("channel")
    content = _needed_content(platform, arguments)
    with platform.workspace.lock:
        channel = access.destination(platform.workspace, target)
        if channel.is_im and not platform.settings.app_home.messages:
            raise SlackError("messages_tab_disabled")
        draft = messages.Draft(
            user_id=platform.workspace.bot.user_id,
            content=content,
            thread_ts=arguments.text("thread_ts") or None,
            broadcast=arguments.flag("reply_broadcast"),
        )
        message = messages.post(platform, channel, draft)
        return {"channel": channel.id, "ts": message.ts, "message": messages.shape(platform, message)}


def post_ephemeral(platform: Platform, arguments: Arguments) -> Shape:
    channel_id, user_id = arguments.needed("channel"), arguments.needed("user")
    content = _needed_content(platform, arguments)
    workspace = platform.workspace
    with workspace.lock:
        channel = access.open_channel(workspace, channel_id)
        user = access.existing_user(workspace, user_id)
        if user.id not in channel.members or user.deleted:
            raise SlackError("user_not_in_channel")
        draft = messages.Draft(
            user_id=workspace.bot.user_id,
            content=content,
            thread_ts=arguments.text("thread_ts") or None,
            ephemeral_to=user.id,
        )
        return {"message_ts": messages.post(platform, channel, draft).ts}


def update(platform: Platform, arguments: Arguments) -> Shape:
    channel_id, ts = arguments.needed("channel"), arguments.needed("ts")
    if len(arguments.text("text")) > UPDATE_TEXT_LIMIT:
        raise SlackError("msg_too_long")
    content = _needed_content(platform, arguments)
    with platform.workspace.lock:
        # A person's id is no channel here, although chat.postMessage takes it for one.
        channel = access.visible_channel(platform.workspace, channel_id)
        message = access.kept_message(platform.workspace, channel, ts)
        _check_own(platform, message, "cant_update_message")
        if channel.is_archived:
            raise SlackError("is_inactive")
        # Slack marks a message as edited only when it consists of text alone.
        messages.replace_content(platform, message, content, mark_edited=not content.blocks)
        shape = messages.shape(platform, message)
        return {"channel": channel.id, "ts": ts, "text": message.text, "message": shape}


def delete(platform: Platform, arguments: Arguments) -> Shape:
    channel_id, ts = arguments.needed("channel"), arguments.needed("ts")
    with platform.workspace.lock:
        channel = access.visible_channel(platform.workspace, channel_id)
        message = access.kept_message(platform.workspace, channel, ts)
        _check_own(platform, message, "cant_delete_message")
        messages.remove(platform, message)
        return {"channel": channel.id, "ts": ts}


def get_permalink(platform: Platform, arguments: Arguments) -> Shape:
    channel_id, ts = arguments.needed("channel"), arguments.needed("message_ts")
    with platform.workspace.lock:
        channel = access.visible_channel(platform.workspace, channel_id)
        message = access.kept_message(platform.workspace, channel, ts)
        return {"channel": channel.id, "permalink": permalink(platform.workspace, message)}


def _needed_content(platform: Platform, arguments: Arguments) -> Content:
    content = read_content(arguments.values)
    if content.is_empty:
        raise SlackError("no_text")
    require_shown(platform, content)
    return content


def _check_own(platform: Platform, message: Message, code: str) -> None:
    if message.user_id != platform.workspace.bot.user_id:
        raise SlackError(code)
