"""Addresses of messages."""

from bot.local.model import Message
from bot.local.workspace import Workspace


def permalink(workspace: Workspace, message: Message) -> str:
    """The message's address, of Slack's form, on this server: /archives/C…/p1700000000000100."""
    address = f"{workspace.url}archives/{message.channel_id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        address += f"?thread_ts={message.thread_ts}&cid={message.channel_id}"
    return address
