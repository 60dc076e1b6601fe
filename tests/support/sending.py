"""The sender on a database, with the local workspace as its Slack; both go by the workspace's clock."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select, update

from bot.local import messages
from bot.local.clock import LocalClock
from bot.local.model import Message as Posted
from bot.local.seed import JMTE, TEAM, seeded_workspace
from bot.local.server import LocalServer
from bot.local.settings import LocalSettings
from bot.local.unkind import Rule
from bot.slack.accounts import Account
from bot.slack.effects import Message
from bot.slack.kinds import Drawn, Kind, Kinds, Ready
from bot.slack.metadata import EVENT_TYPE
from bot.slack.outage import Outage
from bot.slack.sender import Sender
from storage.check_in_tables import deliveries
from storage.check_ins import PROMPT, CheckIn, change_check_in, find_check_in
from storage.database import Database, Tx
from storage.deliveries import Delivery, promise_delivery, renew_delivery, withdraw_delivery
from storage.openings import Opening, open_check_in
from storage.projects import get_project
from storage.tables import projects
from tests.support.bot import PATIENCE_S, SECRET, TOKEN
from tests.support.make import make_project, make_workspace

WORKSPACE = TEAM.id
_log = logging.getLogger(__name__)


def draw_prompt(tx: Tx, delivery: Delivery, _now: datetime) -> Drawn:
    """As little as a prompt needs, drawn from the record."""
    project = get_project(tx, delivery.workspace_id, delivery.project_id or 0)
    return Ready(Message(f"How is {project.name}?", []))


def prompt_sent(tx: Tx, delivery: Delivery, posted_in: str, message_ts: str, _now: datetime) -> None:
    if delivery.check_in_id is not None:
        change_check_in(
            tx, delivery.workspace_id, delivery.check_in_id, channel_id=posted_in, message_ts=message_ts
        )


PROMPTS: Kinds = {PROMPT: Kind(draw_prompt, prompt_sent)}


def key_of(message: Posted) -> str:
    """The key of its delivery; empty for what was said otherwise."""
    metadata = message.metadata or {}
    return str(metadata["event_payload"]["key"]) if metadata.get("event_type") == EVENT_TYPE else ""


def prompts_in(slack: LocalServer, channel_id: str) -> list[Posted]:
    """The deliveries that stand there, oldest first."""
    with slack.workspace.lock:
        return [message for message in slack.workspace.messages.get(channel_id, ()) if key_of(message)]


@dataclass
class Post:
    """A post office: what is promised, sent, and stands in the workspace in the end."""

    slack: LocalServer
    database: Database
    sender: Sender
    project_id: int
    failures: list[tuple[str, str]] = field(default_factory=list)

    def now(self) -> datetime:
        return self.slack.workspace.clock.now()

    def promise(
        self, key: str, channel: str = JMTE, *, kind: str = PROMPT, due_in: timedelta = timedelta()
    ) -> None:
        now = self.now()
        with self.database.write() as tx:
            promise_delivery(
                tx,
                WORKSPACE,
                key,
                kind,
                channel_id=channel,
                now=now,
                project_id=self.project_id,
                due_at=now + due_in,
            )

    def open_round(self) -> CheckIn:
        """A round that is due now, whose prompt is promised."""
        now = self.now()
        opening = Opening(
            workspace_id=WORKSPACE,
            project_id=self.project_id,
            due_at=now,
            closes_at=now + timedelta(days=2),
            next_step_at=now + timedelta(days=1),
            asks=JMTE,
        )
        with self.database.write() as tx:
            id_ = open_check_in(tx, opening, now)
        return self.round(id_)

    def round(self, check_in_id: int) -> CheckIn:
        with self.database.read() as tx:
            found = find_check_in(tx, WORKSPACE, check_in_id)
        assert found is not None
        return found

    def renew(self, key: str) -> None:
        with self.database.write() as tx:
            assert renew_delivery(tx, WORKSPACE, key, self.now())

    def withdraw(self, key: str) -> None:
        with self.database.write() as tx:
            assert withdraw_delivery(tx, WORKSPACE, key, self.now())

    def settle(self) -> None:
        """Until nothing is due or on its way."""
        assert self.sender.settle(PATIENCE_S), "something is still due"

    def later(self, **by: float) -> None:
        """Time passes, and what has become due by then is done."""
        self.slack.workspace.clock.move(timedelta(**by))
        self.settle()

    def unkind(self, method: str = "chat.postMessage", **what: object) -> None:
        self.slack.platform.unkindness.add(Rule(method, **what))  # type: ignore[arg-type]  # a rule's own fields

    def standing(self, key: str) -> list[Posted]:
        """All messages that stand anywhere in the workspace for this delivery."""
        channels = list(self.slack.workspace.messages)
        return [m for channel in channels for m in prompts_in(self.slack, channel) if key_of(m) == key]

    def calls(self, *names: str) -> list[str]:
        """Which of these methods were called, in order."""
        with self.slack.workspace.lock:
            return [each.name for each in self.slack.workspace.calls if each.name in names]

    def delete(self, key: str) -> None:
        """Somebody deletes the message."""
        (message,) = self.standing(key)
        messages.remove(self.slack.platform, message)

    def archive(self, channel_id: str) -> None:
        with self.slack.workspace.changing():
            self.slack.workspace.channels[channel_id].is_archived = True

    def leave(self, channel_id: str) -> None:
        """The bot is taken out of a channel."""
        with self.slack.workspace.changing():
            channel = self.slack.workspace.channels[channel_id]
            channel.members.remove(self.slack.workspace.bot.user_id)

    def row(self, key: str) -> dict[str, object]:
        """What is written down of a delivery."""
        with self.database.read() as tx:
            found = tx.execute(select(deliveries).where(deliveries.c.key == key)).mappings().one()
        return dict(found)


def rename(database: Database, project_id: int, name: str) -> None:
    """So that its messages read differently."""
    with database.write() as tx:
        tx.execute(update(projects).where(projects.c.id == project_id).values(name=name))


@contextmanager
def running_slack(clock: LocalClock | None = None, *, port: int = 0) -> Iterator[LocalServer]:
    """The local workspace; nobody is there to get its events."""
    settings = LocalSettings(
        signing_secret=SECRET, bot_token=TOKEN, request_url="http://127.0.0.1:9/", port=port
    )
    with LocalServer(seeded_workspace(clock), settings) as slack:
        yield slack


def make_sender(
    database: Database,
    slack: LocalServer,
    kinds: Kinds,
    *,
    pace: timedelta = timedelta(),
    lease: timedelta = timedelta(minutes=1),
) -> Sender:
    """Not begun yet."""
    account = Account(WORKSPACE, TOKEN, slack.api_url)
    away = Outage(_log, "The database")
    return Sender(database, account, kinds, slack.workspace.clock.now, away, pace=pace, lease=lease)


@contextmanager
def post_office(
    database: Database, more: Kinds | None = None, *, pace: timedelta = timedelta(), port: int = 0
) -> Iterator[Post]:
    """A sender that is running. A channel takes messages as fast as they come, unless a pace is given."""
    failures: list[tuple[str, str]] = []

    def note(_tx: Tx, delivery: Delivery, because: str, _now: datetime) -> None:
        failures.append((delivery.key, because))

    kinds = {PROMPT: Kind(draw_prompt, prompt_sent, note), **(more or {})}
    with running_slack(port=port) as slack:
        with database.write() as tx:
            make_workspace(tx, WORKSPACE)
            project = make_project(tx, WORKSPACE, name="Reef")
        sender = make_sender(database, slack, kinds, pace=pace)
        sender.start()
        try:
            yield Post(slack, database, sender, project.id, failures)
        finally:
            sender.stop()
