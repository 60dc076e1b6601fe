"""The bot with the local workspace as its Slack: in this process, or in many. Every part is the real one."""

import logging
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol

from werkzeug.serving import WSGIRequestHandler, make_server

from bot.local.manifest import read_manifest
from bot.local.model import Message, View
from bot.local.people import People
from bot.local.results import Choice, Result
from bot.local.seed import JMTE, TEAM, WANJIRU, seeded_workspace
from bot.local.server import LocalServer
from bot.local.settings import LocalSettings
from bot.local.shapes import user_shape
from bot.local.workspace import Workspace
from bot.slack.accounts import Account
from bot.slack.every_kind import KINDS
from bot.slack.home_keeper import HomeKeeper
from bot.slack.outage import Outage
from bot.slack.person import person_from
from bot.slack.receiver import Receiver
from bot.slack.sender import Sender
from storage.channels import save_channels_of_person
from storage.database import Database, Tx
from storage.people import save_person
from storage.revisions import Changes
from tests.support import environment, signing
from tests.support import instances as several
from tests.support.instances import Instance, Instances
from tests.support.make import NOW, make_workspace
from tests.support.many import FollowedNow, many_processes
from tests.support.messages import (
    all_buttons,
    all_menus,
    block_named,
    require_good_message,
    require_good_view,
)
from tests.support.own_worker import OwnWorker, Works
from tests.support.readme import ROOT

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_log = logging.getLogger(__name__)

SECRET = signing.SECRET
TOKEN = signing.TOKEN
WORKSPACE = TEAM.id
PERSON = WANJIRU
MANIFEST = ROOT / "manifest.json"
CHANNEL = JMTE
"""A public channel with the person and the bot in it."""
PATIENCE_S = 60
"""For what comes in the end, however busy the machine is."""


