"""What is said in two places is the same in both, and nothing hangs in the air."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from bot import texts, texts_forms
from bot.errors import AnyBotError, BadLineError, NotUnderstoodError
from bot.errors_quiet import UnknownCountryError
from bot.local.block_kit import view_errors
from bot.local.seed import HARUKI, SOFIA, WANJIRU
from bot.settings import Settings
from bot.slack import ids
from bot.slack.interactions.buttons import BUTTONS
from bot.slack.interactions.menus import MENUS
from bot.slack.interactions.shortcuts import SHORTCUTS
from bot.slack.interactions.submitting import SUBMISSIONS
from bot.slack.memos import FormName
from bot.slack.queries import Query, QueryName
from bot.slack.registry import COMMANDS
from bot.slack.views.errors import error_message
from storage.records import ProjectName
from tests.scenarios.every_page_message import every_page_message
from tests.scenarios.every_round_message import every_round_message
from tests.scenarios.every_view import every_view
from tests.scenarios.records import add, add_jmte, add_many
from tests.scenarios.test_commands import EVERY, FOR_GOOD, WRITES
from tests.support.bot import Bot
from tests.support.make import NOW
from tests.support.messages import all_buttons, mrkdwn_texts, require_good_message, stray_markup
from tests.support.readme import ROOT, between_marks, command_table, freshness_table, settings_table

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
    """One of each kind of message that views make; of a project that `add_jmte` has made."""
    add_many(bot, 12)
    add(bot, slug="long", name="Long", links=("https://e.org/?" + "&" * 2900,), goal="long " * 5000)
    homes = [bot.open_home(person).body for person in (WANJIRU, SOFIA, HARUKI)]
    bot.press(bot.type_command("list"), "Next page")
    bot.press(bot.last_message(), "Share in channel")
    bot.press(bot.type_command("list"), "Share in channel")
    lines = (*EVERY, *QUESTIONS, "show long", "links long", *WRITES, *FOR_GOOD)
    typed = [bot.command(line) for line in lines]
    return [*typed, *({"blocks": message.blocks} for message in bot.seen()), *homes]


def elements(body: object) -> Iterator[dict[str, Any]]:
    """Everything with an action id, wherever it stands."""
    if isinstance(body, dict):
        if "action_id" in body:
            yield body
        for part in body.values():
            yield from elements(part)
    elif isinstance(body, list):
        for part in body:
            yield from elements(part)


def inputs(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for block in view["blocks"] if block["type"] == "input"]


def test_every_id_has_a_handler_and_every_handler_an_id(lite: Bot) -> None:
    project = add_jmte(lite)
    # Before everything in them is vouched for.
    homes = [lite.open_home(person).body for person in (WANJIRU, SOFIA, HARUKI)]
    views = every_view(lite, project).values()
    fields = [block for view in views for block in inputs(view)]
    # What stands in a form is sent when it is submitted; only what asks at once is sent before.
    silent = {id(block["element"]) for block in fields if not block.get("dispatch_action")}
    pages = every_page_message(lite).values()
    rounds = every_round_message(lite).values()
    shown = [*homes, *views, *rounds, *pages, *every_message(lite)]

    found = [each for body in shown for each in elements(body["blocks"]) if id(each) not in silent]
    filled = [
        each for body in shown for each in elements(body["blocks"]) if each["type"] == "external_select"
    ]

    assert {ids.name_of(each["action_id"]) for each in found} == set(BUTTONS)
    assert {ids.name_of(each["action_id"]) for each in filled} == set(MENUS)
    named = {value for name, value in vars(ids).items() if name.isupper()}
    assert named == {*BUTTONS, *MENUS}


def test_every_form_has_a_handler_and_every_handler_a_form(lite: Bot) -> None:
    views = every_view(lite, add_jmte(lite))

    assert {view["callback_id"] for view in views.values() if "callback_id" in view} == set(SUBMISSIONS)
    assert set(SUBMISSIONS) == set(get_args(FormName)) == set(texts_forms.TITLE)
    for view in views.values():
        assert "callback_id" in view or not inputs(view)
        assert len(view.get("private_metadata", "")) <= 3000
    fields = {ids.name_of(block["block_id"]) for view in views.values() for block in inputs(view)}
    assert fields == set(texts_forms.LABEL)


def test_every_shortcut_is_in_the_manifest_and_has_a_handler() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))

    assert {each["callback_id"] for each in manifest["features"]["shortcuts"]} == set(SHORTCUTS)


def test_every_view_is_one_that_slack_takes_and_has_nothing_typed_that_does_anything(lite: Bot) -> None:
    for name, view in every_view(lite, add_jmte(lite)).items():
        assert view_errors(view) == [], name
        for written in mrkdwn_texts(view["blocks"]):
            assert stray_markup(written) == [], name


def test_every_button_that_asks_can_be_read_back(lite: Bot) -> None:
    add_jmte(lite)
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
        "due_after_days": 30,
        "stale_after_days": 10,
        "most": 365,
        "number": 2,
        "limit": 3000,
        "line": "update <b> 2",
        "kind": "link",
        "known": ("<!here>",),
        "owner": ProjectName(id=3, slug="c", name="C"),
        "person_id": "U0SOFIA0001",
        "why": "restricted",
        "wanted": "owner",
        "team": ("U0SOFIA0001",),
        "admins": ("U0WANJIRU01",),
        "readings": (date(2026, 4, 3), date(2026, 3, 4)),
        "day": date(2026, 4, 3),
        "is_past": True,
        "is_today": True,
        "first": date(2026, 4, 3),
        "last": date(2026, 3, 4),
        "holiday": "<b>",
        "parent": "<b>",
        "began_at": NOW,
        "words": "<b>",
        "part": "time",
        "owner_id": "U0SOFIA0001",
        "message_ts": "1784300000.000100",
        "state": "edited",
    }
    for kind in get_args(AnyBotError):
        names = kind.__dataclass_fields__
        given = {name: values[name] for name in names if name in values}
        if kind is BadLineError:
            given["line"] = 3
        if "project" in names or kind.__name__ == "UnknownListError":
            given["nearest"] = "list"
        if kind is UnknownCountryError:
            given["nearest"] = "<b>"
        if kind is NotUnderstoodError:
            given["kind"] = "person"
        message = error_message(kind(**given))

        require_good_message({"text": message.text, "blocks": message.blocks})
        assert re.match(r"[🔎🍂🔒] ", message.text), kind.__name__


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


def test_the_words_for_freshness_in_the_readme_are_those_in_answers() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert between_marks(readme, "freshness") == freshness_table()


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
