"""Installing the app: whom Slack asks, the code that it gives, and what it gives for that (OAuth, v2)."""

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.local.errors import SlackError
from bot.local.ids import new_id
from bot.local.settings import LocalOAuth
from bot.local.shapes import Shape

if TYPE_CHECKING:
    from bot.local.platform import Platform

_CODE_LASTS = timedelta(minutes=10)
SECRETS = frozenset({"token", "client_secret", "code", "refresh_token"})
"""Arguments that the log does not show."""


@dataclass(frozen=True)
class _Grant:
    platform: "Platform"
    user_id: str
    redirect_uri: str
    scopes: tuple[str, ...]
    ends_at: datetime
    is_of_organization: bool


class Grants:
    """The codes that were given out; each is good once, for ten minutes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._grants: dict[str, _Grant] = {}

    def allow(
        self,
        platform: "Platform",
        user_id: str,
        redirect_uri: str,
        scopes: tuple[str, ...],
        *,
        is_of_organization: bool = False,
    ) -> str:
        """Somebody has pressed Allow; the code that the app gets."""
        code = secrets.token_hex(20)
        ends_at = platform.workspace.clock.now() + _CODE_LASTS
        with self._lock:
            self._grants[code] = _Grant(platform, user_id, redirect_uri, scopes, ends_at, is_of_organization)
        return code

    def take(self, code: str, redirect_uri: str) -> _Grant:
        with self._lock:
            grant = self._grants.get(code)
            if grant is None or grant.ends_at <= grant.platform.workspace.clock.now():
                raise SlackError("invalid_code")
            if redirect_uri != grant.redirect_uri:
                raise SlackError("bad_redirect_uri")
            del self._grants[code]
            return grant


def require_app(oauth: LocalOAuth | None, client_id: str, client_secret: str) -> LocalOAuth:
    """The app that says it is this one."""
    if oauth is None or client_id != oauth.client_id:
        raise SlackError("invalid_client_id")
    if not secrets.compare_digest(client_secret.encode(), oauth.client_secret.encode()):
        raise SlackError("bad_client_secret")
    return oauth


def install(oauth: LocalOAuth, grant: _Grant) -> Shape:
    """The app is in the workspace from now on; what it is told of that."""
    platform = grant.platform
    workspace = platform.workspace
    with workspace.changing():
        workspace.installed = True
    given = platform.tokens.give(ends=oauth.rotates)
    shape: Shape = {
        **_with_end(given.token, given.refresh_token, given.expires_in),
        **about(platform, grant.scopes),
        "authed_user": {"id": grant.user_id},
        "is_enterprise_install": grant.is_of_organization,
    }
    if grant.is_of_organization:
        shape |= {"team": None, "enterprise": {"id": new_id("E"), "name": f"{workspace.team.name} Group"}}
    return shape


def refresh(oauth: LocalOAuth, platforms: "list[Platform]", refresh_token: str) -> Shape:
    """The next token of whichever workspace this is of."""
    platform = next((each for each in platforms if each.tokens.knows_refresh_token(refresh_token)), None)
    if platform is None:
        raise SlackError("invalid_refresh_token")
    given = platform.tokens.refresh(refresh_token)
    return _with_end(given.token, given.refresh_token, given.expires_in) | about(platform, oauth.scopes)


def about(platform: "Platform", scopes: tuple[str, ...]) -> Shape:
    workspace = platform.workspace
    return {
        "token_type": "bot",
        "scope": ",".join(scopes),
        "bot_user_id": workspace.bot.user_id,
        "app_id": workspace.bot.app_id,
        "team": {"id": workspace.team.id, "name": workspace.team.name},
        "enterprise": None,
    }


def _with_end(token: str, refresh_token: str | None, expires_in: int | None) -> Shape:
    shape: Shape = {"access_token": token}
    if refresh_token is not None:
        shape |= {"refresh_token": refresh_token, "expires_in": expires_in}
    return shape
