"""What is said in two places is the same in both, and nothing hangs in the air."""

import json
import re
from datetime import date
from typing import Any, get_args

from bot import texts
from bot.errors import AnyBotError, NotUnderstoodError
from bot.settings import Settings
from bot.slack import ids
from bot.slack.interactions.buttons import BUTTONS
from bot.slack.queries import Query, QueryName
from bot.slack.registry import COMMANDS
from bot.slack.views.errors import error_message
from storage.records import ProjectName
from tests.scenarios.records import add, add_jmte, add_many
from tests.scenarios.test_commands import EVERY, WRITES
from tests.support.bot import Bot
from tests.support.make import NOW
from tests.support.messages import all_buttons, require_good_message
from tests.support.readme import ROOT, between_marks, command_table, settings_table

QUESTIONS = (
    "jmte",
    "shwo jmte",
    "show reef",
    "show nothing-like-it",
    "show jmte-pangoe",
    "show",
    "list nine",
    "search",
)


def every_message(bot: Bot) -> list[dict[str, Any]]:
    """One of each kind of message that views make."""
    add_jmte(bot)
    add_many(bot, 12)
    add(bot, slug="long", name="Long", links=("https://e.org/?" + "&" * 2900,), goal="long " * 5000)
    bot.press(bot.type_command("list"), "Next page")
    bot.press(bot.last_message(), "Share in channel")
    bot.press(bot.type_command("list"), "Share in channel")
    typed = [bot.command(line) for line in (*EVERY, *QUESTIONS, "show long", "links long", *WRITES)]
    return [*typed, *({"blocks": message.blocks} for message in bot.seen())]


def test_every_button_has_a_handler_and_every_handler_a_button(lite: Bot) -> None:
    found = [button for message in every_message(lite) for button in all_buttons(message)]

    emitted = {ids.name_of(button["action_id"]) for button in found}

    assert emitted == set(BUTTONS)
    assert set(BUTTONS) == {value for name, value in vars(ids).items() if name.isupper()}


def test_every_button_that_asks_can_be_read_back(lite: Bot) -> None:
    found = [button for message in every_message(lite) for button in all_buttons(message)]

    for button in found:
        if ids.name_of(button["action_id"]) in {ids.OPEN, ids.SHARE}:
            query = Query.decode(button["value"])
            assert query.name in COMMANDS
            assert query.encode() == button["value"]


def test_every_question_that_a_button_can_ask_has_an_answer() -> None:
    assert all(COMMANDS[name].answer for name in get_args(QueryName))
    assert {name for name, command in COMMANDS.items() if command.answer} - {"stale"} == set(
        get_args(QueryName)
    )


def test_every_error_has_a_sentence_that_begins_with_its_mark() -> None:
    values: dict[str, Any] = {
        "typed": "<b>",
        "nearest": (),
        "project": None,
        "command": "show",
        "of_channel": (ProjectName(id=1, slug="a", name="A"),),
        "channel_id": "C0JMTE00001",
        "projects": (ProjectName(id=2, slug="b", name="<!here>"),),
        "has_more": True,
        "rest": "2 done <!here>",
        "usage": "update PROJECT N STATUS [NOTE]",
        "example": "update jmte 2 done",
        "slug": "<b>",
        "count": 3,
        "number": 2,
        "limit": 3000,
        "line": "update <b> 2",
        "kind": "link",
        "known": ("<!here>",),
        "owner": ProjectName(id=3, slug="c", name="C"),
        "person_id": "U0SOFIA0001",
        "readings": (date(2026, 4, 3), date(2026, 3, 4)),
        "day": date(2026, 4, 3),
        "is_past": True,
        "parent": "<b>",
        "began_at": NOW,
    }
    for kind in get_args(AnyBotError):
        names = kind.__dataclass_fields__
        given = {name: values[name] for name in names if name in values}
        if "project" in names or kind.__name__ == "UnknownListError":
            given["nearest"] = "list"
        if kind is NotUnderstoodError:
            given["kind"] = "person"
        message = error_message(kind(**given))

        require_good_message({"text": message.text, "blocks": message.blocks})
        assert re.match(r"[🔎🍂] ", message.text), kind.__name__


def test_an_error_can_pass_through_a_context_manager() -> None:
    for kind in get_args(AnyBotError):
        error = kind.__new__(kind)

        assert error.with_traceback(None) is error
        error.__traceback__ = None


def test_every_command_stands_in_the_help(lite: Bot) -> None:
    text = lite.command("help")["text"]

    for command in COMMANDS.values():
        assert command.form in text
        assert all(COMMANDS[example.split()[0]] is command for example in command.examples)


def test_every_command_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert between_marks(readme, "commands") == command_table()


def test_every_setting_stands_in_the_readme_and_in_the_sample() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    sample = (ROOT / ".env.sample").read_text(encoding="utf-8")

    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", sample, re.MULTILINE))

    assert between_marks(readme, "settings") == settings_table()
    assert named == {name.upper() for name in Settings.model_fields}


def test_the_manifest_announces_the_command_and_all_that_it_understands() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))

    (command,) = manifest["features"]["slash_commands"]

    assert command["command"] == "/project"
    assert command["should_escape"] is True
    hinted = set(re.findall(r"[a-z]+", command["usage_hint"]))
    assert set(COMMANDS) - {"overview"} <= hinted
    assert len(command["usage_hint"]) <= 1000
    assert manifest["settings"]["interactivity"]["is_enabled"] is True


def test_every_list_has_a_title_and_words_for_when_it_is_empty() -> None:
    assert set(texts.LIST_TITLE) == set(texts.LIST_EMPTY)
