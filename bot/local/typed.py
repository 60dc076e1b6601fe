"""What Slack makes of what a person types: names become mentions, and what looks like markup is escaped."""

import re
from dataclasses import dataclass

from bot.local.workspace import Workspace

_BROADCASTS = frozenset({"here", "channel", "everyone"})
_ADDRESS = re.compile(r"(?P<url>https?://[^\s<>]+)|(?<![\w@#&])(?P<sign>[@#])(?P<name>[\w][\w.\-]*)")


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_sent(workspace: Workspace, user_id: str, text: str, *, with_names: bool = False) -> str:
    """The text as Slack passes it on: `@name` is <@U…>, `#channel` is <#C…>, an address is <https://…>.

    `with_names`, as in commands, makes them <@U…|name> and <#C…|name>.
    """
    writer = _Writer(workspace, user_id, with_names)
    parts = []
    end = 0
    for match in _ADDRESS.finditer(text):
        parts += [escape(text[end : match.start()]), _linked(writer, match)]
        end = match.end()
    return "".join([*parts, escape(text[end:])])


@dataclass(frozen=True)
class _Writer:
    workspace: Workspace
    user_id: str
    with_names: bool


def _linked(writer: _Writer, match: re.Match[str]) -> str:
    if url := match["url"]:
        tail = url[len(url.rstrip(".,;:!?)")) :]
        return f"<{escape(url.removesuffix(tail) if tail else url)}>{tail}"
    name = match["name"]
    # A full stop or a dash at the end belongs to the sentence, unless it belongs to the name.
    for known in (name, name.rstrip(".-")):
        mention = _mention(writer, match["sign"], known)
        if mention:
            return mention + name[len(known) :]
    return escape(match[0])


def _mention(writer: _Writer, sign: str, name: str) -> str:
    if sign == "#":
        channel = writer.workspace.channel_named(name)
        # Nobody can link to a private channel that they know only by hearsay.
        if channel is None or (channel.is_private and writer.user_id not in channel.members):
            return ""
        return f"<#{channel.id}|{channel.name}>" if writer.with_names else f"<#{channel.id}>"
    if name in _BROADCASTS:
        return f"<!{name}>"
    user = writer.workspace.user_named(name)
    if user is None:
        return ""
    return f"<@{user.id}|{user.name}>" if writer.with_names else f"<@{user.id}>"
