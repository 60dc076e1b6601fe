"""conversations.history and conversations.replies: what was said."""

from bot.local import access, ids
from bot.local.api.arguments import Arguments
from bot.local.api.paging import make_cursor, read_cursor
from bot.local.errors import SlackError
from bot.local.model import Channel, Message
from bot.local.platform import Platform
from bot.local.shapes import Shape, message_shape

_MOST_MESSAGES = 999
_MOST_REPLIES = 1_000


def history(platform: Platform, arguments: Arguments) -> Shape:
    """The channel's own messages, newest first; replies only when they were sent to the channel, too."""
    channel_id = arguments.needed("channel")
    limit = arguments.number("limit", 100, _MOST_MESSAGES)
    with platform.workspace.lock:
        channel = access.member_channel(platform.workspace, channel_id)
        shown = [m for m in _between(platform, channel, arguments) if not m.is_reply or _is_broadcast(m)]
        newest_first = shown[::-1]
        cursor = arguments.text("cursor")
        if cursor:
            last = _cursor_ts(cursor)
            newest_first = [m for m in newest_first if (ids.ts_number(m.ts) or 0) <= last]
        some, rest = newest_first[:limit], newest_first[limit:]
        return _answer(platform, arguments, some, rest) | {"pin_count": 0}


def replies(platform: Platform, arguments: Arguments) -> Shape:
    """A thread, oldest first. Slack begins each page with the message that the thread hangs on."""
    channel_id, ts = arguments.needed("channel"), arguments.needed("ts")
    limit = arguments.number("limit", _MOST_REPLIES, _MOST_REPLIES)
    workspace = platform.workspace
    with workspace.lock:
        channel = access.member_channel(workspace, channel_id)
        parent = workspace.find_message(channel.id, ts)
        if parent is None or parent.ephemeral_to:
            raise SlackError("thread_not_found")
        if parent.is_reply:
            return _answer(platform, arguments, [parent], [])
        found = [m for m in _between(platform, channel, arguments) if m.is_reply and m.thread_ts == ts]
        cursor = arguments.text("cursor")
        if cursor:
            first = _cursor_ts(cursor)
            found = [m for m in found if (ids.ts_number(m.ts) or 0) >= first]
        fitting = max(limit - 1, 1)
        return _answer(platform, arguments, [parent, *found[:fitting]], found[fitting:])


def _between(platform: Platform, channel: Channel, arguments: Arguments) -> list[Message]:
    """What is kept between `oldest` and `latest`, oldest first; the two themselves only if `inclusive`."""
    oldest = arguments.timestamp("oldest", "invalid_ts_oldest")
    latest = arguments.timestamp("latest", "invalid_ts_latest")
    margin = 1 if arguments.flag("inclusive") else 0
    found = []
    for message in platform.workspace.messages.get(channel.id, []):
        number = ids.ts_number(message.ts) or 0
        after = oldest is None or number > oldest - margin
        before = latest is None or number < latest + margin
        if after and before and not message.ephemeral_to:
            found.append(message)
    return found


def _is_broadcast(message: Message) -> bool:
    return message.subtype == "thread_broadcast"


def _cursor_ts(cursor: str) -> int:
    value = read_cursor(cursor, "next_ts")
    if not value.isascii() or not value.isdigit():
        raise SlackError("invalid_cursor")
    return int(value)


def _answer(platform: Platform, arguments: Arguments, some: list[Message], rest: list[Message]) -> Shape:
    with_metadata = arguments.flag("include_all_metadata")
    shapes = [message_shape(platform.workspace, m, with_metadata=with_metadata) for m in some]
    answer: Shape = {"messages": shapes, "has_more": bool(rest)}
    if rest:
        following = make_cursor("next_ts", str(ids.ts_number(rest[0].ts)))
        answer["response_metadata"] = {"next_cursor": following}
    return answer
