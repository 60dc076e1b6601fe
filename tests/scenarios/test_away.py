"""`/project away`: somebody's own word, and what their status in Slack says."""

from datetime import timedelta

import pytest

from bot.local import notices
from bot.local.seed import JMTE, MATEO, PRIYA, SOFIA, WANJIRU
from bot.services.quiet import who_is_away
from storage.database import Database
from storage.settings import find_absence
from tests.support.bot import WORKSPACE, Bot, running_bot
from tests.support.make import NOW
from tests.support.messages import buttons

MONDAY = "Monday 11 May 2026"


def away(bot: Bot, *, later: timedelta = timedelta()) -> frozenset[str]:
    everybody = (WANJIRU, MATEO, SOFIA, PRIYA)
    with bot.database.read() as tx:
        return who_is_away(tx, WORKSPACE, everybody, "UTC", NOW + later)


def test_the_day_is_the_one_that_somebody_is_back_on_and_is_said_with_its_weekday(bot: Bot) -> None:
    answer = bot.command("away until 11 May")

    assert f"🌴 You are away until {MONDAY}, and back on that day." in answer["text"]
    assert "no check-in asks or reminds you, and you are not counted as missing" in answer["text"]
    assert "I am back" in buttons(answer)
    assert away(bot) == {WANJIRU}
    assert away(bot, later=timedelta(days=6)) == {WANJIRU}
    assert away(bot, later=timedelta(days=7)) == frozenset()


@pytest.mark.parametrize(
    "line",
    [
        "away until 2026-05-11",
        "away till next monday",
        "away UNTIL Monday",
        "away for a week",
        "away for 7 days",
        "away in 1 week",
        "away 11 May",
        "away “until 11 May”",
    ],
)
def test_the_day_is_written_as_people_do(lite: Bot, line: str) -> None:
    assert f"until {MONDAY}" in lite.command(line)["text"]


def test_it_stands_by_whose_word_one_is_away(lite: Bot) -> None:
    assert "👋 You are not away" in lite.command("away")["text"]

    lite.command("away until 11 May")

    answer = lite.command("away")
    assert f"You are away until {MONDAY}" in answer["text"]
    assert "the status in Slack" not in answer["text"]
    assert "👋 You are not away" in lite.command("away", person=MATEO)["text"]


def test_saying_it_again_changes_nothing_and_another_day_is_the_day_now(lite: Bot) -> None:
    lite.command("away until 11 May")

    assert "It says so already" in lite.command("away until 11 May")["text"]
    assert "until Tuesday 12 May 2026" in lite.command("away until 12 May")["text"]


@pytest.mark.parametrize("line", ["away off", "away back", "away none"])
def test_one_is_back_by_word(lite: Bot, line: str) -> None:
    lite.command("away until 11 May")

    answer = lite.command(line)

    assert "👋 Welcome back." in answer["text"]
    assert "You are not away" in answer["text"]
    assert away(lite) == frozenset()
    assert "It says so already" in lite.command(line)["text"]


def test_one_is_back_by_button(lite: Bot) -> None:
    question = lite.type_command("away until 11 May")

    lite.press(question, "I am back")

    assert "👋 Welcome back." in lite.last_message().text
    assert away(lite) == frozenset()


def test_where_others_read_it_the_button_speaks_for_whoever_presses_it(lite: Bot) -> None:
    lite.say("@waymark away until 11 May", person=SOFIA, channel=JMTE)
    message = lite.last_message(JMTE, MATEO)
    assert f"<@{SOFIA}> is away until {MONDAY}" in message.text

    lite.press(message, "I am back", person=MATEO)

    assert away(lite) == {SOFIA}


def test_shared_it_says_who_is_away(lite: Bot) -> None:
    question = lite.type_command("away until 11 May", person=SOFIA)

    lite.press(question, "Share in channel", person=SOFIA)

    assert f"<@{SOFIA}> is away until {MONDAY}" in lite.last_message(JMTE, MATEO).text


def test_who_is_back_today_was_not_away(lite: Bot) -> None:
    assert "You would be back today already" in lite.command("away until today")["text"]
    assert "is past" in lite.command("away until 2026-05-01")["text"]
    assert away(lite) == frozenset()


def test_today_is_that_of_the_wall_where_the_person_is(lite: Bot) -> None:
    # In Nairobi it is half past midnight on the fifth.
    lite.now.at = NOW + timedelta(hours=12)

    assert "back today already" in lite.command("away until 2026-05-05")["text"]
    assert "until Wednesday 6 May 2026" in lite.command("away until tomorrow")["text"]


def status(bot: Bot, text: str, emoji: str = "", expiration: int = 0, *, person: str = SOFIA) -> None:
    assert bot.people.set_status(person, text, emoji, expiration).ok
    bot.settle()


def test_a_status_that_says_so_counts_until_it_is_cleared(bot: Bot) -> None:
    status(bot, "Vacationing", ":palm_tree:")
    assert away(bot) == {SOFIA}
    assert "You are away, says the status in Slack" in bot.command("away", person=SOFIA)["text"]
    assert "I am back" not in buttons(bot.command("away", person=SOFIA))

    status(bot, "In a meeting", ":spiral_calendar_pad:")
    assert away(bot) == frozenset()

    status(bot, "", ":face_with_thermometer:")
    assert away(bot) == {SOFIA}

    status(bot, "")
    assert away(bot) == frozenset()


def test_a_status_ends_when_slack_says_so(lite: Bot) -> None:
    # Slack's clock, which tells what has ended, is not the bot's.
    ends = lite.slack.workspace.clock.now() + timedelta(hours=2)
    lite.now.at = ends - timedelta(hours=2)

    status(lite, "OOO", "", int(ends.timestamp()))

    with lite.database.read() as tx:
        assert who_is_away(tx, WORKSPACE, [SOFIA], "UTC", ends - timedelta(seconds=2)) == {SOFIA}
        assert who_is_away(tx, WORKSPACE, [SOFIA], "UTC", ends) == frozenset()
    assert f"<!date^{int(ends.timestamp())}^" in lite.command("away", person=SOFIA)["text"]


def test_a_status_and_a_word_stand_beside_each_other(lite: Bot) -> None:
    lite.command("away until 11 May", person=SOFIA)
    status(lite, "On vacation")

    text = lite.command("away off", person=SOFIA)["text"]

    # The word is taken back; the status is hers to clear, in Slack.
    assert "👋 Welcome back." in text
    assert "You are away, says the status in Slack, until it is cleared" in text
    assert away(lite) == {SOFIA}


def test_whoever_never_was_away_costs_no_row(lite: Bot) -> None:
    status(lite, "Lunch")

    with lite.database.read() as tx:
        assert find_absence(tx, WORKSPACE, SOFIA) is None


def test_another_change_of_a_person_leaves_the_status_as_it_is(lite: Bot) -> None:
    status(lite, "On leave")
    workspace = lite.slack.workspace
    with workspace.changing():
        workspace.users[SOFIA].title = "Head of it all"
        notices.user_changed(lite.slack.platform, workspace.users[SOFIA])
    lite.settle()

    assert away(lite) == {SOFIA}


def test_who_is_met_for_the_first_time_is_away_if_their_status_says_so(lite_database: Database) -> None:
    with running_bot(lite_database, has_met_all=False) as bot:
        bot.slack.workspace.users[SOFIA].status_text = "Parental leave"

        bot.command("list", person=SOFIA)

        assert away(bot) == {SOFIA}
