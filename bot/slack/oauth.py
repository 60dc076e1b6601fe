"""The app at Slack: its scopes, and how it gets tokens (docs.slack.dev, "Installing with OAuth").

The address of Slack's page is made here and not by slack_sdk's AuthorizeUrlGenerator, which puts its parts
together as they are, unquoted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

from pydantic import SecretStr
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.scopes import SCOPES as PURPOSES
from bot.errors import SlackRefusedError, SlackUnreachableError
from bot.metrics import METERS
from storage.installations import Installation

SCOPES = tuple(PURPOSES)
"""What the bot needs, and nothing else; a test holds manifest.json to it."""

TIMEOUT_S = 5
"""For one call. Nobody may spend the same refresh token for much longer than that."""
_METHOD = "oauth.v2.access"
_SLACK = "https://slack.com/"


@dataclass(frozen=True, slots=True)
class Installed:
    """What Slack says of a new installation.

    `workspace_id` is None for one in a whole organization, of which Slack names no workspace.
    """

    workspace_id: str | None
    workspace_name: str
    installation: Installation


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The next token, and the refresh token for the one after that."""

    token: SecretStr
    refresh_token: SecretStr
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SlackApp:
    """Safe to use from many threads. The secret never shows in `repr`."""

    client_id: str
    client_secret: str = field(repr=False)
    api_url: str
    redirect_url: str
    scopes: tuple[str, ...] = SCOPES

    def authorize_url(self, state: str) -> str:
        """Slack's page that asks whether to install the app; beside SLACK_API_URL, if that is not Slack's."""
        query = {
            "client_id": self.client_id,
            "scope": ",".join(self.scopes),
            "user_scope": "",
            "redirect_uri": self.redirect_url,
            "state": state,
        }
        return f"{self._origin}oauth/v2/authorize?{urlencode(query)}"

    def open_url(self, app_id: str, workspace_id: str) -> str:
        """The app in Slack, in that workspace."""
        return f"{self._origin}app_redirect?{urlencode({'app': app_id, 'team': workspace_id})}"

    @property
    def _origin(self) -> str:
        """Where Slack's pages are."""
        origin = self.api_url.removesuffix("api/")
        return origin if origin != self.api_url else _SLACK

    def exchange(self, code: str, now: datetime) -> Installed:
        """Raises SlackRefusedError, SlackUnreachableError."""
        answer = self._ask(code=code, redirect_uri=self.redirect_url)
        return _installed(answer, self._bot_id(answer), now)

    def refresh(self, refresh_token: SecretStr, now: datetime) -> Refreshed:
        """Once: the refresh token may be spent, whatever comes of it. Raises as `exchange`."""
        answer = self._ask(grant_type="refresh_token", refresh_token=refresh_token.get_secret_value())
        expires_at, next_one = _expires_at(answer, now), answer.get("refresh_token")
        if not next_one or expires_at is None:
            raise SlackUnreachableError(f"{_METHOD}: no refresh token in the answer")
        return Refreshed(SecretStr(_text(answer, "access_token")), SecretStr(str(next_one)), expires_at)

    def uninstall(self, token: SecretStr) -> None:
        """Take an installation back that is of no use here. Raises as `exchange`."""
        client = WebClient(token.get_secret_value(), self.api_url, timeout=TIMEOUT_S, retry_handlers=[])
        _called(
            "apps.uninstall",
            lambda: client.apps_uninstall(client_id=self.client_id, client_secret=self.client_secret),
        )

    def _bot_id(self, answer: Mapping[str, Any]) -> str:
        """Which the answer does not tell; "" if Slack does not: the bot is known by its user's id, too."""
        client = WebClient(
            str(answer.get("access_token")), self.api_url, timeout=TIMEOUT_S, retry_handlers=[]
        )
        try:
            return str(_called("auth.test", client.auth_test).get("bot_id") or "")
        except (SlackRefusedError, SlackUnreachableError):
            return ""

    def _ask(self, **given: str) -> Mapping[str, Any]:
        client = WebClient(base_url=self.api_url, timeout=TIMEOUT_S, retry_handlers=[])
        return _called(
            _METHOD,
            lambda: client.oauth_v2_access(
                client_id=self.client_id, client_secret=self.client_secret, **given
            ),
        )


def _called(method: str, call: Any) -> Mapping[str, Any]:  # noqa: ANN401 - slack_sdk's own signature
    """What Slack answers. What is raised has no answer hanging on it: one might hold a token."""
    try:
        data = call().data
    except SlackApiError as error:
        code = str(error.response.get("error"))
        METERS.slack_failed(method, code)
        raise SlackRefusedError(method, code) from None
    except (OSError, HTTPException, SlackClientError) as error:
        METERS.slack_failed(method, "no_answer")
        raise SlackUnreachableError(f"{method}: {type(error).__name__}") from None
    if not isinstance(data, dict):
        raise SlackUnreachableError(f"{method}: no object in the answer")
    return data


def _installed(answer: Mapping[str, Any], bot_id: str, now: datetime) -> Installed:
    """Raises SlackUnreachableError for an answer that is not Slack's."""
    if answer.get("token_type") != "bot":
        raise SlackUnreachableError(f"{_METHOD}: no bot's token in the answer")
    team, enterprise = answer.get("team") or {}, answer.get("enterprise") or {}
    refresh_token = answer.get("refresh_token")
    installation = Installation(
        app_id=_text(answer, "app_id"),
        enterprise_id=enterprise.get("id"),
        bot_id=bot_id,
        bot_user_id=_text(answer, "bot_user_id"),
        scopes=str(answer.get("scope") or ""),
        user_id=_text(answer.get("authed_user") or {}, "id"),
        token=SecretStr(_text(answer, "access_token")),
        refresh_token=SecretStr(str(refresh_token)) if refresh_token else None,
        expires_at=_expires_at(answer, now),
    )
    if answer.get("is_enterprise_install"):
        return Installed(None, str(enterprise.get("name") or ""), installation)
    workspace_id = _text(team, "id")
    return Installed(workspace_id, str(team.get("name") or workspace_id), installation)


def _expires_at(answer: Mapping[str, Any], now: datetime) -> datetime | None:
    seconds = answer.get("expires_in")
    return now + timedelta(seconds=seconds) if isinstance(seconds, int) and seconds > 0 else None


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not value:
        raise SlackUnreachableError(f"{_METHOD}: no {name} in the answer")
    return value
