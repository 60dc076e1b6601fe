"""When outcomes are due and stale, how the whole stands, and whether the goal holds: said in chat."""

import pytest

from bot.local.seed import MATEO, SOFIA, WANJIRU
from storage.projects import get_project
from storage.records import OutcomeStatus, Project, Thresholds
from tests.scenarios.records import add, add_jmte
from tests.scenarios.test_writing import outcomes_of
from tests.support.bot import WORKSPACE, Bot


def project_of(bot: Bot, project: Project) -> Project:
    with bot.database.read() as tx:
        return get_project(tx, WORKSPACE, project.id)


def days_of(bot: Bot, project: Project) -> list[tuple[int, int]]:
    return [(each.due_days, each.stale_days) for each in outcomes_of(bot, project)]


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("due 10 stale 30", (17, 37)),
        ("due 10, stale 30", (17, 37)),
        ("10 30", (17, 37)),
        ("due after 10 days, stale after 30 days", (17, 37)),
        ("due 0 stale 1", (7, 8)),
    ],
)
def test_a_project_has_days_of_its_own(lite: Bot, typed: str, days: tuple[int, int]) -> None:
    project = add_jmte(lite)

    text = lite.command(f"freshness jmte {typed}")["text"]

    assert "✏️ When it is due and stale is changed." in text
    assert days_of(lite, project) == [days] * 3
    assert project_of(lite, project).thresholds is not None


def test_an_outcome_has_days_of_its_own_until_the_usual_ones_hold_again(bot: Bot) -> None:
    project = add_jmte(bot)

    text = bot.command("freshness jmte 2 due 60 stale 90")["text"]

    assert days_of(bot, project) == [(14, 28), (67, 97), (14, 28)]
    assert "due 67 days after the last word, stale after 97 days (its own)" in text
    assert "stale, checked" not in bot.command("show jmte")["text"], "what was stale by the usual days"
    history = bot.command("history jmte")["text"]
    assert "*Outcome 2* due and stale after: nothing → 60 days and 90 days" in history

    bot.command("freshness jmte 2 usual")
    assert days_of(bot, project) == [(14, 28)] * 3
    bot.command("undo")
    assert outcomes_of(bot, project)[1].thresholds == Thresholds(due_after_days=60, stale_after_days=90)


def test_the_workspace_says_what_holds_for_all_others(bot: Bot) -> None:
    jmte, other = add_jmte(bot), add(bot, slug="reef", name="Reef", outcomes=["Count them"])
    bot.command("freshness reef due 1 stale 2")
    bot.command("show jmte")

    text = bot.command("settings freshness due 3 stale 10")["text"]

    assert "*Freshness*: due 3 days and stale 10 days past the check-in" in text
    assert (days_of(bot, jmte), days_of(bot, other)) == ([(10, 17)] * 3, [(8, 9)])
    assert "*As everywhere in this workspace*: due 3 days" in bot.command("freshness jmte")["text"]
    bot.command("settings freshness usual")
    assert days_of(bot, jmte) == [(14, 28)] * 3


def test_a_schedule_moves_when_outcomes_are_due(bot: Bot) -> None:
    project = add_jmte(bot)

    bot.command("schedule jmte every 4 weeks mon 09:30 UTC")
    assert days_of(bot, project) == [(35, 49)] * 3
    bot.command("schedule jmte monthly first tue 10:00 UTC")
    assert days_of(bot, project) == [(38, 52)] * 3
    bot.command("undo")
    assert days_of(bot, project) == [(35, 49)] * 3


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("freshness jmte due 30 stale 10", "Due after 30 days and stale after 10 days cannot be"),
        ("freshness jmte due 7 stale 7", "cannot be"),
        ("freshness jmte due 7 stale 366", "within 365 days"),
        ("settings freshness due 9 stale 3", "cannot be"),
        ("freshness jmte due soon stale later", "freshness jmte due 10 stale 30"),
        ("settings freshness soon", "settings freshness due 7 stale 21"),
        ("freshness jmte 9 due 7 stale 21", "numbered 1 to 3"),
    ],
)
def test_days_that_cannot_be_are_refused_with_what_could_be(lite: Bot, line: str, said: str) -> None:
    project = add_jmte(lite)

    assert said in lite.command(line)["text"]

    assert days_of(lite, project) == [(14, 28)] * 3


