"""`parent`: a project becomes a part of another, and never of itself."""

import pytest

from bot.local.seed import SOFIA
from storage import projects
from storage.records import ProjectState
from tests.scenarios.records import add, add_jmte
from tests.support.bot import CHANNEL, WORKSPACE, Bot
from tests.support.dumps import dump
from tests.support.messages import heading


def parent_of(bot: Bot, project_id: int) -> int | None:
    with bot.database.read() as tx:
        return projects.get_project(tx, WORKSPACE, project_id).parent_id


def test_a_project_becomes_a_part_of_another_and_both_histories_say_so(bot: Bot) -> None:
    add_jmte(bot)
    reef = add(bot, slug="reef", name="Reef & shore")

    answer = bot.command("parent tide reef", person=SOFIA)["text"]
    histories = [bot.command(f"history {slug}")["text"] for slug in ("tide", "reef", "jmte")]
    of_child, of_parent, of_former = histories

    assert "✏️ A part of *Reef &amp; shore* now." in answer
    assert "part of Reef &amp; shore" in answer
    assert "*Project* parent: “Jupyter Meets the Earth” → “Reef &amp; shore”" in of_child
    assert "*Sub-project* added: “Tide notebooks”" in of_parent
    assert "*Sub-project* removed: “Tide notebooks”" in of_former
    assert f"<@{SOFIA}>" in of_parent
    assert "Tide notebooks" in bot.command("show reef")["text"]
    bot.command("undo", person=SOFIA)
    assert "Tide notebooks" in bot.command("show jmte")["text"]
    assert parent_of(bot, reef.id) is None


def test_a_project_is_taken_out_of_its_parent(bot: Bot) -> None:
    project = add_jmte(bot)

    answer = bot.command("parent jmte none")["text"]

    assert "✏️ Not a part of another project now." in answer
    assert parent_of(bot, project.id) is None
    assert "👌 It says so already." in bot.command("parent jmte none")["text"]


def test_in_its_channel_the_parent_alone_is_enough(lite: Bot) -> None:
    project = add_jmte(lite)
    reef = add(lite, slug="reef", name="Reef survey")

    lite.command("parent Reef survey", channel=CHANNEL)
    first = parent_of(lite, project.id)
    lite.command("parent pangeo", channel=CHANNEL)
    second = parent_of(lite, project.id)
    lite.command("parent tide reef", channel=CHANNEL)

    assert first == reef.id
    assert second not in {reef.id, None}
    assert "Tide notebooks" in lite.command("show reef")["text"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("parent", "That needs more words: `/project parent PROJECT PARENT"),
        ("parent jmte", "That needs more words"),
        ("parent jmte jmte", "`jmte-pangeo` cannot be a part of itself."),
        ("parent pangeo jmte", "`jmte-pangeo` is itself a part of `pangeo`, so that would make a ring."),
        ("parent pangeo tide", "`tide-notebooks` is itself a part of `pangeo`"),
        ("parent jmte old", "`old` is archived, so nothing was changed."),
        ("parent old jmte", "`old` is archived, so nothing was changed."),
        ("parent jmte atlantis", "No project is called “atlantis”"),
        ("parent atlantis jmte", "No project is called “atlantis”"),
        ("parent jmte &lt;!channel&gt;", "“&lt;!channel&gt;”"),
    ],
)
def test_a_parent_that_cannot_be_is_explained_and_changes_nothing(lite: Bot, line: str, said: str) -> None:
    add_jmte(lite)
    add(lite, slug="old", name="Old", state=ProjectState.ARCHIVED)
    before = dump(lite.database)

    answer = lite.command(line)

    assert said in answer["text"]
    assert dump(lite.database) == before


def test_doing_it_again_makes_no_ring_either(lite: Bot) -> None:
    project = add_jmte(lite)
    reef = add(lite, slug="reef", name="Reef")
    answer = lite.type_command("parent jmte reef")
    lite.press(answer, "Undo")
    undone = lite.last_message()
    lite.command("parent reef jmte", person=SOFIA)

    lite.press(undone, "Redo")

    assert "that would make a ring" in lite.last_message().text
    assert parent_of(lite, reef.id) == project.id
    assert heading(lite.command("show jmte")) == "Jupyter Meets the Earth"
