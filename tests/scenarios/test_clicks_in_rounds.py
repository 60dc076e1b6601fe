"""Still true from Home while a round is open: as few statements as ever, and a reply to the round."""

import pytest

from bot.local.seed import JMTE, SOFIA, WANJIRU
from bot.services.asking import Asker
from bot.services.still_true import say_still_true
from bot.services.undoing import undo
from storage.records import UpdateSource
from tests.scenarios.answering import Round, prompt_in
from tests.support.asking import in_thread
from tests.support.bot import WORKSPACE, Bot
from tests.support.reminding import add_stale, outcomes_of
from tests.support.statements import statements_of_requests


@pytest.fixture
def round_(bot: Bot) -> Round:
    """Of a project with three stale outcomes of Sofía's; Wanjiru, whose it is, is asked as well."""
    project = add_stale(bot)
    bot.type_command("checkin hubs")
    bot.tick()
    return Round(bot, project, prompt_in(bot, JMTE).ts)


def go_on(round_: Round) -> None:
    """To its reminder."""
    due = round_.check_in().next_step_at
    assert due is not None
    round_.bot.now.at = due
    round_.bot.tick()


def nudge_in(round_: Round) -> str:
    """What the reminder in its thread says; nothing where there is none."""
    prompt = next(each for each in round_.bot.seen(JMTE) if each.ts == round_.ts)
    return "".join(each.text for each in in_thread(round_.bot, prompt, "is it all still true?"))


@pytest.mark.in_process("counts the statements of its own process")
@pytest.mark.parametrize("is_nudged", [False, True])
def test_it_is_four_statements_and_a_reply(round_: Round, *, is_nudged: bool) -> None:
    bot = round_.bot
    if is_nudged:
        go_on(round_)
        assert f"<@{SOFIA}>" in nudge_in(round_)
    bot.open_home(SOFIA)
    with statements_of_requests() as requests:
        bot.press_at_home("Still true", person=SOFIA)
        bot.press_at_home("Still true", person=SOFIA)

    # The first one asks who she is, too, which the process then knows for ten minutes.
    *_, statements = requests.values()
    assert len(statements) <= 4, statements
    assert round_.heard() == {SOFIA}
    assert "1 of 2 answered" in round_.prompt
    assert f"<@{SOFIA}>" not in nudge_in(round_)
    assert (f"<@{WANJIRU}>" in nudge_in(round_)) is is_nudged


def test_one_that_was_not_written_down_as_a_reply_counts_before_the_round_goes_on(round_: Round) -> None:
    """As if the process had died right after the click."""
    bot = round_.bot
    with bot.database.write() as tx:
        first = outcomes_of(bot, round_.project)[0]
        say_still_true(tx, Asker(WORKSPACE, SOFIA, JMTE), round_.project.id, first.id, bot.now.at)
    assert round_.heard() == set()

    go_on(round_)

    assert round_.heard() == {SOFIA}
    assert "1 of 2 answered" in round_.prompt
    assert f"<@{WANJIRU}>" in nudge_in(round_)
    assert f"<@{SOFIA}>" not in nudge_in(round_)


def test_one_that_was_taken_back_is_no_reply(round_: Round) -> None:
    bot = round_.bot
    go_on(round_)
    with bot.database.write() as tx:
        first = outcomes_of(bot, round_.project)[0]
        asker = Asker(WORKSPACE, SOFIA, JMTE)
        vouched = say_still_true(tx, asker, round_.project.id, first.id, bot.now.at)
        undo(tx, asker, vouched.act_id, UpdateSource.BUTTON, bot.now.at)
    bot.tick(days=2)

    assert round_.heard() == set()
