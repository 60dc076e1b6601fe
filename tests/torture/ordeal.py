"""The ordeal: many projects due in the same minute, workers that die, a Slack that is unkind; then the count.

Fifty channels with ten projects each, and not a channel each, so that the queue of a channel is under test,
too. A channel takes a message a second: ten take ten seconds, which leaves the rest of the time for dying.
"""

import random
import secrets
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from bot import clock
from bot.local.model import Channel
from bot.local.server import LocalServer
from storage.check_in_tables import check_ins, deliveries
from storage.database import Database
from storage.migrate import migrate
from tests.support.product import bot_environment
from tests.support.rounds import add_due_projects
from tests.support.sending import WORKSPACE, key_of, prompts_in, running_slack
from tests.torture.lives import Deaths, Keeper
from tests.torture.unkind_days import UnkindDays

LEASE_S = 6
"""So that what a dead worker had begun is gone on with in seconds. A call may take a quarter of it."""


@dataclass(frozen=True)
class Plan:
    """`seed`: where chance begins. What threads do meanwhile is not a matter of chance alone."""

    workers: int
    deaths: int = 50
    projects: int = 500
    channels: int = 50
    longest_life_s: float = 0.8
    within_s: float = 300
    seed: int = 0

    @classmethod
    def by_chance(cls, workers: int, **given: float) -> "Plan":
        return cls(workers, seed=secrets.randbelow(1_000_000), **given)  # type: ignore[arg-type]  # its own fields


@dataclass(frozen=True)
class Outcome:
    """What came of it. `faults`: what a worker did that it should not have done."""

    seed: int
    took_s: float
    expected: int
    standing: Counter[str]
    unplaced: int
    deaths_while_at_work: int
    faults: list[str]

    def require_good(self) -> None:
        twice = {key: times for key, times in self.standing.items() if times > 1}
        assert not self.faults, f"seed {self.seed}: {self.faults[0]}"
        assert not twice, f"seed {self.seed}: posted twice: {twice}"
        assert len(self.standing) == self.expected, f"seed {self.seed}: {len(self.standing)} prompts stand"
        assert self.unplaced == 0, f"seed {self.seed}: {self.unplaced} rounds do not know their prompt"


def run(plan: Plan, database_url: str) -> Outcome:
    """Until every prompt stands and is written down, or the time is over."""
    began = time.monotonic()
    chance = random.Random(plan.seed)
    database = Database(database_url)
    migrate(database)
    with running_slack() as slack, tempfile.TemporaryDirectory(prefix="waymark-") as folder:
        channels = _make_channels(slack, plan.channels)
        add_due_projects(database, WORKSPACE, channels, _due_at(plan))
        deaths = Deaths(plan.deaths)
        environment = bot_environment(slack, database_url, DELIVERY_LEASE_S=str(LEASE_S))
        keepers = [
            Keeper(
                Path(folder),
                environment,
                deaths,
                random.Random(chance.random()),
                lambda: _count(slack).total(),
                plan.longest_life_s,
            )
            for _ in range(plan.workers)
        ]
        with _at_work(keepers):
            with UnkindDays(slack, random.Random(chance.random())):
                _wait(lambda: deaths.are_enough, keepers, began + plan.within_s)
            _wait(lambda: _is_done(database, plan.projects), keepers, began + plan.within_s)
        standing = _count(slack)
    unplaced = _unplaced(database)
    database.close()
    return Outcome(
        seed=plan.seed,
        took_s=time.monotonic() - began,
        expected=plan.projects,
        standing=standing,
        unplaced=unplaced,
        deaths_while_at_work=sum(stood < plan.projects for stood in deaths.standing),
        faults=[fault for keeper in keepers for fault in keeper.faults],
    )


def _make_channels(slack: LocalServer, count: int) -> list[str]:
    """With the bot in each."""
    bot = slack.workspace.bot.user_id
    made = [Channel(f"C0TORTURE{number:03}", f"torture-{number}", members=[bot]) for number in range(count)]
    with slack.workspace.changing():
        slack.workspace.channels.update({channel.id: channel for channel in made})
    return [channel.id for channel in made]


def _due_at(plan: Plan) -> list[datetime]:
    """All in one minute, and spread over it, so that there is work for as long as workers die."""
    now = clock.now()
    return [now + timedelta(minutes=1) * number / plan.projects for number in range(plan.projects)]


@contextmanager
def _at_work(keepers: list[Keeper]) -> Iterator[None]:
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        for keeper in keepers:
            keeper.end()


def _wait(is_so: Callable[[], bool], keepers: list[Keeper], until: float) -> None:
    """Until it is so, or it is too late; what is missing is counted afterwards."""
    idle = threading.Event()
    while not is_so() and time.monotonic() < until and not any(keeper.faults for keeper in keepers):
        idle.wait(0.1)


def _count(slack: LocalServer) -> Counter[str]:
    """The deliveries that stand anywhere in the workspace, by key."""
    return Counter(
        key_of(message)
        for channel_id in list(slack.workspace.channels)
        for message in prompts_in(slack, channel_id)
    )


def _is_done(database: Database, expected: int) -> bool:
    """All have been opened and sent, and it is written down."""
    done = select(func.count()).where(deliveries.c.message_ts.is_not(None), deliveries.c.due_at.is_(None))
    with database.read() as tx:
        return bool(tx.execute(done).scalar_one() >= expected)


def _unplaced(database: Database) -> int:
    """Rounds whose prompt stands elsewhere than they say, or that say nothing."""
    with database.read() as tx:
        rows = tx.execute(
            select(func.count())
            .select_from(check_ins.outerjoin(deliveries, deliveries.c.key == check_ins.c.prompt))
            .where(
                deliveries.c.message_ts.is_(None)
                | check_ins.c.message_ts.is_(None)
                | (deliveries.c.message_ts != check_ins.c.message_ts)
            )
        )
        return int(rows.scalar_one())
