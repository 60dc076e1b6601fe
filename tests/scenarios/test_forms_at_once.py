"""Two people with the same form: the second is told what changed meanwhile, and loses nothing."""

from typing import Any

from bot.local.seed import HARUKI, JMTE, MATEO, RANDOM, SOFIA, WANJIRU
from storage.records import OutcomeStatus
from tests.scenarios.records import GOAL, add_jmte
from tests.scenarios.test_forms import type_form
from tests.scenarios.test_history import read
from tests.scenarios.test_writing import changes_of, outcomes_of, parts_of, project_now
from tests.services.team import PAGE
from tests.support.bot import Bot
from tests.support.dumps import dump


def note_on_top(bot: Bot, person: str = WANJIRU) -> str:
    text: Any = bot.view(person).body["blocks"][0]["text"]["text"]
    return str(text)


def test_what_the_second_did_not_touch_stays_as_the_first_wrote_it(bot: Bot) -> None:
    project = add_jmte(bot)
    type_form(bot, "edit jmte")
    type_form(bot, "edit jmte", person=SOFIA)
    bot.fill(person=SOFIA, summary="Sofia's summary", owner_id=MATEO, state="paused")

    bot.fill(goal="Wanjiru's goal")

    now = project_now(bot, project)
    assert (now.summary, now.owner_id, now.state, now.goal) == (
        "Sofia's summary",
        MATEO,
        "paused",
        "Wanjiru's goal",
    )


def test_what_both_changed_comes_back_with_a_word_of_who_changed_what_and_then_counts(bot: Bot) -> None:
    project = add_jmte(bot)
    type_form(bot, "edit jmte")
    bot.command("goal jmte Sofia's &lt;!here&gt; goal", person=SOFIA)
    bot.command("owner jmte <@U0MATEO0001>", person=SOFIA)
    before = dump(bot.database)

    bot.fill(goal="Wanjiru's goal", summary="Wanjiru's summary")

    assert dump(bot.database) == before
    assert "*Somebody was faster.*" in note_on_top(bot)
    assert f"<@{SOFIA}> has changed the goal: “Run hubs in the open" in note_on_top(bot)
    assert "→ “Sofia's &lt;!here&gt; goal”" in note_on_top(bot)
    assert (bot.held("goal"), bot.held("summary")) == ("Wanjiru's goal", "Wanjiru's summary")
    assert bot.held("owner_id") == MATEO, "what she did not touch is as it is now"
    bot.fill()
    now = project_now(bot, project)
    assert (now.goal, now.summary, now.owner_id) == ("Wanjiru's goal", "Wanjiru's summary", MATEO)
    assert changes_of(bot, project)[-1].before == GOAL

    bot.press(bot.last_message(), "Undo")

    assert project_now(bot, project).goal == "Sofia's <!here> goal"
    assert project_now(bot, project).summary == project.summary


def test_somebody_may_be_faster_twice_and_errors_still_stand_at_their_fields(lite: Bot) -> None:
    project = add_jmte(lite)
    type_form(lite, "edit jmte")
    lite.command("goal jmte One goal", person=SOFIA)
    lite.fill(goal="Mine")
    lite.command("goal jmte Two goals", person=MATEO)

    lite.fill()

    assert f"<@{MATEO}> has changed the goal: “One goal” → “Two goals”" in note_on_top(lite)
    result = lite.fill(slug="!!!")
    assert [name.partition(":")[0] for name in result.errors] == ["slug"]
    lite.fill(slug="jmte-pangeo")
    assert project_now(lite, project).goal == "Mine"


def test_what_both_wrote_alike_is_no_conflict(lite: Bot) -> None:
    project = add_jmte(lite)
    type_form(lite, "edit jmte")
    lite.command("goal jmte The same goal", person=SOFIA)

    lite.fill(goal="The same goal", summary="Mine")

    assert (project_now(lite, project).goal, project_now(lite, project).summary) == ("The same goal", "Mine")


def test_lists_are_merged_item_by_item(bot: Bot) -> None:
    project = add_jmte(bot)
    type_form(bot, "edit jmte")
    bot.command("link add jmte https://sofia.example.org Sofia's", person=SOFIA)
    bot.command("link remove jmte 1", person=SOFIA)
    bot.command("alias add jmte sofias", person=SOFIA)
    bot.command("member add jmte <@U0MATEO0001>", person=SOFIA)
    lines = bot.held("links").splitlines()

    bot.fill(
        links="\n".join([*lines[:2], "Mine https://mine.example.org"]),
        aliases="jupearth, mine",
        members=[HARUKI, WANJIRU],
    )

    parts = parts_of(bot, project)
    assert [link.url for link in parts.links] == [
        "https://notes.example.org/a?b=1&c=2",
        "https://sofia.example.org",
        "https://mine.example.org",
    ]
    assert set(parts.aliases) == {"jupearth", "sofias", "mine"}
    assert [member.user_id for member in parts.members if member.user_id] == [HARUKI, MATEO, WANJIRU]


