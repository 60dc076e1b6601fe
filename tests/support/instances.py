"""The bot as far as it answers, once or several times, each with connections, caches and threads of its own.

With one, a test sees the bot as a small team runs it. Of several each takes a request in turn, as processes
do: so nothing may be remembered in one of them that another has changed.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, Any

from slack_sdk import WebClient

from bot import clock
from bot.app import create_receiver
from bot.slack.change_keeper import ChangeKeeper
from bot.slack.directory import Directory
from bot.slack.gateway import Gateway, Identity
from bot.slack.home_keeper import HomeKeeper
from bot.slack.meeting import Meeting
from bot.slack.receiver import Receiver
from bot.slack.router import Router
from bot.web.endpoint import SlackEndpoint
from storage.database import Database
from storage.revisions import Changes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from wsgiref.types import StartResponse, WSGIEnvironment


@dataclass(frozen=True)
class Ours:
    """Whose bot it is, and where its Slack is."""

    workspace_id: str
    token: str
    signing_secret: str
    api_url: str


@dataclass(frozen=True)
class Instance:
    """One process's bot, as far as it answers."""

    database: Database
    homes: HomeKeeper
    keeper: ChangeKeeper
    meeting: Meeting
    receiver: Receiver
    endpoint: SlackEndpoint
    workspace_id: str

    def changed(self, workspace_id: str, changes: Changes) -> None:
        """What a job of the same process has changed."""
        for follow in (self.homes.look_after, self.keeper.look_after):
            follow(workspace_id, changes)


class Instances:
    """All of them; a WSGI application that knows nothing, as a load balancer does."""

    def __init__(self, instances: "Iterable[Instance]") -> None:
        self.all = tuple(instances)
        self._turns = cycle(self.all)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Any:
        return self.next().endpoint(environ, start_response)

    def __len__(self) -> int:
        return len(self.all)

    def next(self) -> Instance:
        return next(self._turns)

    def settle(self, timeout_s: float) -> bool:
        """Wait until nothing is left to look at in any of them, so long for each; whether it came to that."""
        return all(each.keeper.settle(timeout_s) and each.homes.settle(timeout_s) for each in self.all)


@contextmanager
def instances(
    count: int, database: Database, ours: Ours, now: "Callable[[], datetime]", wake: Callable[[], None]
) -> Iterator[Instances]:
    """The first of them is on this database, the others have connections of their own to the same one."""
    identity = Gateway(WebClient(ours.token, base_url=ours.api_url)).identify()
    with ExitStack() as ended:
        made: list[Instance] = []
        for number in range(count):
            own = database
            if number:
                own = Database(database.url.render_as_string(hide_password=False))
                ended.callback(own.close)
            made.append(_instance(own, ours, identity, now, wake))
            ended.callback(made[-1].keeper.stop)
            ended.callback(made[-1].homes.stop)
        yield Instances(made)


def _instance(
    database: Database,
    ours: Ours,
    identity: Identity,
    now: "Callable[[], datetime]",
    wake: Callable[[], None],
) -> Instance:
    gateway = Gateway(WebClient(ours.token, base_url=ours.api_url))
    homes = HomeKeeper(database, gateway, now)
    keeper = ChangeKeeper(database, now, wake)
    meeting = Meeting(database, ours.workspace_id, Directory(database, gateway, now), now)
    router = Router(database, gateway, now, homes, wake, followers=(keeper.look_after,))
    receiver = create_receiver(ours.api_url, identity, router, database)
    endpoint = SlackEndpoint(receiver, ours.signing_secret, clock.now)
    return Instance(database, homes, keeper, meeting, receiver, endpoint, ours.workspace_id)
