"""Briefs, and digests that somebody asks for: by direct message, at once or when they are set."""

from datetime import timedelta

import pytest

from bot.local.seed import GENERAL, JMTE, MATEO, SOFIA
from storage.records import OutcomeStatus, UpdateSource
from storage.status_updates import record_status_update
from tests.scenarios.records import add, add_jmte
from tests.support.bot import WORKSPACE, Bot
from tests.support.digests import IN_GENERAL, below, first_in, in_direct, whole
from tests.support.make import NOW, make_outcome
from tests.support.messages import all_buttons


def test_a_brief_is_led_by_what_is_off_track_with_last_words_and_a_way_to_each(bot: Bot) -> None:
    add_jmte(bot)
    project = add(bot, slug="reef", name="Reef", channel_id=JMTE, outcomes=("Corals grow", "Fish return"))
    bot.command("update reef 1 off track: bleaching", person=MATEO)
    bot.command("update reef 2 on track: many fish", person=MATEO)
    bot.command(f"brief {IN_GENERAL} thu 09:00 UTC")
    bot.tick(days=3)

    (brief,) = first_in(bot, GENERAL)
    titles = [line for line in brief.text.split("\n") if line.startswith("*") and line.endswith(")*")]
    assert titles == [
        "*🔴 Off track (1)*",
        "*🟡 At risk (1)*",
        "*🍂 Stale or never checked (1)*",
        "*💬 Changed since (2)*",
    ]
    assert f"🔴 Off track · “bleaching” · <@{MATEO}> <!date^" in brief.text
    shows = [each for each in all_buttons({"blocks": brief.blocks}) if each["text"]["text"] == "Show"]
    assert len(shows) == 5
    assert bot.people.press(SOFIA, GENERAL, brief.ts, shows[0]["action_id"]).ok
    assert "Corals grow" in bot.last_message(GENERAL, SOFIA).text
    # The next one does not tell again what has not changed since.
    bot.tick(days=7)
    second = first_in(bot, GENERAL)[-1]
    assert "“bleaching”" in second.text
    assert "Fish return" not in whole(bot, second)
    assert project.slug == "reef"


def test_words_that_stand_in_a_message_are_linked_to(lite: Bot) -> None:
    project = add(lite, slug="reef", name="Reef", channel_id=JMTE)
    with lite.database.write() as tx:
        record_status_update(
            tx,
            WORKSPACE,
            make_outcome(tx, project, "Corals grow"),
            status=OutcomeStatus.AT_RISK,
            note="storm",
            said_by=SOFIA,
            said_at=NOW - timedelta(days=1),
            source=UpdateSource.SHORTCUT,
            permalink="https://tidewater.slack.com/archives/C0JMTE00001/p1",
        )
    lite.command("brief")
    lite.tick()

    text = in_direct(lite)[0].text
    assert f"“storm” · <@{SOFIA}> <!date^" in text
    assert "<https://tidewater.slack.com/archives/C0JMTE00001/p1|the message>" in text


def test_anyone_gets_a_brief_at_once_by_direct_message(bot: Bot) -> None:
    add_jmte(bot)
    said = bot.command("brief", person=MATEO)["text"]
    assert "📬 Your brief is on its way: it comes by direct message in a moment." in said
    bot.tick()

    (brief,) = in_direct(bot, MATEO)
    assert "*🟡 At risk (1)*" in brief.text
    assert "You asked for it. `/project brief thu 09:00` has it come by itself." in brief.text
    # What has changed since is that since the last brief.
    bot.tick(hours=1)
    bot.command("update jmte 1 on track: news", person=SOFIA)
    bot.tick(hours=1)
    bot.press(bot.type_command("digest", person=MATEO, channel=JMTE), "Brief me now", person=MATEO)
    bot.tick()
    last = in_direct(bot, MATEO)[-1]
    assert "*💬 Changed since (1)*" in last.text
    assert first_in(bot, JMTE, MATEO)[-1].text.startswith("📬 Your brief is on its way")


def test_a_digest_now_comes_by_direct_message_and_tells_of_seven_days(bot: Bot) -> None:
    add_jmte(bot)
    assert "📬 A digest of the last seven days is on its way" in bot.command("digest now")["text"]
    bot.tick()

    (digest,) = in_direct(bot)
    assert "💬 1 more outcome was spoken of" in digest.text
    assert len(below(bot, digest)) == 1


@pytest.mark.parametrize("line", ["digest now", "brief"])
def test_who_asks_twice_at_once_gets_one(lite: Bot, line: str) -> None:
    add_jmte(lite)
    for _ in range(2):
        assert "on its way" in lite.command(line)["text"]
    lite.tick()
    assert len(in_direct(lite)) == 1
    lite.now.at += timedelta(minutes=1)
    lite.command(line)
    lite.tick()
    assert len(in_direct(lite)) == 2
