"""What people get wrong when they type: it is understood, or explained, and never lost."""

import pytest

from bot.local.seed import SOFIA
from storage import outcomes, project_parts, projects
from storage.records import OutcomeStatus, ProjectState
from tests.scenarios.records import add, add_jmte
from tests.support.bot import CHANNEL, WORKSPACE, Bot
from tests.support.dumps import dump
from tests.support.make import SEES

LONG = "what was said " * 300
"""4,200 characters."""


@pytest.mark.parametrize(
    "line",
    [
        "update Jupyter Meets the Earth 2 done: at last",
        "update jupyter meets THE earth #2, done: at last",
        'update "Jupyter Meets the Earth" 2 done: at last',
        "update \u200fjmte\u200e  2   done:   at last",
        "update jmte 2: done, at last",
        "update jmte 2\ndone: at last",
        "UPDATE JMTE 2 ✅ at last",
    ],
)
def test_a_name_of_several_words_and_stray_marks_are_understood(lite: Bot, line: str) -> None:
    project = add_jmte(lite)

    lite.command(line)

    with lite.database.read() as tx:
        newest = outcomes.list_outcomes(tx, WORKSPACE, project.id)[1].newest
    assert newest is not None
    assert (newest.status, newest.note) == (OutcomeStatus.DONE, "at last")


def test_projects_with_numbers_in_their_names(lite: Bot) -> None:
    add(lite, slug="2030-plan", name="2030 plan", outcomes=("One", "Two"))
    add(lite, slug="web3", name="Web 3", outcomes=("One", "Two"))

    first = lite.command("update 2030 plan 2 done")["text"]
    second = lite.command("update web 3 2 done")["text"]
    third = lite.command("due Web 3 1 tomorrow")["text"]

    assert "2030 plan\n" in first
    assert "✏️ Outcome 2 is updated." in first
    assert "Web 3\n" in second
    assert "✏️ Outcome 2 is updated." in second
    assert "is due on Tuesday 5 May 2026" in third


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (f"update jmte 9 done: {LONG}", LONG),
        (f"update jmte two done: {LONG}", LONG),
        (f"update jmte 2 {LONG}", LONG),
        (f"update old-reef 1 done: {LONG}", LONG),
        (f"goal old-reef {LONG}", LONG),
        (f"goal atlantis {LONG}", LONG),
        (f"outcome edit jmte 9 {LONG}", LONG),
        (f"outcome add jmte {LONG}", LONG),
        (f"due jmte 2 {LONG}", LONG),
        (f"assign jmte 2 {LONG}", LONG),
    ],
)
def test_a_long_text_that_could_not_be_kept_is_said_back(lite: Bot, line: str, kept: str) -> None:
    add_jmte(lite)
    add(lite, slug="old-reef", name="Old reef", state=ProjectState.ARCHIVED, outcomes=("One",))
    before = dump(lite.database)

    answer = lite.command(line)

    assert kept.strip() in " ".join(answer["text"].split())
    assert dump(lite.database) == before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("undo jmte", "“jmte” is more than `/project undo` takes, so nothing was changed."),
        ("undo 3", "“3” is more than `/project undo` takes"),
        ("archive jmte &lt;!channel&gt;", "“&lt;!channel&gt;” is more than `/project archive PROJECT` takes"),
        ("outcome drop jmte 2 and 3", "“and 3” is more than `/project outcome drop PROJECT N` takes"),
    ],
)
def test_a_command_that_takes_no_more_words_does_nothing_with_more(lite: Bot, line: str, said: str) -> None:
    add_jmte(lite)
    lite.command("goal jmte Something to take back")
    before = dump(lite.database)

    assert said in lite.command(line)["text"]
    assert dump(lite.database) == before


def test_a_link_is_understood_however_slack_hands_it_over(lite: Bot) -> None:
    project = add_jmte(lite)

    for line in (
        "link add jmte <http://one.example|one.example>",
        "link add jmte <https://two.example/?a=1&amp;b=2|two words> ",
        "link add jmte <https://three.example|three.example> The third &amp; last",
        "link add jmte https://four.example Four",
    ):
        assert "is added" in lite.command(line)["text"], line

    with lite.database.read() as tx:
        links = project_parts.get_parts(tx, WORKSPACE, SEES, project.id).links[-4:]
    assert [(link.url, link.label) for link in links] == [
        ("http://one.example", ""),
        ("https://two.example/?a=1&b=2", "two words"),
        ("https://three.example", "The third & last"),
        ("https://four.example", "Four"),
    ]


@pytest.mark.parametrize("nothing", ["none", '""', "None"])
def test_a_goal_is_taken_away(lite: Bot, nothing: str) -> None:
    project = add_jmte(lite)

    answer = lite.command(f"goal jmte {nothing}")["text"]
    lite.command("undo")

    assert "No goal is written down yet" in answer
    with lite.database.read() as tx:
        assert projects.get_project(tx, WORKSPACE, project.id).goal == project.goal


def test_undo_again_goes_further_back_and_redo_is_taken_back_like_anything_else(lite: Bot) -> None:
    project = add_jmte(lite)
    for goal in ("First goal", "Second goal", "Third goal"):
        lite.command(f"goal jmte {goal}")

    def goal_now() -> str:
        with lite.database.read() as tx:
            return projects.get_project(tx, WORKSPACE, project.id).goal

    seen = []
    for _ in range(2):
        lite.type_command("undo")
        seen.append(goal_now())
    lite.press(lite.last_message(), "Redo")
    seen.append(goal_now())
    for _ in range(2):
        lite.command("undo")
        seen.append(goal_now())

    assert seen == ["Second goal", "First goal", "Second goal", "First goal", project.goal]
    assert "nothing of yours to take back" in lite.command("undo")["text"]
    history = lite.command("history jmte")["text"]
    assert history.count("↩️ took back") == 4
    assert "by button" in history


def test_a_move_that_got_parts_below_it_is_taken_back_as_it_was(lite: Bot) -> None:
    project = add(lite, slug="reef", name="Reef", outcomes=("One", "Part of one", "Two"))
    with lite.database.write() as tx:
        part = outcomes.list_outcomes(tx, WORKSPACE, project.id)[1]
        outcomes.change_outcome(tx, WORKSPACE, part.id, lite.now(), level=1)

    lite.command("outcome move reef 3 2")
    moved = lite.command("history reef")["text"]
    lite.command("undo")

    with lite.database.read() as tx:
        texts = [outcome.text for outcome in outcomes.list_outcomes(tx, WORKSPACE, project.id)]
    assert "*Outcome 2* moved: number 3 → 2" in moved
    assert texts == ["One", "Part of one", "Two"]


def test_what_was_dropped_comes_back_at_its_number(lite: Bot) -> None:
    project = add(lite, slug="reef", name="Reef", outcomes=("One", "Two", "Three", "Four"))
    dropped = lite.type_command("outcome drop reef 2", channel=CHANNEL)
    lite.command("outcome move reef 3 1", person=SOFIA)

    lite.press(dropped, "Undo")

    with lite.database.read() as tx:
        texts = [outcome.text for outcome in outcomes.list_outcomes(tx, WORKSPACE, project.id)]
    assert texts == ["Four", "Two", "One", "Three"]
    assert "*Outcome 2* removed: “Two”" in lite.command("history reef")["text"]
