"""What a person may type to mean a project."""

import pytest

from bot.local.seed import DOCS, GENERAL, JMTE, RANDOM
from storage.records import ProjectState
from tests.scenarios.records import add, add_jmte
from tests.support.bot import Bot
from tests.support.messages import all_buttons, buttons, heading
from tests.support.statements import recorded_statements

THE_NAME = "Jupyter Meets the Earth"


NAMES_OF_JMTE = (
    "jmte-pangeo",
    "jmte",
    "JMTE",
    "jupearth",
    "Jupyter Meets the Earth",
    "jupyter meets",
    "meets the earth",
    "earth",
    '"jmte"',
    "'jmte'",
    "“jmte”",
    "«Jupyter Meets the Earth»",
    "`jmte`",
    "  jmte  ",
    "\u00a0jmte\u00a0pangeo\u00a0",
    "jmte\u200b",
    "jmte   pangeo",
    f"<#{JMTE}>",
    f"<#{JMTE}|proj-jmte>",
    f"“<#{JMTE}>”",
)
LINES = ("SHOW jmte", "“show” jmte", "“show jmte”", "/show jmte", "\u00a0show\u00a0jmte", "  show\tjmte\n")


def test_slug_alias_name_and_parts_are_understood_however_they_are_typed(bot: Bot) -> None:
    add_jmte(bot)
    add(bot, name="Documentation refresh", slug="docs-refresh")

    shown = {typed: heading(bot.command(f"show {typed}")) for typed in NAMES_OF_JMTE}

    assert shown == dict.fromkeys(NAMES_OF_JMTE, THE_NAME)


def test_commands_are_understood_however_they_are_typed(lite: Bot) -> None:
    add_jmte(lite)

    shown = {line: heading(lite.command(line)) for line in LINES}

    assert shown == dict.fromkeys(LINES, THE_NAME)


def test_in_the_channel_of_a_project_it_may_be_left_out(bot: Bot) -> None:
    add_jmte(bot)
    lines = ("show", "goal", "outcomes", "links", 'show ""', "show “”")

    shown = {line: heading(bot.command(line, channel=JMTE)) for line in lines}

    assert shown == dict.fromkeys(lines, THE_NAME)


def test_in_a_channel_of_several_projects_each_is_offered(bot: Bot) -> None:
    add(bot, name="Docs for people", slug="docs-people", channel_id=DOCS, goal="Be read")
    add(bot, name="Docs for machines", slug="docs-machines", channel_id=DOCS, goal="Be parsed")
    add(bot, name="Docs of old", slug="docs-old", channel_id=DOCS, state=ProjectState.ARCHIVED)

    question = bot.type_command("goal", channel=DOCS, person="U0JONAS0001")
    pressed = bot.press(question, "Show", person="U0JONAS0001")

    assert "This channel belongs to several" in question.text
    assert "*Docs for machines*\n`docs-machines`\n*Docs for people*" in question.text
    assert "Docs of old" not in question.text
    assert pressed.ok
    (answer,) = bot.seen(DOCS, "U0JONAS0001")
    assert "Be parsed" in answer.text
    assert answer.ephemeral_to == "U0JONAS0001"


def test_in_a_channel_without_a_project_one_is_asked_for(bot: Bot) -> None:
    add_jmte(bot)

    nowhere = bot.command("outcomes", channel=GENERAL)["text"]
    mentioned = bot.command(f"outcomes <#{RANDOM}|random>", channel=JMTE)["text"]

    assert "This channel belongs to none, so name one: `/project outcomes PROJECT`" in nowhere
    assert f"<#{RANDOM}> belongs to no project" in mentioned


def test_a_part_that_several_have_offers_them_and_the_choice_works(bot: Bot) -> None:
    add(bot, name="Hub pilots", slug="hub-pilots", outcomes=("Four labs have taught",))
    add(bot, name="Hub costs", slug="hub-costs", outcomes=("Costs are known",))

    question = bot.type_command("outcomes hub")
    bot.press(question, "Show")

    assert "“hub” could be any of these. Which one?" in question.text
    assert "Costs are known" in bot.last_message().text
    assert bot.last_message().ts == question.ts, "the answer stands in the place of the question"


def test_projects_of_one_name_are_told_apart_by_their_slugs(bot: Bot) -> None:
    add(bot, name="Docs", slug="docs-old")
    add(bot, name="Docs", slug="docs-new")

    answer = bot.command("show docs")

    assert "*Docs*\n`docs-old`\n*Docs*\n`docs-new`" in answer["text"]


def test_what_many_have_offers_ten_and_asks_for_more(bot: Bot) -> None:
    for number in range(15):
        add(bot, name=f"Hub {number:02}", slug=f"hub-{number:02}")

    answer = bot.command("show hub")

    assert "“hub” could be many projects. Type more of it, or pick one of these:" in answer["text"]
    assert len(all_buttons(answer)) == 10


