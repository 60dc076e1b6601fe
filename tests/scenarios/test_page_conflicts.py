"""What was changed on the page and in chat: asked in the project's channel, decided with a click."""

import json
from pathlib import Path
from typing import Any

from bot.local.model import Message
from bot.local.seed import DOCS, LEILANI, MATEO, SOFIA, STEWARDS
from bot.services.page_questions import PAGE_CONFLICT
from storage import channels, page_conflicts, projects
from storage.page_conflicts import ConflictState
from storage.workspaces import lock_workspace
from tests.scenarios.every_page_message import (
    EDITOR,
    GOAL,
    asked,
    edit_page,
    every_page_message,
    import_page,
)
from tests.services.team import PAGE
from tests.support.bot import WORKSPACE, Bot
from tests.support.messages import all_buttons, stray_markup
from tests.support.signing import button_payload

KEEP, TAKE = "Keep what was said here", "Take what the page says"


def ask_about_goal(bot: Bot) -> None:
    import_page(bot)
    bot.type_command("goal docs Said goal", person=SOFIA)
    edit_page(bot, GOAL)


def goal(bot: Bot) -> str:
    with bot.database.read() as tx:
        found = projects.find_project_by_slug(tx, WORKSPACE, "docs")
    assert found is not None
    return found.goal


def test_the_question_says_both_who_edited_it_and_where(bot: Bot) -> None:
    ask_about_goal(bot)

    (question,) = asked(bot)

    assert question.channel_id == DOCS
    assert question.text.startswith("✍️ *Documentation*: the goal was changed on the page and here.")
    assert "*Here*\nSaid goal" in question.text
    assert "`docs/projects.md`, by Noor &lt;!channel&gt; Haddad" in question.text
    assert "Everybody finds _it_ &amp; &lt;!here&gt;." in question.text


def test_a_click_decides_and_the_question_shrinks_to_that(bot: Bot) -> None:
    ask_about_goal(bot)

    bot.press(asked(bot)[0], TAKE, person=MATEO)
    bot.settle()

    (decided,) = asked(bot)
    assert goal(bot) == GOAL[1]
    assert decided.text.startswith(f"✅ *Documentation*: the goal is as the page has it; <@{MATEO}> decided.")
    assert "Said goal" in decided.text
    assert not [block for block in decided.blocks or [] if block["type"] == "actions"]
    answer = bot.last_message(DOCS, MATEO)
    assert answer.text == "👍 The goal is as the page has it."
    bot.press(answer, "Undo", person=MATEO)
    assert goal(bot) == "Said goal"


def _buttons(message: Message) -> list[dict[str, Any]]:
    return list(all_buttons({"blocks": message.blocks}))


def _payload(message: Message, pressed: tuple[str, str], person: str = SOFIA) -> dict[str, Any]:
    """A click on a button that is not there any more."""
    made = button_payload(*pressed, workspace_id=WORKSPACE, person_id=person, is_ephemeral=False)
    where = {"channel_id": message.channel_id, "message_ts": message.ts}
    return {**made, "container": {**made["container"], **where}}


def test_who_is_slower_learns_who_was_faster(bot: Bot) -> None:
    ask_about_goal(bot)
    (question,) = asked(bot)
    pressed = [(button["action_id"], button["value"]) for button in _buttons(question)]

    bot.press(question, KEEP, person=MATEO)
    bot.click(_payload(question, pressed[1]))
    bot.settle()

    assert goal(bot) == "Said goal"
    assert asked(bot)[0].text.startswith("✅ *Documentation*: the goal stays as it was said here")


def test_who_may_not_change_the_project_is_told_so(lite: Bot) -> None:
    ask_about_goal(lite)
    lite.type_command("owner docs me", person=SOFIA)
    lite.type_command("access docs members", person=SOFIA)

    lite.press(asked(lite)[0], TAKE, person=MATEO)

    assert goal(lite) == "Said goal"
    assert "🔒" in lite.last_message(DOCS, MATEO).text


