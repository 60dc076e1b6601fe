"""Every command, and what its answer says."""

import pytest

from bot.local.seed import GENERAL, HARUKI, JMTE, MATEO, SOFIA
from bot.slack.registry import COMMANDS
from storage.records import ProjectState
from tests.scenarios.records import add, add_jmte, add_many
from tests.support.bot import Bot
from tests.support.messages import all_buttons, buttons, heading
from tests.support.statements import recorded_statements

EVERY = (
    "",
    "help",
    "help show",
    "list",
    "list mine",
    "list stale",
    "list all",
    "list archived",
    "show jmte",
    "goal jmte",
    "outcomes jmte",
    "links jmte",
    "search hubs",
    "stale",
    "history jmte",
    "access jmte",
    "admin",
    "schedule jmte",
    "preview",
    "preview jmte",
    "away",
    "settings",
    "settings days-off",
    "page",
    "page 2",
    "publish",
    "page jmte",
    "status jmte",
    "freshness jmte",
    "remind jmte",
    "digest",
    "mine",
)
WRITES = (
    "update jmte 2 on track: down to two minutes",
    "outcome add jmte A fourth outcome",
    "assign jmte 2 me",
    "due jmte 2 24 Dec",
    "owner jmte me",
    "metric jmte 2 10 2 minutes",
    "member add jmte me",
    "channel jmte <#C0RANDOM001|random>",
    "link add jmte https://example.org/more More",
    "alias add jmte earth-jupyter",
    "parent tide pangeo",
    "parent jmte none",
    "create Kelp atlas",
    "pause jmte",
    "resume jmte",
    "complete jmte",
    "archive jmte",
    "restore jmte",
    "goal jmte Hubs in the open",
    "schedule jmte weekly mon 09:30 Europe/Berlin",
    "skip jmte",
    "undo",
    "pause jmte until 24 Dec",
    "resume jmte",
    "schedule jmte off",
    "undo",
    "status jmte off track",
    "freshness jmte due 5 stale 9",
    "freshness jmte 2 due 6 stale 10",
    "goal jmte still true",
)
"""In this order each of them changes something."""
FOR_GOOD = (
    "away until 24 Dec",
    "away off",
    "settings country DE",
    "checkin jmte",
    "chart jmte",
    "export csv jmte",
    "digest fri 15:00",
    "mine fri 09:00",
    "brief",
    "doctor",
)
"""Each of them changes something, and no button takes that back."""
OPENS = ("edit jmte", "update", "update jmte", "update jmte 2", "outcome edit jmte 2", "create")
"""Each of them opens a form."""


def test_every_command_is_tried_here() -> None:
    tried = {line.split()[0] if line else "overview" for line in (*EVERY, *WRITES, *FOR_GOOD, *OPENS)}

    assert tried == set(COMMANDS)


def test_every_answer_can_be_shared_and_none_calls_slack(bot: Bot) -> None:
    add_jmte(bot)
    before = bot.calls_in()

    answers = [bot.command(line) for line in EVERY]

    assert all("Share in channel" in buttons(answer) for answer in answers)
    assert bot.calls_in() == before
    # With which a process begins.
    assert set(before) == {"auth.test"}


def test_the_overview_counts_and_says_how_to_go_on(bot: Bot) -> None:
    add_jmte(bot)

    answer = bot.command("", person=SOFIA)

    assert heading(answer) == "Waymark"
    assert "*3* projects are going on, *1* is yours and *1* is stale." in answer["text"]
    assert "`/project help`" in answer["text"]
    assert {"Projects", "My projects", "Stale projects", "Help"} <= set(buttons(answer))


def test_an_empty_workspace_is_told_how_to_begin(bot: Bot) -> None:
    for line in ("", "list", "list all"):
        assert "No projects yet" in bot.command(line)["text"]

    assert "Nothing is stale" in bot.command("stale")["text"]
    assert "No project here is yours" in bot.command("list mine")["text"]


def test_help_lists_every_command_and_each_explains_itself(lite: Bot) -> None:
    everything = lite.command("help")["text"]

    for command in COMMANDS.values():
        assert f"`{command.form}`\n{command.summary}" in everything.replace("&lt;", "<")
        assert command.summary in lite.command(f"help {command.name}")["text"]


def test_help_on_a_misspelt_command_offers_the_nearest(lite: Bot) -> None:
    text = lite.command("help shwo")["text"]

    assert "There is no command “shwo”. Did you mean `/project help show`?" in text
    assert "`/project search WORDS`" in text