def test_the_owner_says_how_the_whole_stands_until_it_follows_its_outcomes_again(bot: Bot) -> None:
    project = add_jmte(bot)
    bot.command("update jmte 2 at risk", person=SOFIA)
    assert "🟡 At risk · outcomes: 1 never checked" in bot.command("show jmte")["text"]

    text = bot.command("status jmte on track", person=SOFIA)["text"]

    assert "🟢 On track as a whole" in text
    assert project_of(bot, project).own_status is OutcomeStatus.ON_TRACK
    assert "🟢 *Jupyter Meets the Earth*" in bot.command("list")["text"]
    assert "status as a whole: nothing → 🟢 On track" in bot.command("history jmte")["text"]

    bot.command("status jmte usual", person=SOFIA)
    assert project_of(bot, project).own_status is None
    assert "🟡 *Jupyter Meets the Earth*" in bot.command("list")["text"]


def test_nobody_but_the_owner_says_how_the_whole_stands(bot: Bot) -> None:
    project = add_jmte(bot)

    text = bot.command("status jmte done", person=MATEO)["text"]

    assert f"is for its owner to say, so nothing was changed. Ask <@{SOFIA}>" in text
    assert project_of(bot, project).own_status is None


def test_of_a_project_that_nobody_owns_anybody_says_it(lite: Bot) -> None:
    project = add(lite, slug="reef", name="Reef", outcomes=["Count them"])

    lite.command("status reef off track", person=MATEO)

    assert project_of(lite, project).own_status is OutcomeStatus.OFF_TRACK


def test_a_status_without_a_word_shows_how_it_stands(lite: Bot) -> None:
    add_jmte(lite)

    assert "*Key outcomes*" in lite.command("status jmte")["text"]


def test_a_goal_is_confirmed_by_word_and_by_button_and_both_can_be_taken_back(bot: Bot) -> None:
    project = add_jmte(bot)

    text = bot.command("goal jmte still true")["text"]

    assert "🎯 The goal still holds" in text
    assert "Confirmed just now" in text
    assert project_of(bot, project).goal == project.goal, "no word of it was changed"
    bot.command("undo")
    assert project_of(bot, project).goal_confirmed_at is None

    bot.press(bot.type_command("goal jmte"), "Goal still holds", person=WANJIRU)
    assert project_of(bot, project).goal_confirmed_at == bot.now()
    assert "🎯 The goal still holds" in bot.last_message().text


def test_a_goal_that_nobody_confirmed_for_ninety_days_is_drawn_faded(bot: Bot) -> None:
    add_jmte(bot)
    assert "🌫️" not in bot.command("goal jmte")["text"]

    bot.tick(days=91)

    assert "and not confirmed since. Does it still hold?" in bot.command("goal jmte")["text"]
    assert "Does it still hold?" in bot.command("show jmte")["text"]
    bot.command("goal jmte still true")
    bot.tick(days=91)
    assert "🌫️ Last confirmed 3 months ago. Does it still hold?" in bot.command("goal jmte")["text"]


def test_whoever_writes_a_goal_down_confirms_it(lite: Bot) -> None:
    project = add_jmte(lite)

    lite.command("goal jmte Hubs for everyone")

    assert project_of(lite, project).goal_confirmed_at is not None


def test_without_a_goal_none_can_hold(lite: Bot) -> None:
    add(lite, slug="reef", name="Reef")

    assert "has no goal yet that could still hold" in lite.command("goal reef still true")["text"]
