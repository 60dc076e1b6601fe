"""A workspace together with the machinery around it that is Slack."""

import threading
from dataclasses import dataclass

from bot.local.events import Events
from bot.local.grants import Grants
from bot.local.model import File
from bot.local.outgoing import Answer
from bot.local.parcels import OverHttp, Parcel
from bot.local.response_urls import ResponseUrls
from bot.local.settings import LocalSettings
from bot.local.sockets import Sockets
from bot.local.suggested import Suggestions
from bot.local.tokens import Tokens
from bot.local.triggers import Triggers
from bot.local.unkind import Unkindness
from bot.local.workspace import Workspace


@dataclass
class Upload:
    """A file on its way: first a name and a size, then its bytes, and only then a file."""

    secret: str
    file: File
    received: bool = False


class Platform:
    """What every part needs: the state, what the app is, and the registers of things handed out."""

    def __init__(
        self, workspace: Workspace, settings: LocalSettings, first: "Platform | None" = None
    ) -> None:
        """`first`: that of the workspace which was there before, of several with the same app."""
        self.workspace = workspace
        self.settings = settings
        self.tokens = Tokens(workspace.clock, settings.bot_token)
        self.grants: Grants = first.grants if first else Grants()
        self.neighbours: list[Platform] = first.neighbours if first else []
        """All workspaces with the same app, this one among them."""
        self.neighbours.append(self)
        if settings.oauth is not None:
            workspace.installed = False
        self.unkindness = Unkindness()
        self.triggers = Triggers(workspace.clock, settings.trigger_seconds)
        self.response_urls = ResponseUrls(workspace.clock)
        self.sockets: Sockets = first.sockets if first else Sockets(settings, workspace.bot.app_id)
        self._http = OverHttp(settings, workspace.clock)
        self.events = Events(workspace, settings, self.unkindness, self.send)
        self.uploads: dict[str, Upload] = first.uploads if first else {}
        self.suggestions = Suggestions()
        self.closing = threading.Event()
        """Set when the server stops: whoever waits for something should not wait any longer."""

    def send(self, parcel: Parcel) -> Answer:
        """Bring it to the app, by the way that its settings say."""
        return (self.sockets if self.sockets.is_enabled else self._http).send(parcel)
