"""What Slack makes of what a person types: names become mentions, and what looks like markup is escaped."""

import re

from bot.local.workspace import Workspace

_BROADCASTS = frozenset({"here", "channel", "everyone"})
_ADDRESS = re.compile(r"(?P<url>https?://[^\s<>]+)|(?<![\w@#&])(?P<sign>[@#])(?P<name>[\w][\w.\-]*)")


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_sent(workspace: Workspace, text: str) -> str:
    """The text as Slack passes it on: `@name` is <@U…>, `#channel` is <#C…>, an address is <https://…>."""
    parts = []
    end = 0
    for match in _ADDRESS.finditer(text):
        parts += [escape(text[end : match.start()]), _linked(workspace, match)]
        end = match.end()
    return "".join([*parts, escape(text[end:])])


def _linked(workspace: Workspace, match: re.Match[str]) -> str:
    if url := match["url"]:
        tail = url[len(url.rstrip(".,;:!?)")) :]
        return f"<{escape(url.removesuffix(tail) if tail else url)}>{tail}"
    name = match["name"]
    # A full stop or a dash at the end belongs to the sentence, unless it belongs to the name.
    for known in (name, name.rstrip(".-")):
        mention = _mention(workspace, match["sign"], known)
        if mention:
            return mention + name[len(known) :]
    return escape(match[0])


def _mention(workspace: Workspace, sign: str, name: str) -> str:
    if sign == "#":
        channel = workspace.channel_named(name)
        return f"<#{channel.id}>" if channel else ""
    if name in _BROADCASTS:
        return f"<!{name}>"
    user = workspace.user_named(name)
    return f"<@{user.id}>" if user else ""