def test_a_whole_slug_wins_over_parts_of_others(bot: Bot) -> None:
    add(bot, name="The documentation", slug="docs")
    add(bot, name="Docs refresh", slug="docs-refresh")

    assert heading(bot.command("show docs")) == "The documentation"


def test_an_archived_project_is_meant_only_when_nothing_else_is(bot: Bot) -> None:
    add(bot, name="Atlas of kelp", slug="atlas-kelp", state=ProjectState.ARCHIVED)

    alone = bot.command("show atlas")
    add(bot, name="Atlas of reefs", slug="atlas-reefs")
    beside = bot.command("show atlas")

    assert heading(alone) == "Atlas of kelp"
    assert heading(beside) == "Atlas of reefs"


def test_a_typing_error_offers_the_nearest(bot: Bot) -> None:
    project = add_jmte(bot)
    add(bot, name="Grants", slug="grants")

    question = bot.type_command("goal jmte-pangoe")
    bot.press(question, "Show")

    assert "No project is called “jmte-pangoe”. Did you mean" in question.text
    assert project.name in question.text
    assert "Grants" not in question.text
    assert "Strategic goal" in bot.last_message().text


def test_nothing_near_says_where_to_look(bot: Bot) -> None:
    add_jmte(bot)

    text = bot.command("show qqqqqqqq")["text"]

    assert "No project is called “qqqqqqqq”. `/project list` shows what there is" in text


def test_a_project_alone_is_offered_to_be_shown(bot: Bot) -> None:
    add_jmte(bot)

    question = bot.type_command("JMTE")
    bot.press(question, "Show")

    assert "“JMTE” is no command, but a project. Show it?" in question.text
    assert "Jupyter Meets the Earth" in question.text
    assert "Key outcomes" in bot.last_message().text


def test_words_that_several_projects_have_are_offered_too(bot: Bot) -> None:
    add(bot, name="Hub pilots", slug="hub-pilots")
    add(bot, name="Hub costs", slug="hub-costs")

    answer = bot.command("hub")

    assert "“hub” could be any of these" in answer["text"]
    assert len(all_buttons(answer)) == 2


def test_an_unknown_command_answers_with_the_nearest_and_loses_nothing(bot: Bot) -> None:
    add_jmte(bot)

    assert "Did you mean `/project show jmte`?" in bot.command("shwo jmte")["text"]
    assert "Did you mean `/project list mine`?" in bot.command("lsit mine")["text"]
    assert "`/project search a'b &amp; &lt;c&gt;`?" in bot.command("saerch a`b &amp; &lt;c&gt;")["text"]
    assert "`/project help` lists what there is." in bot.command("xyzzyq")["text"]
    assert "Did you mean `/project list archived`?" in bot.command("list archive")["text"]
    assert "There are `list`, `list mine`," in bot.command("list xyzzyq")["text"]


@pytest.mark.in_process("counts the statements of its own process")
def test_a_misspelt_command_costs_no_search_and_a_whole_project_still_wins(bot: Bot) -> None:
    add(bot, name="Shows", slug="show-us")
    bot.be_met()

    with recorded_statements() as statements:
        assert "Did you mean `/project show jmte`?" in bot.command("shwo jmte")["text"]
    assert len(statements) == 1
    assert "“shows” is no command, but a project" in bot.command("shows")["text"]


def test_a_misspelt_project_alone_offers_the_nearest_projects(bot: Bot) -> None:
    add_jmte(bot)

    answer = bot.command("jmte-pangoe")

    assert "Did you mean" in answer["text"]
    assert "Show" in buttons(answer)


def test_a_channel_alone_offers_its_project(bot: Bot) -> None:
    add_jmte(bot)

    assert "Jupyter Meets the Earth" in bot.command(f"<#{JMTE}|proj-jmte>")["text"]
    assert "belongs to no project" in bot.command(f"<#{RANDOM}>")["text"]


STRANGE = (
    "show &lt;!channel&gt;",
    "show <!channel>",
    "show <!subteam^S123|@people>",
    "show <@U0SOFIA0001>",
    "show *_~`&lt;b&gt;",
    "search <!here> &lt;!everyone&gt;",
    "help <!channel>",
    "list <!channel>",
    "<!channel>",
    "<@U0SOFIA0001|sofia> <!here|here>",
    "show " + "&amp;" * 3000,
    "x" * 3900,
    "show " + "word " * 700,
    "search " + "&lt;" * 900,
    "\u202eshow jmte",
    "show \x00\x01",
    "show 🦀🦀🦀",
    "show %_%",
)


def test_whatever_is_typed_is_answered_and_comes_back_harmless(bot: Bot) -> None:
    add_jmte(bot)

    answers = {typed: bot.command(typed)["text"] for typed in STRANGE}

    assert [typed for typed, text in answers.items() if "through no fault of yours" in text] == []
