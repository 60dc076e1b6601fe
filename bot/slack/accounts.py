"""By whom the bot speaks to a workspace: by the one token that it was given, or by each one's own.

OnlyGateway, Identity and Account are those of the one token: they cost nothing. Those of many workspaces: see
installations.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from bot.errors import SlackRefusedError
from bot.slack.gateway import Gateway, Identity, Responded


class NotInstalledError(SlackRefusedError):
    """The workspace does not have the bot, or not any more: there is no token to ask Slack with."""

    def __init__(self, workspace_id: str) -> None:
        super().__init__(f"the token of {workspace_id}", "account_inactive")


class Gateways(Protocol):
    """Safe to use from many threads."""

    def of(self, workspace_id: str) -> Gateway:
        """Raises SlackRefusedError, of its kinds NotInstalledError, or SlackUnreachableError."""

    def is_served(self, workspace_id: str) -> bool:
        """Whether the workspace has the bot; True while that cannot be found out."""

    def forget(self, workspace_id: str) -> None:
        """What was known of its token may be out of date."""

    def respond(self, response_url: str, body: dict[str, Any]) -> Responded:
        """As Gateway.respond: it needs no token."""


@dataclass(frozen=True)
class OnlyGateway:
    """As Gateways: of the one workspace that there is a token of. What is for another is turned away.

    An app may be installed in others by other hands, and what Slack says of these is signed all the same.
    """

    workspace_id: str
    gateway: Gateway

    def of(self, workspace_id: str) -> Gateway:
        """Raises NotInstalledError."""
        if workspace_id != self.workspace_id:
            raise NotInstalledError(workspace_id)
        return self.gateway

    def is_served(self, workspace_id: str) -> bool:
        return workspace_id == self.workspace_id

    def forget(self, _workspace_id: str) -> None:
        """There is nothing that could be out of date."""

    def respond(self, response_url: str, body: dict[str, Any]) -> Responded:
        return self.gateway.respond(response_url, body)


class Identities(Protocol):
    def identity_of(self, workspace_id: str) -> Identity | None:
        """Who the bot is there; None where it is not."""


class Tokens(Protocol):
    """`workspace_id`: the only one that messages are sent to; None if it is all that have the bot."""

    @property
    def workspace_id(self) -> str | None: ...

    @property
    def api_url(self) -> str: ...

    def token_of(self, workspace_id: str) -> str:
        """Raises NotInstalledError, SlackUnreachableError, UnreachableError."""

    def forget(self, workspace_id: str) -> None:
        """As Gateways.forget."""


@dataclass(frozen=True)
class Account:
    """By whom, and where, messages are sent: by one token, in one workspace."""

    workspace_id: str
    token: str
    api_url: str

    def __repr__(self) -> str:
        return f"Account({self.workspace_id!r})"

    def token_of(self, _workspace_id: str) -> str:
        return self.token

    def forget(self, _workspace_id: str) -> None:
        """There is nothing that could be out of date."""


@dataclass(frozen=True)
class Access:
    """All by which a process speaks to workspaces; a worker calls `keep_tokens` now and then."""

    gateways: Gateways
    identities: Identities
    tokens: Tokens
    keep_tokens: Callable[[], None] = lambda: None
