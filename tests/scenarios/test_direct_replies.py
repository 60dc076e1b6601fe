"""Answers to check-ins that are given to the bot directly."""

import pytest

from bot.local.seed import SOFIA
from tests.scenarios.answering import Round, begin_round, prompt_in
from tests.scenarios.records import add
from tests.support.bot import Bot


@pytest.fixture
def round_(bot: Bot) -> Round:
    return begin_round(bot)


def direct(bot: Bot) -> str:
    return bot.direct(SOFIA)


def told(bot: Bot) -> str:
    return bot.last_message(direct(bot), SOFIA).text


def say(bot: Bot, text: str) -> str:
    return bot.say(text, channel=direct(bot), person=SOFIA)


def begin_another(bot: Bot) -> None:
    add(bot, slug="reef", name="Reef survey", owner_id=SOFIA, outcomes=("Map the reef", "Count the corals"))
    bot.type_command("checkin reef", person=SOFIA)
    bot.tick()


@pytest.mark.parametrize("text", ["2 done", "outcome 2 is done", "update 2 done", "all still true"])
def test_with_one_open_round_it_is_the_answer(round_: Round, text: str) -> None:
    bot = round_.bot
    ts = say(bot, text)

    assert told(bot).startswith("✅ ")
    assert "1 of 3 answered" in round_.prompt
    message = bot.slack.workspace.find_message(direct(bot), ts)
    assert message is not None
    assert list(message.reactions) == ["white_check_mark"]


def test_it_can_be_edited_and_deleted_there_too(round_: Round) -> None:
    bot, before = round_.bot, round_.outcomes()
    ts = say(bot, "2 done")

    bot.people.edit(SOFIA, direct(bot), ts, "2 off track")
    bot.settle()
    assert "🔴 Off track" in round_.outcomes()
    last = bot.last_message(direct(bot), SOFIA)
    assert last.text.startswith("✅ Corrected:")
    assert (last.thread_ts, last.ephemeral_to) == (None, None)
    bot.people.delete(SOFIA, direct(bot), ts)
    bot.settle()

    assert round_.outcomes() == before
    assert round_.heard() == set()


def test_what_was_no_answer_can_become_one_by_an_edit(round_: Round) -> None:
    bot = round_.bot
    ts = say(bot, "help")
    bot.people.edit(SOFIA, direct(bot), ts, "2 done")
    bot.settle()

    assert round_.heard() == {SOFIA}


def test_an_unclear_line_is_asked_about_there(round_: Round) -> None:
    bot = round_.bot
    say(bot, "it is blocked")

    round_.press(bot.last_message(direct(bot), SOFIA), "2. ")

    assert "🔴 Off track" in round_.outcomes()
    assert told(bot).startswith("✅ Noted:")


def test_words_that_may_be_an_answer_are_asked_about_and_one_click_keeps_them(round_: Round) -> None:
    bot = round_.bot
    say(bot, "we wait for the museum, and <the> board")

    asked = bot.last_message(direct(bot), SOFIA)
    assert "we wait for the museum, and &lt;the&gt; board” answer the check-in of *Jupyter" in asked.text
    assert round_.heard() == set()
    round_.press(asked, "Jupyter Meets")
    assert "👍 Kept as your answer to the check-in of *Jupyter Meets the Earth*." in told(bot)
    assert round_.heard() == {SOFIA}


def test_with_several_open_rounds_it_asks_which_is_meant_and_loses_nothing(round_: Round) -> None:
    bot = round_.bot
    begin_another(bot)
    ts = say(bot, "2 done, at last")

    asked = bot.last_message(direct(bot), SOFIA)
    assert "Does “2 done, at last” answer the check-in of" in asked.text
    assert "✅ Done" not in round_.outcomes()
    round_.press(asked, "Jupyter Meets")

    assert "“at last”" in round_.outcomes()
    assert round_.heard() == {SOFIA}
    assert "✅ Done" not in bot.command("outcomes reef")["text"]
    assert told(bot).startswith("✅ Noted:")
    bot.people.delete(SOFIA, direct(bot), ts)
    bot.settle()
    assert round_.heard() == set()


def test_what_is_too_long_for_a_button_is_asked_for_again(round_: Round) -> None:
    bot = round_.bot
    begin_another(bot)
    say(bot, "2 done, " + "tide " * 600)

    assert "Say it in the thread of the check-in, or with the project's name" in told(bot)


def test_a_line_that_only_one_of_the_rounds_can_mean_is_for_that_one(round_: Round) -> None:
    bot = round_.bot
    begin_another(bot)
    say(bot, "3 done")

    assert round_.heard() == {SOFIA}
    assert "✅ Done" in round_.outcomes()


def test_commands_small_talk_and_slips_are_what_they_were(round_: Round) -> None:
    bot = round_.bot
    for text, answer in (
        ("goal jmte", "Run *hubs*"),
        ("thanks!", "With pleasure"),
        ("shwo jmte", "Did you mean"),
        ("jmte", "Jupyter Meets the Earth"),
    ):
        say(bot, text)
        assert answer in told(bot)

    assert round_.heard() == set()


def test_with_no_open_round_it_is_as_before(bot: Bot) -> None:
    say(bot, "2 done")
    assert "no command" in told(bot) or "is not a command" in told(bot)


def test_the_thread_of_a_direct_prompt_takes_words_of_every_kind(bot: Bot) -> None:
    begin_another(bot)
    prompt = prompt_in(bot, direct(bot))
    round_ = Round(bot, add(bot, slug="x", name="X"), prompt.ts, direct(bot))

    round_.say("we met")
    assert round_.heard() == {SOFIA}
    ts = round_.say("1 done")
    assert told(bot).startswith("✅ Noted:")
    assert bot.last_message(direct(bot), SOFIA).thread_ts == prompt.ts
    round_.edit(ts, "1 at risk")

    assert "🟡 At risk" in bot.command("outcomes reef")["text"]
    assert bot.last_message(direct(bot), SOFIA).thread_ts == prompt.ts
    round_.say("goal reef")
    assert "✅" not in told(bot)
