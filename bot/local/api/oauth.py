"""oauth.v2.access, auth.revoke, apps.uninstall: how an app gets its tokens, and how they end."""

from bot.local import grants, leaving, notices
from bot.local.api.arguments import Arguments
from bot.local.errors import SlackError
from bot.local.platform import Platform
from bot.local.shapes import Shape

CALLER = "token"
"""Among the arguments: the token that the call was made with, wherever that stood."""


def access(platform: Platform, arguments: Arguments) -> Shape:
    """A token for a code, or for a refresh token."""
    given = arguments.text("client_id"), arguments.text("client_secret")
    oauth = grants.require_app(platform.settings.oauth, *given)
    kind = arguments.text("grant_type") or "authorization_code"
    if kind == "refresh_token":
        return grants.refresh(oauth, platform.neighbours, arguments.text("refresh_token"))
    if kind != "authorization_code":
        raise SlackError("invalid_grant_type")
    return grants.install(oauth, platform.grants.take(arguments.text("code"), arguments.text("redirect_uri")))


def revoke(platform: Platform, arguments: Arguments) -> Shape:
    """The token of the call is void; with the last one the app is gone from the workspace."""
    if arguments.flag("test"):
        return {"revoked": False}
    is_left = platform.tokens.revoke(arguments.text(CALLER))
    if is_left:
        notices.tokens_revoked(platform)
    else:
        leaving.uninstall(platform)
    return {"revoked": True}


def uninstall(platform: Platform, arguments: Arguments) -> Shape:
    """The app takes itself out of the workspace."""
    grants.require_app(platform.settings.oauth, arguments.text("client_id"), arguments.text("client_secret"))
    leaving.uninstall(platform)
    return {}
