"""Addresses of messages."""

import re

from bot.local.model import Message
from bot.local.workspace import Workspace

_NUMBER = re.compile(r"p([0-9]{10})([0-9]{6})")


def permalink(workspace: Workspace, message: Message) -> str:
    """The message's address, of Slack's form, on this server: /archives/C…/p1700000000000100."""
    address = f"{workspace.url}archives/{message.channel_id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        address += f"?thread_ts={message.thread_ts}&cid={message.channel_id}"
    return address


def read_message_number(text: str) -> str | None:
    """The timestamp in the last part of such an address ("p1700000000000100"), or None when it has none."""
    found = _NUMBER.fullmatch(text)
    return f"{found[1]}.{found[2]}" if found else None
