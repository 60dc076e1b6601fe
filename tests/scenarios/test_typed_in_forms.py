"""Any text that a person can type into a form is kept as it was typed, and comes out harmless."""

from hypothesis import example, given

from bot.local.block_kit import view_errors
from bot.local.seed import JMTE, RANDOM, SOFIA
from storage import outcomes, projects
from storage.records import Project
from tests.scenarios.records import add
from tests.scenarios.test_forms import type_form
from tests.scenarios.test_typed_texts import MANY, TEXTS, kept
from tests.support.bot import WORKSPACE, Bot
from tests.support.messages import mrkdwn_texts, require_good_message, stray_markup


def reef(bot: Bot) -> Project:
    with bot.database.read() as tx:
        project = projects.find_project_by_slug(tx, WORKSPACE, "reef")
    return project or add(bot, slug="reef", name="Reef", outcomes=("One",), channel_id=RANDOM)


def require_good_form(bot: Bot) -> None:
    body = bot.view().body
    assert view_errors(body) == []
    for written in mrkdwn_texts(body["blocks"]):
        assert stray_markup(written) == []
        assert "\x00" not in written


def typed(text: str) -> str:
    """With one kind of line ends, as a field of Slack's gives them."""
    return kept(text).replace("\r\n", "\n").replace("\r", "\n").strip()


@MANY
@given(text=TEXTS)
@example(text="a\u2028b\x85c \u00a0 d")
@example(text="\r\n<!channel>\r x")
def test_what_is_typed_into_forms_is_kept_as_typed(lite: Bot, text: str) -> None:
    words = typed("words " + text)
    project = reef(lite)

    type_form(lite, "edit reef")
    lite.fill(goal=words, summary=words)
    type_form(lite, "outcome edit reef 1")
    lite.fill(text=words, note=words, unit="", start="", target="")
    type_form(lite, "edit reef")
    require_good_form(lite)
    lite.press_in_view("Change")
    require_good_form(lite)

    with lite.database.read() as tx:
        now = projects.get_project(tx, WORKSPACE, project.id)
        (outcome,) = outcomes.list_outcomes(tx, WORKSPACE, project.id)
    assert outcome.newest is not None
    assert (now.goal, now.summary, outcome.text, outcome.newest.note) == (words,) * 4
    for answer in (lite.command("show reef"), lite.command("history reef")):
        require_good_message(answer)


@MANY
@given(text=TEXTS)
def test_what_stands_in_a_form_is_no_change_when_nobody_touches_it(lite: Bot, text: str) -> None:
    project = reef(lite)
    with lite.database.write() as tx:
        # As a page may have it, with blanks and lines that no field gives back.
        strange = text.encode("utf-8", "replace").decode().replace("\x00", "")
        projects.change_project(tx, WORKSPACE, project.id, lite.now(), goal=strange, summary=strange)

    type_form(lite, "edit reef")
    lite.fill()

    assert "👌 It says so already." in lite.last_message(JMTE).text


@MANY
@given(mine=TEXTS, theirs=TEXTS)
def test_what_both_typed_comes_back_harmless_and_whole(lite: Bot, mine: str, theirs: str) -> None:
    project = reef(lite)
    mine, theirs = typed(f"mine {mine}"), typed(f"theirs {theirs}")
    with lite.database.write() as tx:
        projects.change_project(tx, WORKSPACE, project.id, lite.now(), goal="As it was")
    type_form(lite, "edit reef")
    type_form(lite, "edit reef", person=SOFIA)
    lite.fill(person=SOFIA, goal=theirs)

    lite.fill(goal=mine)

    require_good_form(lite)
    assert lite.held("goal") == mine
    lite.fill()
    with lite.database.read() as tx:
        assert projects.get_project(tx, WORKSPACE, project.id).goal == mine


@MANY
@given(text=TEXTS)
def test_the_words_of_a_message_come_out_harmless_and_are_kept_as_they_stand_in_the_form(
    lite: Bot, text: str
) -> None:
    project = reef(lite)
    ts = lite.people.say(SOFIA, JMTE, f"said {text}").ts or ""
    lite.people.run_message_shortcut("U0WANJIRU01", JMTE, ts, "save_update")
    require_good_form(lite)
    note = lite.held("note")
    lite.suggest("project_id", "reef")
    lite.choose_in_view("project_id", str(project.id))
    with lite.database.read() as tx:
        (outcome,) = outcomes.list_outcomes(tx, WORKSPACE, project.id)
    lite.choose_in_view("outcome_id", str(outcome.id))
    require_good_form(lite)
    lite.fill()

    with lite.database.read() as tx:
        (outcome,) = outcomes.list_outcomes(tx, WORKSPACE, project.id)
    assert outcome.newest is not None
    assert outcome.newest.note == typed(note)
    require_good_message({"text": lite.last_message().text, "blocks": lite.last_message().blocks})


def test_forty_thousand_characters_are_refused_at_the_field(lite: Bot) -> None:
    reef(lite)
    type_form(lite, "edit reef")

    for text in ("<!channel> " * 4000, "x" * 40_000, "`" * 3001):
        result = lite.fill(goal=text)
        assert [*result.errors] == ["goal"]
        assert lite.held("goal") == text
