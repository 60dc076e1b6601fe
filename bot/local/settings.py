"""What the local workspace is told by whoever starts it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SlashCommand:
    """One of the app's slash commands, as its manifest lists it. `name` includes the slash.

    With `should_escape` the app gets mentions and addresses in Slack's notation, otherwise as typed.
    """

    name: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = True


@dataclass(frozen=True)
class Shortcut:
    """One of the app's shortcuts. `kind` is "global" or "message"."""

    callback_id: str
    name: str
    description: str = ""
    kind: str = "global"


@dataclass(frozen=True, kw_only=True)
class AppHome:
    """Which tabs the app has in its own place. In a read-only one people cannot write to the app."""

    home: bool = True
    messages: bool = True
    read_only: bool = False


@dataclass(frozen=True, kw_only=True)
class LocalOAuth:
    """How people install the app by themselves. With `rotates` its tokens end after twelve hours.

    No workspace has the app until somebody has installed it there.
    """

    client_id: str
    client_secret: str
    redirect_urls: tuple[str, ...]
    scopes: tuple[str, ...]
    rotates: bool = False

    def __repr__(self) -> str:
        return f"LocalOAuth({self.client_id!r})"


@dataclass(frozen=True, kw_only=True)
class LocalSettings:
    """The app's side (its secret, token, request URL, what its manifest says) and where to listen.

    `request_url` is where commands, interactions and events go. `event_subscriptions` names the events
    as a manifest does ("message.channels", "app_mention"): Slack sends no other. `scopes`: what the token may
    do, as the manifest asks for it; None for those of `oauth`, else for all that there is. With `socket_mode`
    all goes to the connections that the app opens with its `app_token`, and nothing to `request_url`; each of
    these connections is renewed after `connection_seconds`. The app has `ack_seconds` to answer in, and a
    trigger id is good for `trigger_seconds`.
    """

    signing_secret: str
    bot_token: str
    request_url: str
    app_token: str = "xapp-local-waymark"  # noqa: S105  for a workspace that is on this machine alone
    socket_mode: bool = False
    connection_seconds: float = 3600.0
    host: str = "127.0.0.1"
    port: int = 0
    state_file: Path | None = None
    event_subscriptions: tuple[str, ...] = ()
    scopes: tuple[str, ...] | None = None
    commands: tuple[SlashCommand, ...] = (SlashCommand("/project"),)
    shortcuts: tuple[Shortcut, ...] = ()
    app_home: AppHome = AppHome()
    oauth: LocalOAuth | None = None
    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    verification_token: str = "local-verification-token"  # noqa: S105  Slack still sends one; nobody checks it
