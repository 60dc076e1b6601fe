"""Whether a message is there already: looked for by the key of its delivery, in its metadata."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from bot.errors import SlackRefusedError
from bot.slack.calling import Caller
from bot.slack.metadata import key_in, oldest_of

_PAGE = 200
_NO_THREAD = "thread_not_found"


async def find_message(
    caller: Caller, channel_id: str, thread_ts: str | None, key: str, since: datetime
) -> str | None:
    """The message's timestamp. Raises SlackRefusedError, SlackUnreachableError: then nobody knows."""
    if thread_ts is not None:
        try:
            found = await _find(caller, "conversations.replies", key, since, channel=channel_id, ts=thread_ts)
        except SlackRefusedError as error:
            if error.code != _NO_THREAD:
                raise
        else:
            if found is not None:
                return found
    # Slack puts a reply whose thread is gone into the channel.
    return await _find(caller, "conversations.history", key, since, channel=channel_id)


async def has_file(caller: Caller, channel_id: str, name: str, since: datetime) -> bool:
    """Whether a file of that name has been shared there. Raises as `find_message`."""
    async for message in _messages(
        caller, "conversations.history", oldest=f"{oldest_of(since):.6f}", channel=channel_id
    ):
        if any(file.get("name") == name for file in message.get("files") or ()):
            return True
    return False


async def _find(caller: Caller, method: str, key: str, since: datetime, **where: str) -> str | None:
    async for message in _messages(caller, method, oldest=f"{oldest_of(since):.6f}", **where):
        if key_in(message) == key:
            return str(message["ts"])
    return None


async def _messages(caller: Caller, method: str, **parameters: str) -> AsyncIterator[dict[str, Any]]:
    cursor = ""
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = await caller.ask(method, limit=str(_PAGE), include_all_metadata="true", **parameters, **more)
        for message in page.get("messages") or ():
            yield message
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return
