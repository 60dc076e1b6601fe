"""A workspace together with the machinery around it that is Slack."""

import threading
from dataclasses import dataclass

from bot.local.events import Events
from bot.local.model import File
from bot.local.outgoing import Answer
from bot.local.parcels import OverHttp, Parcel
from bot.local.response_urls import ResponseUrls
from bot.local.settings import LocalSettings
from bot.local.sockets import Sockets
from bot.local.suggested import Suggestions
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

    def __init__(self, workspace: Workspace, settings: LocalSettings) -> None:
        self.workspace = workspace
        self.settings = settings
        self.unkindness = Unkindness()
        self.triggers = Triggers(workspace.clock)
        self.response_urls = ResponseUrls(workspace.clock)
        self.sockets = Sockets(settings, workspace.bot.app_id)
        self._http = OverHttp(settings, workspace.clock)
        self.events = Events(workspace, settings, self.unkindness, self.send)
        self.uploads: dict[str, Upload] = {}
        self.suggestions = Suggestions()
        self.closing = threading.Event()
        """Set when the server stops: whoever waits for something should not wait any longer."""

    def send(self, parcel: Parcel) -> Answer:
        """Bring it to the app, by the way that its settings say."""
        return (self.sockets if self.sockets.is_enabled else self._http).send(parcel)