def test_what_a_page_changed_meanwhile_is_noticed_too(lite: Bot) -> None:
    read(lite, PAGE)
    type_form(lite, "edit docs")
    read(lite, PAGE.replace("A newcomer finds the answer.", "From the page."))
    lite.fill(summary="Mine")
    assert "From the page." in lite.command("goal docs")["text"]

    type_form(lite, "edit docs")
    read(lite, PAGE.replace("A newcomer finds the answer.", "From the page again."))
    lite.fill(goal="Mine")
    assert "The page has changed the goal: “From the page.” → “From the page again.”" in note_on_top(lite)
    lite.fill()

    assert "Mine" in lite.command("goal docs")["text"]


def test_an_outcome_that_somebody_said_otherwise_of_comes_back(bot: Bot) -> None:
    project = add_jmte(bot)
    type_form(bot, "update jmte 2")
    bot.command("update jmte 2 done: Sofia says so", person=SOFIA)

    bot.fill(status="off_track", note="Wanjiru says so", due_on="2026-12-24")

    assert f"<@{SOFIA}> has changed the status: 🟡 At risk “Down to three minutes” → ✅ Done" in note_on_top(
        bot
    )
    assert (bot.held("status"), bot.held("note"), bot.held("due_on")) == (
        "off_track",
        "Wanjiru says so",
        "2026-12-24",
    )
    bot.fill()
    outcome = outcomes_of(bot, project)[1]
    assert outcome.newest is not None
    assert (outcome.status, outcome.newest.note) == (OutcomeStatus.OFF_TRACK, "Wanjiru says so")
    assert outcome.due_on is not None


def test_a_note_alone_leaves_the_status_that_somebody_else_gave(lite: Bot) -> None:
    project = add_jmte(lite)
    type_form(lite, "update jmte 2")
    lite.command("update jmte 2 done", person=SOFIA)

    lite.fill(note="And here is the link")

    newest = outcomes_of(lite, project)[1].newest
    assert newest is not None
    assert (newest.status, newest.note) == (OutcomeStatus.DONE, "And here is the link")


def test_the_form_in_which_an_outcome_is_chosen_comes_back_too(lite: Bot) -> None:
    project = add_jmte(lite)
    outcome = outcomes_of(lite, project)[1]
    type_form(lite, "update", channel=RANDOM)
    lite.suggest("project_id", "jmte")
    lite.choose_in_view("project_id", str(project.id))
    lite.choose_in_view("outcome_id", str(outcome.id))
    lite.command("update jmte 2 done", person=SOFIA)

    lite.fill(status="off_track", note="Mine")

    assert "has changed the status" in note_on_top(lite)
    assert (lite.held("status"), lite.held("note"), lite.held("outcome_id")) == (
        "off_track",
        "Mine",
        str(outcome.id),
    )
    lite.fill()
    assert outcomes_of(lite, project)[1].status is OutcomeStatus.OFF_TRACK


def test_a_form_below_another_knows_what_it_showed_when_it_was_opened(lite: Bot) -> None:
    project = add_jmte(lite)
    type_form(lite, "edit jmte", channel=JMTE)
    lite.command("goal jmte Sofia's goal", person=SOFIA)
    lite.press_in_view("Change")
    lite.fill(note="Mine")

    lite.fill(summary="Mine, too")

    assert (project_now(lite, project).goal, project_now(lite, project).summary) == (
        "Sofia's goal",
        "Mine, too",
    )


def test_a_slug_that_somebody_else_took_since_is_not_taken_back(lite: Bot) -> None:
    project = add_jmte(lite)
    type_form(lite, "edit jmte")
    lite.fill(slug="hubs")
    answer = lite.last_message()
    lite.command("alias add pangeo jmte-pangeo", person=SOFIA)

    lite.press(answer, "Undo")

    assert "“jmte-pangeo” is taken: it already finds `pangeo`" in lite.last_message().text
    assert project_now(lite, project).slug == "hubs"


def test_a_parent_that_became_a_part_since_is_not_taken_back(lite: Bot) -> None:
    project = add_jmte(lite)
    type_form(lite, "edit jmte")
    lite.suggest("parent_id")
    lite.fill(parent_id="none")
    answer = lite.last_message()
    type_form(lite, "edit pangeo", person=SOFIA)
    lite.suggest("parent_id", "jmte", person=SOFIA)
    lite.fill(person=SOFIA, parent_id=str(project.id))

    lite.press(answer, "Undo")

    assert "`pangeo` is itself a part of `jmte-pangeo`" in lite.last_message().text
    assert project_now(lite, project).parent_id is None