def test_show_reads_as_a_record_should(bot: Bot) -> None:
    add_jmte(bot)

    answer = bot.command("show jmte")

    lines = answer["text"].splitlines()
    assert heading(answer) == "Jupyter Meets the Earth"
    assert lines[1] == (
        f"`jmte-pangeo` · Active · part of Pangeo · owner <@{SOFIA}> · <#{JMTE}> · "
        "🌫️ _At risk_ · outcomes: 1 never checked, 1 stale"
    )
    assert "*Strategic goal*\nRun *hubs* in the open, so that _where_ a scientist" in answer["text"]
    assert lines[lines.index("*Key outcomes*") + 1 :][:6] == [
        "*1.* Three hubs run for a year",
        f"🟢 On track · 0 of 52 weeks · <@{MATEO}> · due 18 Jul 2026 · checked 3 days ago",
        "*2.* Sessions start within _two_ minutes",
        "🌫️ _At risk_ · stale, checked 5 weeks ago",
        f"“Down to _three_ minutes” <@{SOFIA}>",
        "*3.* Costs are published",
    ]
    assert "• <https://notes.example.org/a?b=1&amp;c=2|Link 1>" in lines
    assert "• Questions: <https://forum.example.org|forum>" in lines
    assert "• Tide notebooks (`tide-notebooks`)" in lines
    assert f"<@{HARUKI}> (lead), Noor Haddad" in lines
    assert lines[-1] == "No check-in is planned."


def test_parts_of_a_record_lead_to_the_whole(bot: Bot) -> None:
    add_jmte(bot)

    goal, outcomes, links = (bot.command(f"{part} jmte") for part in ("goal", "outcomes", "links"))

    assert "Run *hubs* in the open" in goal["text"]
    assert "Key outcomes" not in goal["text"]
    assert "*2.* Sessions start" in outcomes["text"]
    assert "Strategic goal" not in outcomes["text"]
    assert "board.example.org" in links["text"]
    assert all("Whole record" in buttons(part) for part in (goal, outcomes, links))


def test_a_record_without_anything_says_so(bot: Bot) -> None:
    add(bot, name="Grants", slug="grants")

    text = bot.command("show grants")["text"]

    assert "No goal is written down yet" in text
    assert "No outcomes are written down yet" in text
    assert "No links are written down yet" in bot.command("links grants")["text"]


@pytest.mark.in_process("counts the statements of its own process")
@pytest.mark.parametrize("size", [0, 50])
def test_show_takes_at_most_three_statements_whatever_the_size(bot: Bot, size: int) -> None:
    add(
        bot,
        slug="big",
        name="Big",
        outcomes=[f"Outcome {n}" for n in range(size)],
        links=[f"https://example.org/{n}" for n in range(size)],
    )

    bot.be_met()
    with recorded_statements() as statements:
        bot.command("show big")

    assert len(statements) <= 3


def test_lists_hold_what_they_promise(bot: Bot) -> None:
    add_jmte(bot)
    add(bot, name="Old atlas", slug="old-atlas", state=ProjectState.ARCHIVED)
    add(bot, name="Kelp atlas", slug="kelp-atlas", state=ProjectState.PAUSED)

    shown = {line: bot.command(line, person=HARUKI)["text"] for line in EVERY if "list" in line}

    assert "`kelp-atlas` · Paused · no outcomes yet" in shown["list"]
    assert "`jmte-pangeo` · 🟡 1 at risk · 🟢 1 on track · 1 never checked · 1 stale" in shown["list"]
    assert "Old atlas" not in shown["list"]
    assert "Old atlas" in shown["list all"]
    assert "`old-atlas` · Archived" in shown["list archived"]
    assert "Kelp atlas" not in shown["list archived"]
    assert "1 project\n🌫️ *Jupyter Meets the Earth*" in shown["list mine"]
    assert shown["list stale"] == bot.command("stale")["text"]
    assert "Kelp atlas" not in shown["list stale"]


def test_search_finds_words_of_every_text_and_says_when_nothing_fits(bot: Bot) -> None:
    add_jmte(bot)

    assert "Jupyter Meets the Earth" in bot.command("search SCIENTIST")["text"]
    assert "Jupyter Meets the Earth" in bot.command("search “noor”")["text"]
    assert "Jupyter Meets the Earth" in bot.command("search costs published")["text"]
    assert "No project says “costs &amp; *kelp*”" in bot.command("search costs &amp; *kelp*")["text"]
    assert "Search for what?" in bot.command("search")["text"]
    assert "Search for what?" in bot.command("search ***")["text"]


def test_a_list_is_paged_and_every_row_leads_to_its_record(bot: Bot) -> None:
    add_many(bot, 12)

    first = bot.command("list")

    rows = [button for button in all_buttons(first) if button["text"]["text"] == "Show"]
    assert len(rows) == 10
    assert rows[0]["accessibility_label"] == "Show Reef survey 001"
    assert "12 projects" in first["text"]
    assert "Page 1 of 2" in first["text"]


def test_only_in_the_ack_is_there_an_answer(bot: Bot) -> None:
    add_jmte(bot)

    message = bot.type_command("show jmte", channel=GENERAL)

    assert message.ephemeral_to is not None
    assert "response_url" not in bot.calls_in()
