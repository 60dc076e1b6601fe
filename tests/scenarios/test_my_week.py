"""One's own week: answered at once, and sent when its person chose."""

from bot.local.seed import JMTE, MATEO, SOFIA, STEWARDS
from tests.scenarios.records import add, add_jmte
from tests.support.bot import PERSON, WORKSPACE, Bot
from tests.support.digests import weeks_of
from tests.support.make import make_channel


def test_my_week_is_answered_at_once_and_comes_on_the_day_that_i_choose(bot: Bot) -> None:
    add_jmte(bot)
    bot.command("schedule jmte weekly mon 09:30 UTC")
    bot.command("due jmte 1 8 May", person=SOFIA)
    now = bot.command("mine", person=MATEO)["text"]
    assert "*📅 Due within a week, or overdue*\n*Jupyter Meets the Earth 1.*" in now
    sofias = bot.command("mine", person=SOFIA)["text"]
    assert "*🟡 At risk*" in sofias
    assert "*🍂 Waiting for your word*\n*Jupyter Meets the Earth 3.*" in sofias
    assert "*📍 Check-ins to come*" in sofias

    said = bot.command("mine fri 09:00 UTC", person=SOFIA)["text"]
    assert "Your week comes to you by direct message every Friday at 09:00 (UTC)" in said
    bot.command("update jmte 3 done", person=SOFIA)
    bot.tick(days=4)
    (mine,) = weeks_of(bot, SOFIA)
    assert "*🟡 At risk*" in mine.text
    assert "because you set it. `/project mine off` ends it" in mine.text
    bot.command("mine off", person=SOFIA)
    bot.tick(days=7)
    assert len(weeks_of(bot, SOFIA)) == 1


def test_my_week_in_a_channel_is_mine_and_tells_nothing_that_others_may_not_read(bot: Bot) -> None:
    with bot.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=(PERSON, SOFIA))
    add(bot, slug="budget", name="Budget", channel_id=STEWARDS, owner_id=SOFIA, outcomes=("It is balanced",))
    add(bot, slug="reef", name="Reef", channel_id=JMTE, owner_id=SOFIA, outcomes=("Corals grow",))
    bot.say("@waymark mine", person=SOFIA, channel=JMTE)
    told = bot.last_message(JMTE)

    assert f"*The week of <@{SOFIA}>*" in told.text
    assert "Corals grow" in told.text
    assert "balanced" not in told.text
    assert "balanced" in bot.command("mine", person=SOFIA)["text"]


def test_who_turns_the_pages_of_anothers_week_reads_what_they_see_themselves(bot: Bot) -> None:
    with bot.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=(PERSON, SOFIA))
    reefs = tuple(f"Coral {number} grows" for number in range(60))
    add(bot, slug="reef", name="Reef", channel_id=JMTE, owner_id=SOFIA, outcomes=reefs)
    add(bot, slug="vault", name="Vault", channel_id=STEWARDS, owner_id=SOFIA, outcomes=("It is balanced",))
    bot.say("@waymark mine", person=SOFIA, channel=JMTE)
    told = bot.last_message(JMTE)

    bot.press(told, "Next page", person=MATEO)
    turned = bot.last_message(JMTE, MATEO)
    assert f"*The week of <@{SOFIA}>*" in turned.text
    assert "Coral 59 grows" in turned.text
    assert "balanced" not in turned.text
    bot.press(told, "Next page", person=SOFIA)
    assert "balanced" in bot.last_message(JMTE, SOFIA).text