def test_a_value_that_a_newer_version_carries_is_said_kindly(lite: Bot) -> None:
    ask_about_goal(lite)
    (question,) = asked(lite)
    action_id = _buttons(question)[0]["action_id"]

    for value in ('{"v":2,"do":"keep","id":1,"version":1}', "nonsense", '{"do":"keep","id":99,"version":1}'):
        assert lite.click(_payload(question, (action_id, value))).status == 200

    with lite.database.read() as tx:
        assert page_conflicts.get_conflict(tx, WORKSPACE, 1).state is ConflictState.OPEN


def test_of_a_private_project_the_question_stands_in_its_channel_alone(lite: Bot) -> None:
    import_page(lite)
    with lite.database.write() as tx:
        lock_workspace(tx, WORKSPACE)
        members = lite.slack.workspace.channels[STEWARDS].members
        channels.save_channel(tx, WORKSPACE, STEWARDS, is_private=True, members=members, now=lite.now())
        project = projects.find_project_by_slug(tx, WORKSPACE, "docs")
        assert project is not None
        projects.change_project(tx, WORKSPACE, project.id, lite.now(), channel_id=STEWARDS, goal="Said goal")

    edit_page(lite, GOAL)

    assert [message.channel_id for message in asked(lite)] == [STEWARDS]
    assert PAGE_CONFLICT == "page_conflict"


def test_what_is_said_later_shows_in_the_question(lite: Bot) -> None:
    ask_about_goal(lite)

    lite.type_command("goal docs Said later", person=SOFIA)
    lite.tick(seconds=1)
    lite.tick(seconds=1)

    assert "*Here*\nSaid later" in asked(lite)[0].text
    lite.press(asked(lite)[0], TAKE, person=MATEO)
    assert goal(lite) == GOAL[1]


def test_the_history_names_who_edited_the_page(lite: Bot) -> None:
    import_page(lite)
    edit_page(lite, GOAL, author=EDITOR)
    edit_page(lite, ("Four labs", "Five labs"), author=EDITOR.__class__("Sofia Lindqvist", ""))

    assert "Noor &lt;!channel&gt; Haddad" in lite.command("history docs")["text"]
    assert f"<@{SOFIA}>" in lite.command("history hubs")["text"]


def test_every_message_about_a_page_is_one_that_slack_takes(lite: Bot, tmp_path: Path) -> None:
    found = every_page_message(lite)

    assert len([name for name in found if name.startswith("question")]) >= 5
    for name, message in found.items():
        assert stray_markup(message["text"]) == [], name
        (tmp_path / f"{name}.json").write_text(json.dumps(message), encoding="utf-8")


def test_a_guest_who_is_not_on_the_team_decides_nothing(lite: Bot) -> None:
    ask_about_goal(lite)

    lite.press(asked(lite)[0], TAKE, person=LEILANI)

    assert goal(lite) == "Said goal"


def test_a_status_is_asked_about_like_all_else_and_can_be_taken_back(bot: Bot) -> None:
    marked = PAGE.replace(" have a page\n", " have a page *(no update yet)*\n").replace(
        "an owner\n", "an owner *(no update yet)*\n"
    )
    import_page(bot, marked)
    bot.type_command("update docs 1 at risk", person=SOFIA)

    edit_page(bot, ("*(no update yet)*", "*(🔴 off track: no <!here> boat)*"))

    (question,) = asked(bot)
    assert question.text.startswith("✍️ *Documentation*: the status of outcome 1 was changed on the page")
    assert "*Here*\nat risk · " in question.text
    assert "🔴 off track: no &lt;!here&gt; boat" in question.text
    bot.press(question, TAKE, person=MATEO)
    bot.settle()
    assert "is as the page has it" in asked(bot)[0].text
    text = bot.command("outcomes docs")["text"]
    assert "Off track" in text
    assert f"“no &lt;!here&gt; boat” <@{MATEO}>" in text
    answer = bot.last_message(DOCS, MATEO)
    assert answer.text == "👍 The status of outcome 1 is as the page has it."
    bot.press(answer, "Undo", person=MATEO)
    assert "At risk" in bot.command("outcomes docs")["text"]
