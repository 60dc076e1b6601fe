"""What the token may do: which scope each method needs, and what Slack says when it is not granted.

Of methods about a channel, one of several scopes is enough here, whichever kind of channel it is; those that
list channels need the scope of each kind that is asked for.
"""

from collections.abc import Mapping

from bot.local.api.arguments import Arguments
from bot.local.errors import SlackError

_READ = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_OPEN = ("im:write", "mpim:write", "channels:manage", "groups:write")
_ANY_READ = tuple(_READ.values())

_ANY_OF: Mapping[str, tuple[str, ...]] = {
    "bots.info": ("users:read",),
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": _HISTORY,
    "conversations.info": _ANY_READ,
    "conversations.join": ("channels:join",),
    "conversations.members": _ANY_READ,
    "conversations.open": _OPEN,
    "conversations.replies": _HISTORY,
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "reactions.add": ("reactions:write",),
    "reactions.remove": ("reactions:write",),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
}
"""Methods that are not here need none."""
_LISTS = frozenset({"conversations.list", "users.conversations"})

EVERY = tuple(sorted({scope for scopes in (*_ANY_OF.values(), _ANY_READ) for scope in scopes} | {"commands"}))
"""What a token has whose scopes nobody has named."""


def require_scope(granted: tuple[str, ...], method: str, arguments: Arguments) -> None:
    """Refuses with `missing_scope`, as Slack does, what the token may not do."""
    needed = _ANY_OF.get(method, ())
    if needed and not set(needed) & set(granted):
        raise _missing(needed[0], granted)
    if method in _LISTS:
        for kind in arguments.items("types") or ["public_channel"]:
            scope = _READ.get(kind)
            if scope is not None and scope not in granted:
                raise _missing(scope, granted)


def accepted_by(method: str) -> tuple[str, ...]:
    """The scopes of which the method takes any."""
    return _ANY_READ if method in _LISTS else _ANY_OF.get(method, ())


def _missing(needed: str, granted: tuple[str, ...]) -> SlackError:
    return SlackError("missing_scope", fields={"needed": needed, "provided": ",".join(granted)})
