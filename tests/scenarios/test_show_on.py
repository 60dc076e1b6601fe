"""`show PROJECT --on DATE`: the record as it was, with nothing in it to change."""

from datetime import timedelta

import pytest

from bot.local.seed import SOFIA
from bot.slack.queries import Query
from tests.scenarios.records import add, add_jmte
from tests.support.bot import CHANNEL, Bot
from tests.support.dumps import dump
from tests.support.messages import all_buttons, buttons, heading


def test_the_record_is_shown_as_it_was_on_that_day(bot: Bot) -> None:
    add_jmte(bot)
    bot.now.at += timedelta(days=20)
    for line in (
        "update jmte 2 done: two minutes",
        "goal jmte Quite another goal",
        "outcome drop jmte 3",
        "outcome move jmte 2 1",
        "link remove jmte 1",
        "alias add jmte hubs-of-earth",
        "parent tide none",
        "pause jmte",
    ):
        bot.command(line, person=SOFIA)

    then, now = bot.command("show jmte --on 2026-05-10"), bot.command("show jmte")

    assert heading(then) == heading(now) == "Jupyter Meets the Earth"
    assert "🕰️ *As it was on 10 May 2026*" in then["text"]
    assert "Run *hubs* in the open" in then["text"]
    assert "*2.* Sessions start within _two_ minutes\n🌫️ _At risk_" in then["text"]
    assert "*3.* Costs are published" in then["text"]
    assert "board.example.org" in then["text"]
    assert "Tide notebooks" in then["text"]
    assert "Also found by `jupearth`" in then["text"]
    assert "Active" in then["text"]
    assert list(buttons(then)) == ["The record now", "Share in channel"]
    assert "Paused" in now["text"]
    assert "*1.* Sessions start within _two_ minutes\n✅ Done" in now["text"]
    assert "Also found by `jupearth`, `hubs-of-earth`" in bot.command("show jmte --on today")["text"]


def test_pages_and_sharing_keep_the_day(lite: Bot) -> None:
    add(lite, slug="long", name="Long", channel_id=CHANNEL, goal="Old goal", outcomes=["word " * 500] * 12)
    lite.now.at += timedelta(days=3)
    lite.command("goal long New goal")

    first = lite.type_command("show long --on yesterday")
    lite.press(first, "Next page")
    second = lite.last_message()
    lite.press(second, "Share in channel")
    shared = lite.last_message()
    lite.press(shared, "Previous page", person=SOFIA)

    assert "Old goal" in first.text
    for message in (first, second, shared, lite.last_message(person=SOFIA)):
        assert "As it was on 6 May 2026" in message.text
    assert "Page 2 of" in shared.text
    assert "Old goal" in lite.last_message(person=SOFIA).text


def test_a_button_from_before_has_no_day() -> None:
    query = Query.decode('{"name":"show","project_id":1}')

    assert (query.on, query.at) == (None, None)
    assert query.encode() == '{"name":"show","project_id":1}'


def test_in_its_channel_the_day_alone_is_enough_however_it_is_typed(lite: Bot) -> None:
    add_jmte(lite)
    lite.now.at += timedelta(days=30)

    for line in (
        "show --on 10 May",
        "show \u2014on 10 May",
        'show jmte --ON "10 May"',
        "show jmte --on=4 May",
    ):
        answer = lite.command(line, channel=CHANNEL)
        assert "As it was on" in answer["text"], line
        assert all(len(button.get("value", "")) <= 2000 for button in all_buttons(answer))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("show jmte --on", "That needs more words: `/project show PROJECT --on DATE`"),
        ("show jmte --on never", "“never” is no day that Waymark knows"),
        ("show jmte --on 03/04/2026", "could be `2026-04-03`"),
        ("show jmte --on 2026-05-05", "Tuesday 5 May 2026 is still to come"),
        ("show jmte --on 2026-05-03", "`jmte-pangeo` begins on <!date^"),
        ("show atlantis --on 2026-05-03", "No project is called “atlantis”"),
    ],
)
def test_a_day_that_cannot_be_shown_is_explained(lite: Bot, line: str, said: str) -> None:
    add_jmte(lite)
    before = dump(lite.database)

    assert said in lite.command(line)["text"]
    assert dump(lite.database) == before
