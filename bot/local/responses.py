"""What an app sends to a response URL, done: a new message, or another in the place of the original."""

from collections.abc import Mapping

from bot.local import messages
from bot.local.content import Content, read_content
from bot.local.errors import SlackError
from bot.local.model import Message
from bot.local.platform import Platform
from bot.local.response_urls import ResponseUrl
from bot.local.showing import require_shown

_TRUE = (True, "true", "1", 1)


def respond(platform: Platform, secret: str, fields: Mapping[str, object]) -> None:
    """Do what the fields say. The bot need not be in the channel."""
    url = platform.response_urls.use(secret)
    with platform.workspace.lock:
        original = None
        if url.message_ts:
            original = platform.workspace.find_message(url.channel_id, url.message_ts)
        if fields.get("delete_original") in _TRUE:
            if original is None:
                raise SlackError("message_not_found")
            messages.remove(platform, original)
            return
        content = read_content(fields)
        if content.is_empty:
            raise SlackError("no_text")
        require_shown(platform, content)
        if fields.get("replace_original") in _TRUE and url.message_ts:
            if original is None:
                raise SlackError("message_not_found")
            _replace(platform, original, content)
            return
        # A command has no message to be replaced: Slack posts a new one, whatever was asked.
        _post(platform, url, fields, content)


def _replace(platform: Platform, original: Message, content: Content) -> None:
    if original.user_id != platform.workspace.bot.user_id:
        raise SlackError("cant_update_message")
    messages.replace_content(platform, original, content, mark_edited=not content.blocks)


def _post(platform: Platform, url: ResponseUrl, fields: Mapping[str, object], content: Content) -> None:
    workspace = platform.workspace
    in_channel = fields.get("response_type") == "in_channel"
    draft = messages.Draft(
        user_id=workspace.bot.user_id,
        content=content,
        thread_ts=str(fields.get("thread_ts") or "") or None,
        ephemeral_to=None if in_channel else url.user_id,
    )
    channel = workspace.channels[url.channel_id]
    if channel.is_archived:
        raise SlackError("is_archived")
    messages.post(platform, channel, draft)
