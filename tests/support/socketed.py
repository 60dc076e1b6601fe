"""The bot over Socket Mode: real WebSockets to the local workspace, and a clock that can be moved ahead."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot import clock
from bot.errors_socket_mode import SocketModeError
from bot.local.server import LocalServer
from bot.local.sockets import Sockets
from bot.slack.accounts import Account
from bot.slack.socket_mode.client import Receive, SocketMode

_MOVES = 200
_BETWEEN_MOVES_S = 0.05


@dataclass
class Steady:
    """The machine's seconds, and as many more as a test wants."""

    ahead_s: float = 0.0

    def __call__(self) -> float:
        return clock.steady() + self.ahead_s


@dataclass
class Socketed:
    """A process's Socket Mode, with the workspace that it is connected to."""

    client: SocketMode
    sockets: Sockets
    steady: Steady
    ends: list[SocketModeError] = field(default_factory=list)

    def opens(self, count: int) -> bool:
        """Whether so many connections have been opened since the workspace began, and one is there."""
        return self.sockets.wait_for(lambda: self.sockets.opened >= count and self.sockets.count() > 0)

    def passes(self, seconds: float) -> None:
        """Time passes for the client, and it looks at its connections."""
        self.steady.ahead_s += seconds
        self.client.look()

    def passes_until_opened(self, count: int) -> bool:
        """Half a minute after the other; what was still on its way at the first is heard no more then."""
        for _ in range(_MOVES):
            self.passes(30)
            if self.sockets.wait_for(lambda: self.sockets.opened >= count, _BETWEEN_MOVES_S):
                return True
        return False

    def passes_until_ended(self) -> SocketModeError:
        """Half a minute after the other, until the client has given up; why."""
        for _ in range(_MOVES):
            self.passes(30)
            if self.sockets.wait_for(lambda: bool(self.ends), _BETWEEN_MOVES_S):
                return self.ends[0]
        raise AssertionError("it has not given up")


@contextmanager
def socketed(slack: LocalServer, receive: Receive, token: str = "") -> Iterator[Socketed]:
    """Connected, or on its way to be: `opens` waits for that."""
    sockets = slack.platform.sockets
    steady, ends = Steady(), list[SocketModeError]()
    account = Account(slack.workspace.team.id, token or slack.settings.app_token, slack.api_url)
    client = SocketMode(account, receive, steady, ended=ends.append)
    client.start()
    try:
        yield Socketed(client, sockets, steady, ends)
    finally:
        client.stop()
