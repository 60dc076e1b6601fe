"""`due`: a day in the words of whoever types it, said back with its weekday."""

from datetime import UTC, date, datetime

import pytest

from bot.services import editing
from bot.services.asking import Asker
from bot.services.changing import Act
from bot.services.dating import change_due, read_day, today_of
from storage import outcomes
from storage.records import UpdateSource
from tests.scenarios.records import add_jmte
from tests.support.bot import CHANNEL, PERSON, WORKSPACE, Bot
from tests.support.dumps import dump


def due_on(bot: Bot, project_id: int, number: int) -> date | None:
    with bot.database.read() as tx:
        return outcomes.list_outcomes(tx, WORKSPACE, project_id)[number - 1].due_on


def test_the_day_understood_is_said_back_and_stands_in_the_record(bot: Bot) -> None:
    project = add_jmte(bot)

    answers = {
        line: bot.command(f"due jmte 2 {line}")["text"]
        for line in ("24 Dec", "next friday", "in 3 weeks", "end of march", "2026-12-24")
    }

    assert "✏️ Outcome 2 is due on Thursday 24 December 2026." in answers["24 Dec"]
    assert "is due on Friday 8 May 2026." in answers["next friday"]
    assert "is due on Monday 25 May 2026." in answers["in 3 weeks"]
    assert "is due on Wednesday 31 March 2027." in answers["end of march"]
    assert "due 24 Dec 2026" in answers["2026-12-24"]
    assert due_on(bot, project.id, 2) == date(2026, 12, 24)
    assert "*Outcome 2* due: 31 Mar 2027 → 24 Dec 2026" in bot.command("history jmte")["text"]


def test_a_day_is_taken_away_and_comes_back_with_undo(bot: Bot) -> None:
    project = add_jmte(bot)

    taken = bot.command("due jmte 1 none")["text"]
    without = due_on(bot, project.id, 1)
    bot.command("undo")

    assert "✏️ Outcome 1 has no date now." in taken
    assert without is None
    assert due_on(bot, project.id, 1) == date(2026, 7, 18)
    assert "*Outcome 1* due: 18 Jul 2026 → nothing" in bot.command("history jmte")["text"]


def test_in_its_channel_the_project_may_be_left_out(lite: Bot) -> None:
    project = add_jmte(lite)

    lite.command("due 3 tomorrow", channel=CHANNEL)

    assert due_on(lite, project.id, 3) == date(2026, 5, 5)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("due", "That needs more words: `/project due PROJECT N DATE"),
        ("due jmte", "That needs more words"),
        ("due jmte 2", "That needs more words"),
        ("due jmte 9 tomorrow", "“9” is no outcome of"),
        ("due jmte tomorrow", "“tomorrow” is no outcome of"),
        ("due jmte 2 soon", "“soon” is no day that Waymark knows. Write it as `2026-12-24`"),
        ("due jmte 2 tomorrow 5pm", "“tomorrow 5pm” is no day"),
        ("due jmte 2 2025-12-24", "Wednesday 24 December 2025 is past. A date is today or later"),
        ("due jmte 2 yesterday", "Sunday 3 May 2026 is past"),
        (
            "due jmte 2 03/04/2027",
            "could be `2027-04-03` (Saturday 3 April 2027) or `2027-03-04` (Thursday 4 March 2027). Type",
        ),
        (
            "due jmte 2 Friday 24 Dec 2026",
            "names another weekday than that of the date: `2026-12-24` (Thursday 24 December 2026)",
        ),
        ("due jmte 2 " + "friday " * 6000, "is no day that Waymark knows"),
        ("due jmte 2 &lt;!channel&gt;", "“&lt;!channel&gt;” is no day"),
        ("due jmte-pangoe 2 24 Dec", "`/project due PROJECT 2 24 Dec`"),
    ],
)
def test_a_day_that_is_none_is_explained_and_changes_nothing(lite: Bot, line: str, said: str) -> None:
    add_jmte(lite)
    before = dump(lite.database)

    answer = lite.command(line)

    assert said in answer["text"]
    assert dump(lite.database) == before


def test_invisible_marks_and_quotation_marks_do_not_matter(lite: Bot) -> None:
    project = add_jmte(lite)

    lite.command("due \u200fjmte\u200e  2 \u202e“24\xa0Dec”\u202c")

    assert due_on(lite, project.id, 2) == date(2026, 12, 24)


def test_today_and_tomorrow_are_those_of_the_person(lite: Bot) -> None:
    project = add_jmte(lite)
    late = datetime(2026, 5, 4, 22, 30, tzinfo=UTC)
    auckland, honolulu = (
        Asker(WORKSPACE, PERSON, None, zone) for zone in ("Pacific/Auckland", "Pacific/Honolulu")
    )

    assert today_of(auckland, late) == date(2026, 5, 5)
    assert read_day(auckland, "tomorrow", late, "future") == date(2026, 5, 6)
    assert read_day(honolulu, "tomorrow", late, "future") == date(2026, 5, 5)
    with lite.database.write() as tx:
        act = Act.begin(tx, honolulu, project.id, UpdateSource.COMMAND, late)
        # Past in Auckland already, and today where this person is.
        change_due(act, editing.get_outcome(act, 2, "2"), date(2026, 5, 4))
    assert due_on(lite, project.id, 2) == date(2026, 5, 4)