@dataclass
class Now:
    """The time as the bot sees it, which a test can set."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at


class App(Protocol):
    """What answers: a WSGI application, of so many processes or what stands for them."""

    def __len__(self) -> int: ...

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]": ...

    def settle(self, timeout_s: float) -> bool: ...


@dataclass
class Bot:
    """The bot, called as Slack calls it, and the workspace in which people use it."""

    app: App
    works: Works
    slack: LocalServer
    database: Database
    now: Now | FollowedNow

    @property
    def people(self) -> People:
        return self.slack.people

    @property
    def homes(self) -> HomeKeeper:
        """Where there is one process, its; else that of the first."""
        return self._own.all[0].homes

    @property
    def receiver(self) -> Receiver:
        """As `homes`."""
        return self._own.all[0].receiver

    @property
    def sender(self) -> Sender:
        assert isinstance(self.works, OwnWorker), "a test of what one process has is marked one_process"
        return self.works.sender

    @property
    def _own(self) -> Instances:
        assert isinstance(self.app, Instances), "a test of what one process has is marked one_process"
        return self.app

    def send(self, body: bytes, **headers: str) -> signing.Response:
        """A signed request."""
        return signing.call(self.app, body, signing.signed(SECRET, body) | headers)

    def command(
        self,
        text: str,
        *,
        workspace: str = WORKSPACE,
        person: str = PERSON,
        channel: str = "C0NOWHERE01",
    ) -> dict[str, Any]:
        """The answer in the ack of `/project …`: checked as every message is, and for this person alone."""
        sent = signing.command_body(text, team_id=workspace, user_id=person, channel_id=channel)
        response = self.send(sent)
        assert response.status == 200
        assert response.headers["content-type"].startswith("application/json")
        body: dict[str, Any] = response.json
        assert body["response_type"] == "ephemeral"
        require_good_message(body)
        return body

    def click(self, payload: dict[str, Any]) -> signing.Response:
        """A click that no button of this workspace made."""
        return self.send(signing.interaction_body(payload))

    def be_met(self, *, person: str = PERSON) -> None:
        """Whoever asks is known to each process from now on: it is read anew after a while alone."""
        for _ in range(len(self.app)):
            self.command("help", person=person)

    def type_command(self, text: str, *, person: str = PERSON, channel: str = CHANNEL) -> Message:
        """`/project …` typed into the workspace; the answer as it appears there."""
        result = self.people.run_command(person, channel, f"/project {text}".rstrip())
        assert result.ok, result.sentence
        return self.last_message(channel, person)

    def press(self, message: Message, label: str, *, person: str = PERSON) -> Result:
        """Press the first button with this label, as its owner's hand would."""
        shown = {"blocks": message.blocks}
        button = next(each for each in all_buttons(shown) if each["text"]["text"] == label)
        return self.people.press(person, message.channel_id, message.ts, button["action_id"])

    def tick(self, **later: float) -> None:
        """Time passes; then every job runs once, and what they promised is sent."""
        self.now.at += timedelta(**later)
        self.works.beat()
        self.settle()

    def settle(self) -> None:
        """Wait until all that people did has come to the bot, and all homes read as they should."""
        assert self.slack.platform.events.settle(PATIENCE_S)
        assert self.app.settle(PATIENCE_S)
        assert self.works.settle(PATIENCE_S)
        assert self.app.settle(PATIENCE_S)

    def say(
        self, text: str, *, person: str = PERSON, channel: str = CHANNEL, thread_ts: str | None = None
    ) -> str:
        """What a person says in the workspace, which the bot has heard when this returns; its timestamp."""
        result = self.people.say(person, channel, text, thread_ts)
        assert result.ok, result.sentence
        self.settle()
        return result.ts or ""

    def direct(self, person: str = PERSON) -> str:
        """The channel of a person's direct messages with the bot."""
        return self.people.open_direct_message(person).channel_id or ""

    def open_home(self, person: str = PERSON) -> View:
        """A person looks at the bot's home tab; what stands there then, checked."""
        self.people.open_home(person)
        self.settle()
        return self.home(person)

    def home(self, person: str = PERSON) -> View:
        """What stands in a person's home tab now."""
        self.settle()
        with self.slack.workspace.lock:
            view = self.slack.workspace.home_view(person)
            assert view is not None
            copied = replace(view)
        require_good_view(copied.body)
        return copied

    def press_at_home(self, label: str, *, person: str = PERSON, of: str = "") -> None:
        """The first button there with this label, and `of` in what is read aloud for it."""
        view = self.home(person)
        button = next(
            each
            for each in all_buttons(view.body)
            if each["text"]["text"] == label and of in each.get("accessibility_label", "")
        )
        result = self.people.press_in_view(person, view.id, button["action_id"])
        assert result.ok, result.sentence
        self.settle()

    def choose(self, message: Message, label: str, *, number: int = 1, person: str = PERSON) -> Result:
        """Choose from the menu of the outcome with this number on a card."""
        menu = all_menus({"blocks": message.blocks})[number - 1]
        value = next(each["value"] for each in menu["options"] if each["text"]["text"] == label)
        return self.people.press(person, message.channel_id, message.ts, menu["action_id"], choice=value)

    def view(self, person: str = PERSON) -> View:
        """The modal on top of the person's screen."""
        workspace = self.slack.workspace
        return workspace.views[workspace.modals[person][-1]]

    def has_view(self, person: str = PERSON) -> bool:
        return bool(self.slack.workspace.modals.get(person))

    def fill(self, person: str = PERSON, **answers: Choice) -> Result:
        """Submit the modal on top with these answers; fields by name, whatever came back how often."""
        view = self.view(person)
        return self.people.submit_view(person, view.id, self._answers(view, answers))

    def press_in_view(self, label: str, *, person: str = PERSON, **answers: Choice) -> Result:
        """Press the first button with this label in the modal on top, with these answers filled in."""
        view = self.view(person)
        button = next(each for each in all_buttons(view.body) if each["text"]["text"] == label)
        filled = self._answers(view, answers)
        return self.people.press_in_view(person, view.id, button["action_id"], answers=filled)

    def choose_in_view(self, name: str, choice: str, *, person: str = PERSON, **answers: Choice) -> Result:
        """Choose in a menu of the modal on top that changes it at once."""
        view = self.view(person)
        block_id = block_named(view.body, name)["block_id"]
        filled = self._answers(view, answers)
        return self.people.press_in_view(person, view.id, name, block_id, choice, filled)

    def suggest(self, name: str, typed: str = "", *, person: str = PERSON) -> list[Any]:
        """What a menu of the modal on top offers for what is typed."""
        view = self.view(person)
        result = self.people.suggest(person, view.id, name, block_named(view.body, name)["block_id"], typed)
        assert result.ok, result.sentence
        return list(result.options)

    def held(self, name: str, person: str = PERSON) -> Any:
        """What a field of the modal on top holds: a text, a value, or several."""
        view = self.view(person)
        (state,) = view.values[block_named(view.body, name)["block_id"]].values()
        (found,) = (value for key, value in state.items() if key != "type")
        return found["value"] if isinstance(found, dict) else found

    @staticmethod
    def _answers(view: View, answers: Mapping[str, Choice]) -> dict[str, dict[str, Choice]]:
        found = {}
        for name, choice in answers.items():
            block = block_named(view.body, name)
            found[block["block_id"]] = {block["element"]["action_id"]: choice}
        return found

    def seen(self, channel: str = CHANNEL, person: str = PERSON) -> list[Message]:
        """The bot's messages there, as far as this person sees them; each is checked."""
        found = self.slack.workspace.messages_for(person, channel)
        # Copies: an answer may later stand in the place of a question.
        mine = [replace(message) for message in found if message.bot_id and not message.subtype]
        for message in mine:
            require_good_message({"text": message.text, "blocks": message.blocks or []})
        return mine

    def last_message(self, channel: str = CHANNEL, person: str = PERSON) -> Message:
        return self.seen(channel, person)[-1]

    def calls_in(self) -> list[str]:
        """What the bot has called in Slack, by name."""
        with self.slack.workspace.lock:
            return [call.name for call in self.slack.workspace.calls if call.direction == "in"]


