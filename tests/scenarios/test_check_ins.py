"""A check-in from its schedule to its summary, as people of the workspace see it."""

from bot.local.seed import SOFIA
from tests.scenarios.records import add_jmte
from tests.support.bot import Bot


def test_a_week_of_one_project(bot: Bot) -> None:
    add_jmte(bot)
    bot.type_command("schedule jmte weekly mon 09:30 UTC")
    bot.tick(days=7)
    prompt = bot.last_message()
    bot.say("1 done\n2 at risk, waiting for a review", thread_ts=prompt.ts, person=SOFIA)
    bot.tick()
    answered = next(message for message in bot.seen() if message.ts == prompt.ts)
    bot.tick(days=3)
    closed, summary = (message for message in bot.seen() if prompt.ts in {message.ts, message.thread_ts})

    assert "how do things stand?" in prompt.text
    assert "Nobody has answered yet" in prompt.text
    assert "1 of 3 answered" in answered.text
    assert "(closed)" in closed.text
    assert "“waiting for a review”" in summary.text
    assert "Not heard this time" in summary.text
    assert f"<@{SOFIA}>" not in summary.text.partition("Not heard")[2]
