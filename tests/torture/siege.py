"""The siege: three `web` and three `worker` processes on PostgreSQL, a crowd, and deaths; then the count.

One process of each kind is killed every second while people use the bot and check-ins are due. Afterwards all
that was accepted must stand in the database once, and all that was promised in Slack once, and as it should
read by then.
"""

import random
import secrets
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bot.local.manifest import read_manifest
from bot.local.model import Channel
from bot.local.seed import seeded_workspace
from bot.local.server import LocalServer
from bot.local.settings import LocalSettings
from storage.database import Database
from storage.migrate import migrate
from tests.support import signing
from tests.support.bot import MANIFEST, SECRET, TOKEN
from tests.support.product import bot_environment
from tests.torture import counting
from tests.torture.counting import Counted
from tests.torture.crowd import PEOPLE, Person, busy_crowd
from tests.torture.fleet import Fleet, Kind, running_fleet
from tests.torture.front import Front
from tests.torture.records import CHANNEL, CROWD, add_records

SLACKS_PATIENCE_S = 3.0
_LEASE_S = 6
"""So that what a dead worker had begun is gone on with in seconds. A call may take a quarter of it."""
_ANSWER_WITHIN_S = 15.0
"""Longer than Slack waits: how long an answer took is reported, since it is the machine's affair as well."""


@dataclass(frozen=True)
class Siege:
    """`deaths` of each kind, a second after the other. `rounds` and `due`: check-ins that end, and begin."""

    deaths: int = 60
    each: int = 3
    rounds: int = 120
    due: int = 120
    within_s: float = 600
    seed: int = 0

    @classmethod
    def by_chance(cls, **given: float) -> "Siege":
        return cls(seed=secrets.randbelow(1_000_000), **given)  # type: ignore[arg-type]  # its own fields


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    seed: int
    took_s: float
    deaths: Mapping[Kind, int]
    people: list[Person]
    front: Front
    counted: Counted
    faults: list[str]
    output: str

    def require_good(self) -> None:
        """All of what the module says."""
        where = f"seed {self.seed}"
        assert not self.faults, f"{where}: {self.faults[0]}"
        alive = [life for life in self.front.taken.unanswered if not life.is_killed]
        assert not alive, f"{where}: {len(alive)} requests were not answered by a process that lived"
        assert self.front.taken.nobody_there == 0, f"{where}: {self.front.taken.nobody_there} found nobody"
        wrong = self.counted.wrong()
        assert not wrong, f"{where}: {wrong}"

    def lines(self) -> list[str]:
        """The figures."""
        taken, acts = self.front.taken, sum((person.said.acts for person in self.people), Counter[str]())
        slow = sum(each > SLACKS_PATIENCE_S for each in taken.seconds)
        said = [person.said for person in self.people]
        kept, lost, refused = (sum(len(getattr(s, n)) for s in said) for n in ("kept", "lost", "refused"))
        p99 = quantiles(taken.seconds, n=100)[98]
        killed, done = (_listed(each) for each in (self.deaths, acts))
        return [
            f"{self.took_s:.0f} s; killed: {killed}, and {len(taken.unanswered)} requests with them",
            f"{len(taken.seconds):,} answered, {_listed(Counter(taken.statuses))}",
            f"p50 {median(taken.seconds) * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms, {slow} after more than 3 s",
            f"what people did: {done}",
            f"their updates: {kept:,} kept, {lost} unanswered, {refused} refused",
            *self.counted.lines(),
        ]


def _listed(counts: Mapping[Any, int]) -> str:
    return ", ".join(f"{count:,} {what}" for what, count in counts.items())


def run(plan: Siege, database_url: str) -> Outcome:
    """Until all have died that are to, and all that was promised is done, or the time is over."""
    began, chance = time.monotonic(), random.Random(plan.seed)
    with (
        closing(Database(database_url)) as database,
        tempfile.TemporaryDirectory(prefix="waymark-") as folder,
        Front() as front,
        _slack(front) as slack,
    ):
        migrate(database)
        channels, lasts = _make_channels(slack, plan), timedelta(seconds=plan.deaths)
        people = [Person(slack, PEOPLE[n], CROWD.format(n), f"crowd-{n}") for n in range(len(PEOPLE))]
        environment = bot_environment(slack, database_url, DELIVERY_LEASE_S=str(_LEASE_S))
        with running_fleet(plan.each, Path(folder), environment) as fleet:
            front.backends = fleet.web
            fleet.wait_until_ready(plan.within_s)
            add_records(database, channels, rounds=plan.rounds, due=plan.due, lasts=lasts)
            with busy_crowd(people):
                _besiege(fleet, plan, chance)
            faults = [*(fault for person in people for fault in person.faults), *fleet.faults]
            if not faults:
                _wait_for_rest(slack, database, plan, began + plan.within_s)
            faults = [*faults, *fleet.faults]
            counted = counting.count(database, slack, people, rounds=plan.rounds, due=plan.due)
    return Outcome(
        plan.seed, time.monotonic() - began, fleet.kills, people, front, counted, faults, fleet.output
    )


def _besiege(fleet: Fleet, plan: Siege, chance: random.Random) -> None:
    """One of each kind dies every second."""
    pause, next_at = threading.Event(), time.monotonic()
    for _ in range(plan.deaths):
        next_at += 1
        pause.wait(max(0.0, next_at - time.monotonic()))
        if fleet.faults:
            return
        fleet.kill_one_of_each(chance)


def _wait_for_rest(slack: LocalServer, database: Database, plan: Siege, until: float) -> None:
    """Slack's later tries of events, and what is promised."""
    events, pause = slack.platform.events, threading.Event()
    for later in (timedelta(), timedelta(minutes=1), timedelta(minutes=5)):
        slack.workspace.clock.move(later)
        events.settle(max(1.0, until - time.monotonic()))
    while time.monotonic() < until and not counting.is_all_done(database, plan.rounds, plan.due):
        pause.wait(0.2)


@contextmanager
def _slack(front: Front) -> Iterator[LocalServer]:
    announced = read_manifest(MANIFEST)
    settings = LocalSettings(
        signing_secret=SECRET,
        bot_token=TOKEN,
        request_url=f"{front.url}{signing.PATH}",
        event_subscriptions=announced.event_subscriptions,
        shortcuts=announced.shortcuts,
        app_home=announced.app_home,
        ack_seconds=_ANSWER_WITHIN_S,
    )
    with LocalServer(seeded_workspace(), settings) as slack:
        yield slack


def _make_channels(slack: LocalServer, plan: Siege) -> list[str]:
    """One for each of the crowd, and some for check-ins, with the bot in each; the latter's ids."""
    bot = slack.workspace.bot.user_id
    shared = [CHANNEL.format(n) for n in range(max(4, (plan.rounds + plan.due) // 8))]
    made = [Channel(id_, id_.lower(), members=[bot]) for id_ in shared]
    made += [Channel(CROWD.format(n), f"crowd-{n}", members=[bot, person]) for n, person in enumerate(PEOPLE)]
    with slack.workspace.changing():
        slack.workspace.channels.update({channel.id: channel for channel in made})
    return shared
