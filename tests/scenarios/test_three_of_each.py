"""Three `web` and three `worker` processes, as `make many` has them for all scenarios: here for one."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.local.model import File
from bot.local.seed import JMTE, SOFIA, WANJIRU
from storage.database import Database
from storage.delivery_claims import PACE
from tests.scenarios.answering import Round, begin_round
from tests.scenarios.records import add_jmte
from tests.scenarios.test_home import said_at
from tests.support.bot import Bot, running_bot
from tests.support.kept_database import KeptDatabase
from tests.support.many import EACH, Processes
from tests.support.sending import key_of, prompts_in

pytestmark = pytest.mark.postgres


@pytest.fixture
def bot(kept_postgres: KeptDatabase) -> Iterator[Bot]:
    with (
        kept_postgres.lent() as url,
        closing(Database(url)) as database,
        running_bot(database, is_many=True) as running,
    ):
        yield running


@pytest.fixture
def round_(bot: Bot) -> Round:
    return begin_round(bot)


def test_a_round_is_asked_once_and_what_is_said_to_one_process_is_known_to_all(
    bot: Bot, round_: Round
) -> None:
    bot.open_home(SOFIA)
    bot.say("2 at risk: the ship is late", person=SOFIA, channel=round_.channel, thread_ts=round_.ts)
    answers = [bot.command("show jmte", person=SOFIA)["text"] for _ in range(2 * EACH)]

    assert isinstance(bot.app, Processes)
    assert len(set(answers)) == 1
    assert "the ship is late" in answers[0]
    assert "the ship is late" in said_at(bot, SOFIA)
    assert min(bot.app.counted("web", "waymark_request_seconds_count")) >= 2
    keys = [key_of(message) for message in prompts_in(bot.slack, JMTE)]
    assert sorted(keys) == sorted(set(keys)) != []


def files_of(bot: Bot) -> list[File]:
    there = bot.slack.workspace.messages_for(SOFIA, bot.direct(SOFIA))
    return [file for message in there for file in message.files]


def test_while_workers_are_held_nothing_is_sent_and_afterwards_it_is(bot: Bot) -> None:
    add_jmte(bot)
    with bot.works.held():
        bot.command("export csv", person=SOFIA)
        assert files_of(bot) == []

    bot.settle()

    assert len(files_of(bot)) == 1
    assert isinstance(bot.app, Processes)
    assert sum(bot.app.counted("worker", "waymark_delivery_tries_total")) >= 1


def test_the_clock_that_stands_goes_on_for_what_waits_for_its_channel_alone(bot: Bot) -> None:
    add_jmte(bot)
    before = bot.now.at
    for person in (SOFIA, WANJIRU):
        bot.command("chart jmte", person=person, channel=JMTE)

    bot.settle()

    assert len(prompts_in(bot.slack, JMTE)) == 2
    assert bot.now.at == before + PACE
