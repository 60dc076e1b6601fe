"""Several processes publish one person's home: the newest record is what stands there in the end."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from slack_sdk import WebClient

from bot.local.seed import MATEO, SOFIA
from bot.slack.gateway import Gateway
from bot.slack.home_keeper import HomeKeeper
from bot.slack.homes import Look
from bot.slack.requests import CommandRequest
from bot.slack.router import Router
from storage.database import Database
from storage.homes import find_home, record_published
from tests.scenarios.records import add_jmte
from tests.scenarios.test_home import published, said_at
from tests.support.bot import TOKEN, WORKSPACE, Bot


class Process:
    """Another process of the bot, as far as homes are concerned: its own connections, queue and thread."""

    def __init__(self, bot: Bot, rest_s: float = 0.0) -> None:
        self.database = Database(bot.database.url.render_as_string(hide_password=False))
        gateway = Gateway(WebClient(TOKEN, base_url=bot.slack.api_url))
        self.homes = HomeKeeper(self.database, gateway, bot.now, rest_s)
        self.router = Router(self.database, gateway, bot.now, self.homes)

    def command(self, text: str) -> None:
        self.router.answer(CommandRequest(WORKSPACE, MATEO, None, "/project", text))

    def close(self) -> None:
        self.homes.stop()
        self.database.close()


@pytest.fixture
def others(bot: Bot) -> Iterator[list[Process]]:
    made = [Process(bot) for _ in range(3)]
    yield made
    for each in made:
        each.close()


def test_the_last_word_stands_in_the_home_whoever_wrote_it(bot: Bot, others: list[Process]) -> None:
    add_jmte(bot)
    bot.open_home(SOFIA)
    start = threading.Barrier(len(others))

    def write(index: int) -> None:
        start.wait()
        for number in range(8):
            others[index].command(f"update jmte 2 off track: word {index} {number}")

    with ThreadPoolExecutor(len(others)) as pool:
        list(pool.map(write, range(len(others))))
    for each in others:
        assert each.homes.settle()

    last = bot.command("outcomes jmte")["text"]
    noted = next(word for word in last.split("“") if word.startswith("word")).partition("”")[0]
    assert f"“{noted}”" in said_at(bot, SOFIA)


def test_of_a_burst_the_first_change_shows_at_once_and_the_last_a_little_later(bot: Bot) -> None:
    add_jmte(bot)
    bot.open_home(SOFIA)
    before = bot.calls_in().count("views.publish")
    process = Process(bot, rest_s=2.0)
    with closing(process):
        for number in range(20):
            process.command(f"update jmte 2 off track: word {number}.")
        assert process.homes.settle()

    assert "“word 19.”" in said_at(bot, SOFIA)
    assert bot.calls_in().count("views.publish") - before < 6


def test_what_is_left_to_look_at_is_counted_until_it_is_done(bot: Bot) -> None:
    add_jmte(bot)
    bot.open_home(SOFIA)
    with closing(Process(bot)) as process:
        assert process.homes.left() == 0
        with bot.slack.workspace.lock:
            # Slack does not come to an end with it.
            process.command("update jmte 2 off track: a word.")
            assert process.homes.left() >= 1
        assert process.homes.settle()
        assert process.homes.left() == 0


def test_a_version_that_was_published_but_never_written_down_is_replaced(
    bot: Bot, others: list[Process]
) -> None:
    add_jmte(bot)
    bot.open_home(SOFIA)
    with bot.database.write() as tx:
        home = find_home(tx, WORKSPACE, SOFIA)
        assert home is not None
        # As if a process had been killed between the two.
        assert record_published(tx, WORKSPACE, home, digest="old", view_hash="1.gone", project_ids=[])

    others[0].homes.look(Look(WORKSPACE, SOFIA))
    assert others[0].homes.settle()

    assert published(bot) == 2
    with bot.database.read() as tx:
        home = find_home(tx, WORKSPACE, SOFIA)
    assert home is not None
    assert home.view_hash == bot.home(SOFIA).hash


def test_what_was_published_meanwhile_is_not_written_over(bot: Bot) -> None:
    add_jmte(bot)
    bot.open_home(SOFIA)
    with bot.database.write() as tx:
        before = find_home(tx, WORKSPACE, SOFIA)
        assert before is not None
        assert record_published(tx, WORKSPACE, before, digest="b", view_hash="2.b", project_ids=[])
        assert not record_published(tx, WORKSPACE, before, digest="a", view_hash="2.a", project_ids=[])
        after = find_home(tx, WORKSPACE, SOFIA)
    assert after is not None
    assert (after.digest, after.view_hash) == ("b", "2.b")


@pytest.mark.in_process("stops what publishes homes in its own process")
def test_a_keeper_that_was_stopped_takes_no_more_and_does_not_wait(bot: Bot) -> None:
    add_jmte(bot)
    bot.open_home(SOFIA)
    bot.homes.stop()

    bot.command("update jmte 2 off", person=MATEO)
    bot.homes.look(Look(WORKSPACE, SOFIA))

    assert bot.calls_in().count("views.publish") == 1
