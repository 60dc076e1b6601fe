"""Two workspaces in one database never see each other's records."""

import pytest

from bot.slack.queries import Query
from bot.slack.registry import COMMANDS
from tests.scenarios.records import add, add_jmte
from tests.scenarios.test_commands import EVERY
from tests.support.bot import PERSON, WORKSPACE, Bot
from tests.support.make import make_person
from tests.support.signing import button_payload

OTHER = "T0OTHERTEAM"
SECRET_NAME = "Merger with the competitor"


def test_no_command_shows_what_another_workspace_wrote(bot: Bot) -> None:
    add(
        bot,
        workspace=OTHER,
        slug="merger",
        name=SECRET_NAME,
        goal="hubs jmte",
        owner_id=PERSON,
        channel_id="C0NOWHERE01",
        outcomes=("Sign",),
    )
    lines = (
        *EVERY,
        "show merger",
        "goal merger",
        "show",
        "merger",
        "search merger",
        "search competitor",
        "show mergre",
    )

    answers = {line: bot.command(line)["text"] for line in lines}

    assert [line for line, text in answers.items() if "Merger with" in text or "Sign" in text] == []


@pytest.mark.in_process("one token for two workspaces; tests/oauth has processes with a token for each")
def test_both_may_use_the_same_slug_and_each_sees_its_own(bot: Bot) -> None:
    add(bot, slug="docs", name="Ours")
    add(bot, workspace=OTHER, slug="docs", name="Theirs")
    with bot.database.write() as tx:
        make_person(tx, PERSON, OTHER)

    assert "Ours" in bot.command("show docs")["text"]
    assert "Theirs" in bot.command("show docs", workspace=OTHER)["text"]


def test_a_button_with_the_id_of_anothers_project_finds_nothing(bot: Bot) -> None:
    project = add(bot, workspace=OTHER, slug="merger", name=SECRET_NAME, goal="Buy")
    mine = add_jmte(bot)
    question = bot.type_command("help")
    named = [name for name, command in COMMANDS.items() if command.about_project and command.answer]

    for name in named:
        for action_id in ("open:1", "share"):
            secret = bot.slack.platform.response_urls.issue(PERSON, question.channel_id, question.ts)
            bot.click(
                button_payload(
                    action_id,
                    Query.model_validate({"name": name, "project_id": project.id}).encode(),
                    workspace_id=WORKSPACE,
                    response_url=f"{bot.slack.url}/hooks/actions/{WORKSPACE}/R1/{secret}",
                )
            )

    answers = bot.seen()[1:]
    assert len(answers) == 2 * len(named)
    assert {answer.text for answer in answers} == {
        "🍂 That project is no longer there. `/project list` shows what is."
    }
    assert mine.workspace_id == WORKSPACE
