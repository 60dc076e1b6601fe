"""What is measured on one database, and what it is compared with."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from statistics import median

from slack_sdk import WebClient

from bot import clock
from bot.slack.gateway import Gateway
from bot.slack.home_keeper import HomeKeeper
from bot.slack.queries import Query
from bot.slack.requests import CommandRequest
from bot.slack.router import Router
from bot.web.server import can_pin
from storage.database import Database
from tests.bench import servers
from tests.bench.calls import click, command
from tests.bench.filling import PERSON, SHOWN, SHOWN_NAME, WORKSPACE
from tests.bench.load import Call, Generator
from tests.bench.measure import Contender, Figures, measure
from tests.bench.report import Goal, Report, Starts
from tests.bench.servers import Server, serve
from tests.bench.words import COMMON, RARE
from tests.support.statements import recorded_statements

_BOT = ["-m", "bot", "web", "--port", "{port}"]
_FREE = [*_BOT, "--no-pin"]
_BOLT = ["-m", "tests.bench.apps", "bolt", "{port}", "{api_url}"]
_LIBRARIES = ["-m", "tests.bench.apps", "libraries", "{port}", "{api_url}"]
_BARE = ["-m", "tests.bench.apps", "bare", "{port}", "{api_url}"]
_SHOW = command(f"show {SHOWN}")
_LAST_PAGE = 100
_DEEP_SEARCH = 90
_ON_MANY = "show, of 100, --no-pin"
_VARIED = 500
"""More than the bot keeps answers of (bot/slack/answers.py)."""
_ANEW = "show, each time another"


@dataclass(frozen=True)
class Effort:
    """How long to measure."""

    rounds: int
    seconds: float
    starts: int


@dataclass(frozen=True)
class Filled:
    """A database with few projects, one with many, and the names in the latter."""

    few: str
    many: str
    names: list[str]


def run(title: str, filled: Filled, generator: Generator, effort: Effort) -> Report:
    """Everything about one database."""
    with servers.slack() as slack_url, ExitStack() as running:

        def start(command: list[str], database: str) -> Server:
            return running.enter_context(serve(command, slack_url, database, _SHOW))

        bare, bolt = start(_BARE, filled.few), start(_BOLT, filled.few)
        few, many = start(_BOT, filled.few), start(_BOT, filled.many)
        beside = list(_beside(bare, bolt, few))
        if can_pin():
            free = start(_FREE, filled.few)
            beside += [Contender(_ON_MANY, free, (_SHOW,), SHOWN_NAME, connections) for connections in (1, 8)]
        large = list(_large(many, filled, slack_url))
        measure([*beside, *large], generator, effort.rounds, effort.seconds)
    with servers.slack() as slack_url:
        starts = _starts(filled.few, slack_url, effort.starts)
    figures = [each.figures() for each in (*beside, *large)]
    return Report(title, tuple(figures), starts, tuple(_goals(figures, starts, filled)))


def _beside(bare: Server, bolt: Server, few: Server) -> Iterator[Contender]:
    for connections in (1, 8):
        yield Contender("signature alone", bare, (_SHOW,), "fixed", connections)
        yield Contender("bare Bolt", bolt, (_SHOW,), "fixed", connections)
        yield Contender("show, of 100", few, (_SHOW,), SHOWN_NAME, connections)


def _large(many: Server, filled: Filled, slack_url: str) -> Iterator[Contender]:
    step = max(1, len(filled.names) // _VARIED)
    varied = tuple(command(f"show {name}") for name in filled.names[::step])
    two = f"{COMMON} {filled.names[0].split()[0]}"
    for name, calls, says in (
        ("show", (_SHOW,), SHOWN_NAME),
        (_ANEW, varied, "Key outcomes"),
        ("list", (command("list"),), "rojects"),
        ("list (click), last page", (click(Query(name="list", page=_LAST_PAGE), slack_url),), ""),
        ("list mine", (command("list mine"),), "projects"),
        ("list all", (command("list all"),), "rojects"),
        ("stale", (command("stale"),), "rojects"),
        ("search, rare word", (command(f"search {RARE}"),), " project"),
        ("search, word of all", (command(f"search {COMMON}"),), "rojects"),
        ("search, two words", (command(f"search {two}"),), " project"),
        ("search (click), deep page", (_deep_search(slack_url),), ""),
        ("show (click)", (click(Query(name="show", project_id=len(filled.names)), slack_url),), ""),
        ("overview", (command(""),), "going on"),
    ):
        yield Contender(f"{name}, of {len(filled.names):,}", many, calls, says)


def _deep_search(slack_url: str) -> Call:
    return click(Query(name="search", words=COMMON, page=_DEEP_SEARCH), slack_url)


def _starts(database: str, slack_url: str, times: int) -> Starts:
    taken: dict[str, list[float]] = {}
    for _ in range(times):
        for name, which in (("bot", _BOT), ("bolt", _BOLT), ("libraries", _LIBRARIES)):
            with serve(which, slack_url, database, _SHOW) as server:
                taken.setdefault(name, []).append(server.started_s)
    return Starts(**{name: median(each) for name, each in taken.items()})


def _goals(figures: list[Figures], starts: Starts, filled: Filled) -> Iterator[Goal]:
    by_name = {(each.name, each.connections): each for each in figures}
    many = f"of {len(filled.names):,}"
    for connections in (1, 8):
        show, bolt = by_name["show, of 100", connections], by_name["bare Bolt", connections]
        also = f"beside bare Bolt, {connections} connection{'s' if connections > 1 else ''}"
        yield Goal(f"show {also}: CPU", show.cpu_ms / bolt.cpu_ms, 2)
        yield Goal(f"show {also}: p50", show.p50_ms / bolt.p50_ms, 2, decides=False)
    anew, bolt = by_name[f"{_ANEW}, {many}", 1], by_name["bare Bolt", 1]
    yield Goal("show, read anew, beside bare Bolt: CPU", anew.cpu_ms / bolt.cpu_ms, 2, decides=False)
    if can_pin():
        for connections in (1, 8):
            free, bolt = by_name[_ON_MANY, connections], by_name["bare Bolt", connections]
            what = f"{_ON_MANY}, beside bare Bolt, {connections} connection{'s' if connections > 1 else ''}"
            yield Goal(f"{what}: CPU", free.cpu_ms / bolt.cpu_ms, 2, decides=False)
    show, large = by_name["show, of 100", 1], by_name[f"show, {many}", 1]
    yield Goal(f"show, {many} beside of 100: CPU", large.cpu_ms / show.cpu_ms, 1.2)
    yield Goal(f"show, {many} beside of 100: p50", large.p50_ms / show.p50_ms, 1.2, decides=False)
    yield Goal(f"show, {many}: statements", _statements(filled.many), 3)
    for each in figures:
        if each.name.startswith(("list", "search", "stale", "overview")):
            # A list is read each time, so it is compared with a record that is read, too; and an answer to a
            # click is a request of the bot's own, so a click is compared with a click.
            show = by_name[f"show (click), {many}" if "(click)" in each.name else f"{_ANEW}, {many}", 1]
            yield Goal(f"{each.name}, beside show, read anew: CPU", each.cpu_ms / show.cpu_ms, 5)
    yield Goal("start to first answer, beside bare Bolt", starts.bot / starts.bolt, 1.5)
    yield Goal(
        "what its libraries alone take, beside bare Bolt", starts.libraries / starts.bolt, 1.5, decides=False
    )


def _statements(address: str) -> int:
    database = Database(address)
    gateway = Gateway(WebClient())
    router = Router(database, gateway, clock.now, HomeKeeper(database, gateway, clock.now))
    request = CommandRequest(WORKSPACE, PERSON, "C0BENCH", "/project", f"show {SHOWN}")
    # Who asks is read once in a while, whatever is asked.
    router.answer(replace(request, text="help"))
    with recorded_statements() as statements:
        router.answer(request)
    database.close()
    return len(statements)
