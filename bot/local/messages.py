"""Changes to messages, each with the events that follow from it. Callers decide who may."""

from dataclasses import dataclass

from bot.local import notices
from bot.local.content import Content
from bot.local.errors import SlackError
from bot.local.model import SLACKBOT_ID, Channel, File, Message
from bot.local.platform import Platform
from bot.local.shapes import Shape, message_shape
from bot.local.workspace import Workspace

SYSTEM_SUBTYPES = frozenset({"channel_join", "channel_leave", "group_join", "group_leave"})
TOMBSTONE = "This message was deleted."


@dataclass(frozen=True)
class Draft:
    """A message to be posted: who says what, and where in the channel."""

    user_id: str
    content: Content
    thread_ts: str | None = None
    broadcast: bool = False
    ephemeral_to: str | None = None
    subtype: str | None = None
    files: tuple[File, ...] = ()


def post(platform: Platform, channel: Channel, draft: Draft) -> Message:
    """Post it. A reply goes to the thread's first message, even if it answers one of the replies."""
    workspace = platform.workspace
    with workspace.changing():
        thread_ts = _thread_root(workspace, channel.id, draft.thread_ts) if draft.thread_ts else None
        subtype = "thread_broadcast" if thread_ts and draft.broadcast else draft.subtype
        bot = workspace.bot
        message = Message(
            ts=workspace.new_ts(),
            channel_id=channel.id,
            user_id=draft.user_id,
            text=draft.content.text,
            blocks=draft.content.blocks,
            attachments=draft.content.attachments,
            thread_ts=thread_ts,
            ephemeral_to=draft.ephemeral_to,
            subtype=subtype,
            bot_id=bot.bot_id if draft.user_id == bot.user_id else None,
            metadata=draft.content.metadata or None,
            files=list(draft.files),
        )
        workspace.add_message(message)
        notices.message_posted(platform, message)
        return message


def replace_content(platform: Platform, message: Message, content: Content, *, mark_edited: bool) -> None:
    """Put other content into a message. Metadata that was not given stays as it is."""
    workspace = platform.workspace
    with workspace.changing():
        previous = message_shape(workspace, message, with_metadata=True)
        message.text = content.text
        message.blocks = content.blocks or None
        if content.attachments is not None:
            message.attachments = content.attachments or None
        if content.metadata is not None:
            message.metadata = content.metadata or None
        if mark_edited:
            message.edited = True
            message.edited_ts = workspace.new_ts()
        notices.message_changed(platform, message, previous)


def remove(platform: Platform, message: Message) -> None:
    """Delete a message. One with replies leaves a tombstone, so that its thread still hangs on something."""
    workspace = platform.workspace
    with workspace.changing():
        previous = message_shape(workspace, message, with_metadata=True)
        if not message.is_reply and workspace.thread(message.channel_id, message.ts):
            _bury(message)
            notices.message_changed(platform, message, previous)
            return
        workspace.remove_message(message)
        notices.message_deleted(platform, message, previous)
        parent = (
            workspace.find_message(message.channel_id, message.thread_ts or "") if message.is_reply else None
        )
        if parent and parent.subtype == "tombstone" and not workspace.thread(parent.channel_id, parent.ts):
            # Nothing hangs on it any more.
            remove(platform, parent)


def add_reaction(platform: Platform, message: Message, user_id: str, name: str) -> None:
    with platform.workspace.changing():
        users = message.reactions.setdefault(name, [])
        if user_id in users:
            raise SlackError("already_reacted")
        users.append(user_id)
        notices.reaction(platform, message, user_id, name, added=True)


def remove_reaction(platform: Platform, message: Message, user_id: str, name: str) -> None:
    with platform.workspace.changing():
        users = message.reactions.get(name, [])
        if user_id not in users:
            raise SlackError("no_reaction")
        users.remove(user_id)
        if not users:
            del message.reactions[name]
        notices.reaction(platform, message, user_id, name, added=False)


def shape(platform: Platform, message: Message) -> Shape:
    """The message as the app gets it back from what it has just done."""
    with platform.workspace.lock:
        return message_shape(platform.workspace, message, with_metadata=True)


def _bury(message: Message) -> None:
    message.subtype = "tombstone"
    message.text = TOMBSTONE
    message.user_id = SLACKBOT_ID
    message.bot_id = None
    message.blocks = message.attachments = message.metadata = None
    message.files = []
    message.reactions = {}


def _thread_root(workspace: Workspace, channel_id: str, ts: str) -> str | None:
    """Where the thread begins; None when there is nothing to answer any more.

    Slack then posts the reply as a message of its own, without a word: only the missing `thread_ts` in
    its answer tells the app.
    """
    parent = workspace.find_message(channel_id, ts)
    if parent is None or parent.ephemeral_to:
        return None
    if parent.subtype in SYSTEM_SUBTYPES:
        raise SlackError("cannot_reply_to_message")
    return parent.thread_ts if parent.is_reply else ts
