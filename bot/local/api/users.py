"""users.*: the people of the workspace."""

from bot.local import access
from bot.local.api.arguments import Arguments
from bot.local.api.paging import page
from bot.local.platform import Platform
from bot.local.shapes import Shape, user_shape

_MOST_USERS = 1_000


def info(platform: Platform, arguments: Arguments) -> Shape:
    user_id = arguments.needed("user")
    with platform.workspace.lock:
        user = access.existing_user(platform.workspace, user_id)
        return {"user": user_shape(platform.workspace, user)}


def list_(platform: Platform, arguments: Arguments) -> Shape:
    """Everybody of the workspace, deactivated people and bots included; no external people."""
    limit = arguments.number("limit", _MOST_USERS, _MOST_USERS)
    workspace = platform.workspace
    with workspace.lock:
        everybody = [user for user in workspace.users.values() if not user.is_external]
        some, following = page(everybody, limit, arguments.text("cursor"), lambda one: one.id, "user")
        return {
            "members": [user_shape(workspace, user) for user in some],
            "cache_ts": int(workspace.clock.now().timestamp()),
            "response_metadata": {"next_cursor": following},
        }
