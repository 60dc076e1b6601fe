"""Sixty-four connections with everything that Slack sends, mixed: what a process answers, and what it keeps.

Commands, clicks, forms and events, some of which change something, over many projects; each request is
another one, signed anew. What the bot answers elsewhere than in the answer itself goes to the stand-in for
Slack.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from statistics import median, quantiles

from sqlalchemy import func, insert, select, update

from bot import clock
from bot.services.revising import digest
from bot.slack.memos import Doing, Memo, Wanted
from bot.slack.queries import Query
from storage.check_in_tables import deliveries
from storage.database import Database
from storage.openings import Opening, open_check_ins
from storage.slack_tables import channels
from storage.tables import status_updates
from tests.bench import apps, servers
from tests.bench.calls import choose, click, command, event, press, submit, suggest
from tests.bench.filling import WORKSPACE, fill
from tests.bench.load import NUMBER, Call, Generator, Round, Timings
from tests.bench.report import Goal
from tests.bench.servers import EXCUSES, Server, serve
from tests.bench.words import COMMON

CONNECTIONS = 64
_PROJECTS = 1_000
_USED = 300
"""Projects that are spoken of; more than the bot keeps answers of (bot/slack/answers.py)."""
_OUTCOMES = 6
_ARCHIVED_EVERY = 20
_CHANNEL = "C0BENCH"
_BOLT = ["-m", "tests.bench.apps", "bolt", "{port}", "{api_url}"]
_BOT = ["-m", "bot", "web", "--port", "{port}"]
_WARM_S = 3.0
_GROWS_AT_MOST = 1.25


@dataclass(frozen=True)
class Loaded:
    """What one contender came to. `lost`: updates that were accepted and are not in the database.

    Less than none: some are there twice.
    """

    name: str
    requests_s: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float
    mistakes: tuple[str, ...]
    lost: int
    start_mb: float
    end_mb: float

    def line(self, width: int) -> str:
        speed = f"{self.requests_s:10,.0f}  {self.p50_ms:7.1f}  {self.p99_ms:7.1f}  {self.cpu_ms:7.3f}"
        rest = f"{len(self.mistakes):6}  {self.lost:4}  {self.start_mb:8.0f}  {self.end_mb:6.0f}"
        return f"{self.name:{width}}  {speed}  {rest}"


@dataclass(frozen=True)
class LoadReport:
    """One database: the bot in one process, or in several, beside a bare Bolt app in the same run."""

    database: str
    seconds: float
    loaded: tuple[Loaded, ...]
    goals: tuple[Goal, ...]

    def lines(self) -> list[str]:
        width = max(len(each.name) for each in self.loaded)
        columns = "requests/s   p50 ms   p99 ms   CPU ms  errors  lost  MB first    last"
        lines = [
            f"{self.database}: {CONNECTIONS} connections, all kinds of requests, {self.seconds:.0f} s each",
            f"{'':{width}}  {columns}",
            *(each.line(width) for each in self.loaded),
            *(f"  {mistake}" for each in self.loaded for mistake in each.mistakes[:3]),
            "",
        ]
        width = max(len(each.what) for each in self.goals)
        return [*lines, *(goal.line(width) for goal in self.goals)]


def run_load(
    title: str, new_database: Callable[[], str], processes: tuple[int, ...], load: Generator, seconds: float
) -> LoadReport:
    """A bare Bolt app, and the bot in so many processes; each on a database of its own."""
    with servers.slack() as slack_url:
        with serve(_BOLT, slack_url, "", command("help")) as server:
            asked = (command("show jmte"),)
            found = [_measured("bare Bolt, commands alone", server, asked, load, seconds=seconds / 4)]
        for count in processes:
            address = new_database()
            names = fill(address, _PROJECTS)
            add_rounds(address)
            arguments = [*_BOT, *(["--workers", str(count)] if count > 1 else [])]
            with serve(arguments, slack_url, address, command("help")) as server:
                name = f"bot, {count} process{'es' if count > 1 else ''}"
                calls = tuple(mixed(names, slack_url))
                found.append(_measured(name, server, calls, load, seconds=seconds, address=address))
    return LoadReport(title, seconds, tuple(found), tuple(_goals(found)))


def _measured(
    name: str,
    server: Server,
    calls: tuple[Call, ...],
    load: Generator,
    *,
    seconds: float,
    address: str | None = None,
) -> Loaded:
    servers.said_wrong.clear()
    # What it keeps at first is no leak: connections, answers, who people are.
    warm = _round(server, calls, load, _WARM_S, 0)
    first_mb, first_cpu = server.memory_mb(), server.cpu_s()
    print(f"{name} ...", file=sys.stderr)
    before = _count_updates(address)
    done = _round(server, calls, load, seconds, len(warm.latencies) + CONNECTIONS)
    cpu = server.cpu_s() - first_cpu
    return Loaded(
        name,
        requests_s=len(done.latencies) / done.elapsed,
        p50_ms=median(done.latencies) * 1000,
        p99_ms=quantiles(done.latencies, n=100)[98] * 1000,
        cpu_ms=cpu / len(done.latencies) * 1000,
        mistakes=(*done.mistakes, *servers.said_wrong),
        lost=before + done.updates - _count_updates(address) if address else 0,
        start_mb=first_mb,
        end_mb=server.memory_mb(),
    )


def _round(server: Server, calls: tuple[Call, ...], load: Generator, seconds: float, numbers: int) -> Timings:
    return load.run(
        Round(
            port=server.port,
            secret=apps.SECRET,
            calls=calls,
            connections=CONNECTIONS,
            seconds=seconds,
            numbers=numbers,
            wrong=EXCUSES,
        )
    )


def _count_updates(address: str | None) -> int:
    if address is None:
        return 0
    with closing(Database(address)) as database, database.read() as tx:
        return int(tx.execute(select(func.count()).select_from(status_updates)).scalar_one())


def add_rounds(address: str) -> None:
    """A check-in of each project that is spoken of, whose prompt stands in its channel."""
    now = clock.now()
    with closing(Database(address)) as database, database.write() as tx:
        openings = [
            Opening(
                WORKSPACE,
                id_,
                now,
                now.replace(year=now.year + 1),
                now.replace(year=now.year + 1),
                f"C{id_:06}",
            )
            for id_ in _used()
        ]
        open_check_ins(tx, openings, now)
        for id_ in _used():
            placed = {"posted_in": f"C{id_:06}", "message_ts": f"1777800000.{id_:06}", "sent_at": now}
            tx.execute(update(deliveries).where(deliveries.c.project_id == id_).values(due_at=None, **placed))
        general = {"workspace_id": WORKSPACE, "id": _CHANNEL, "is_private": False, "refreshed_at": now}
        tx.execute(insert(channels).values(general))


def _used() -> list[int]:
    return [id_ for id_ in range(1, _USED + 1) if id_ % _ARCHIVED_EVERY]


def mixed(names: list[str], slack_url: str) -> Iterator[Call]:
    """For each project that is spoken of: eleven that read, five that change something, and a home."""
    for id_ in _used():
        name = names[id_ - 1]
        slug = name.lower().replace(" ", "-")
        card, outcome_id = Query(name="show", project_id=id_), id_ * _OUTCOMES
        memo = Memo(
            project_id=id_,
            outcome_id=outcome_id,
            seen={"note": digest("")},
            channel_id=_CHANNEL,
            response_url=f"{slack_url}/actions/{WORKSPACE}/1/3",
        )
        yield command(f"show {name}")
        yield click(card, slack_url)
        yield command(f"update {slug} 1 on track: word {NUMBER}", updates=1)
        yield event("app_mention", channel=_CHANNEL, text=f"<@U0BOT> show {name}")
        yield submit("outcome", memo, {"note": f"typed {NUMBER}"}, updates=1)
        yield command(f"show {name}")
        yield press(
            "form:1", Wanted(form="outcome", project_id=id_, outcome_id=outcome_id).encode(), slack_url
        )
        yield command("list")
        yield choose(
            "outcome:1", Doing(do="still", id=outcome_id + 1, card=card).encode(), slack_url, updates=1
        )
        yield event(
            "message",
            channel=f"C{id_:06}",
            channel_type="channel",
            text=f"2 at risk: said {NUMBER}",
            thread_ts=f"1777800000.{id_:06}",
            updates=1,
        )
        yield suggest("project_id", slug[:5])
        yield command(f"search {COMMON} {name.split()[0]}")
        yield event("message", channel="D0BENCH", channel_type="im", text=f"show {slug}")
        yield event(
            "message", channel="D0BENCH", channel_type="im", text=f"update {slug} 3 done: {NUMBER}", updates=1
        )
        yield event("message", channel=_CHANNEL, channel_type="channel", text="Hello", thread_ts="1777.1")
        yield event("app_home_opened", channel="D0BENCH", tab="home")
        yield command("list mine")


def _goals(found: list[Loaded]) -> Iterator[Goal]:
    for each in found[1:]:
        yield Goal(f"{each.name}: errors", len(each.mistakes), 0)
        yield Goal(f"{each.name}: updates lost or double", abs(each.lost), 0)
        yield Goal(
            f"{each.name}: memory at the end, beside the start", each.end_mb / each.start_mb, _GROWS_AT_MOST
        )
        yield Goal(
            f"{each.name}: p99 in ms, beside the 3 s that Slack waits", each.p99_ms, 3_000, decides=False
        )
        bolt = found[0].cpu_ms
        yield Goal(f"{each.name}: CPU of a request, beside bare Bolt", each.cpu_ms / bolt, 5, decides=False)