class _QuietHandler(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def _meet_all(tx: Tx, workspace: Workspace) -> None:
    for user in workspace.users.values():
        person = person_from(WORKSPACE, user_shape(workspace, user), NOW)
        assert person is not None
        save_person(tx, WORKSPACE, person)
        is_in = [id_ for id_, channel in workspace.channels.items() if user.id in channel.members]
        if person.is_guest:
            save_channels_of_person(tx, WORKSPACE, user.id, is_in)


@contextmanager
def running_bot(
    database: Database,
    *,
    has_met_all: bool = True,
    scopes: tuple[str, ...] | None = None,
    processes: int | None = None,
    is_many: bool | None = None,
) -> Iterator[Bot]:
    """The bot on this database, with its clock at NOW; Slack's clock, which signs, runs as ever.

    `has_met_all`: it knows everybody already, as after a day of use. `scopes`: those that Slack has granted,
    else all that the manifest asks for. `processes`: so many instances in this process. `is_many`: three real
    processes of each kind. Where neither matters, it is as the environment says.
    """
    holder: list[WSGIApplication] = []
    with (
        _served(holder) as address,
        LocalServer(seeded_workspace(), _local_settings(address, scopes)) as slack,
    ):
        with database.write() as tx:
            make_workspace(tx, WORKSPACE, TEAM.name)
            if has_met_all:
                _meet_all(tx, slack.workspace)
        begun = (
            _many_processes(slack, database)
            if is_many or (is_many is None and processes is None and environment.is_many())
            else _this_process(slack, database, processes or environment.processes())
        )
        with begun as bot:
            holder.append(bot.app)
            yield bot


@contextmanager
def _served(holder: "list[WSGIApplication]") -> Iterator[str]:
    """Where Slack's requests go: to what is in the list, once it is."""

    def late(environ: "WSGIEnvironment", start_response: "StartResponse") -> Any:
        return holder[0](environ, start_response)

    server = make_server("127.0.0.1", 0, late, threaded=True, request_handler=_QuietHandler)
    serving = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.port}{signing.PATH}"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def _local_settings(request_url: str, scopes: tuple[str, ...] | None) -> LocalSettings:
    announced = read_manifest(MANIFEST)
    return LocalSettings(
        signing_secret=SECRET,
        bot_token=TOKEN,
        request_url=request_url,
        event_subscriptions=announced.event_subscriptions,
        scopes=announced.scopes if scopes is None else scopes,
        shortcuts=announced.shortcuts,
        app_home=announced.app_home,
    )


@contextmanager
def _many_processes(slack: LocalServer, database: Database) -> Iterator[Bot]:
    with (
        TemporaryDirectory(prefix="waymark-many-") as folder,
        many_processes(Path(folder), slack, database, NOW) as every,
    ):
        yield Bot(every, every, slack, database, every.now)


@contextmanager
def _this_process(slack: LocalServer, database: Database, processes: int) -> Iterator[Bot]:
    now = Now()
    first: list[Instance] = []

    def changed(workspace_id: str, changes: Changes) -> None:
        # As by a worker in the same process.
        first[0].changed(workspace_id, changes)

    # The bot's clock stands still, so no message would ever come a second after another.
    sender = Sender(
        database,
        Account(WORKSPACE, TOKEN, slack.api_url),
        KINDS,
        now,
        Outage(_log, "The database"),
        pace=timedelta(),
        changed=changed,
    )
    ours = several.Ours(WORKSPACE, TOKEN, SECRET, slack.api_url)
    with several.instances(processes, database, ours, now, sender.wake) as app:
        first.append(app.all[0])
        try:
            yield Bot(app, OwnWorker(app, sender, now), slack, database, now)
        finally:
            sender.stop()
