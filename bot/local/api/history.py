"""conversations.history and conversations.replies: what was said."""

from itertools import islice

from bot.local import access, ids
from bot.local.api.arguments import Arguments
from bot.local.api.paging import make_cursor, read_cursor
from bot.local.errors import SlackError
from bot.local.model import Message
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
        oldest, latest = _bounds(arguments)
        if cursor := arguments.text("cursor"):
            latest = min(_cursor_ts(cursor), latest if latest is not None else _cursor_ts(cursor))
        newest_first = reversed(platform.workspace.messages_between(channel.id, oldest, latest))
        shown = (m for m in newest_first if not m.ephemeral_to and (not m.is_reply or _is_broadcast(m)))
        # One more than fits says whether there are more, without reading a long channel to its beginning.
        some = list(islice(shown, limit + 1))
        return _answer(platform, arguments, some[:limit], some[limit:]) | {"pin_count": 0}


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
        oldest, latest = _bounds(arguments)
        if cursor := arguments.text("cursor"):
            oldest = max(_cursor_ts(cursor), oldest or 0)
        found = [m for m in workspace.thread(channel.id, ts) if _is_between(m, oldest, latest)]
        fitting = max(limit - 1, 1)
        return _answer(platform, arguments, [parent, *found[:fitting]], found[fitting:])


def _bounds(arguments: Arguments) -> tuple[int | None, int | None]:
    """From where to where, both included: Slack includes `oldest` and `latest` only if it is told to."""
    oldest = arguments.timestamp("oldest", "invalid_ts_oldest")
    latest = arguments.timestamp("latest", "invalid_ts_latest")
    margin = 0 if arguments.flag("inclusive") else 1
    return (None if oldest is None else oldest + margin), (None if latest is None else latest - margin)


def _is_between(message: Message, oldest: int | None, latest: int | None) -> bool:
    number = ids.ts_number(message.ts) or 0
    return (oldest is None or number >= oldest) and (latest is None or number <= latest)


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
