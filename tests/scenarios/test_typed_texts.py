"""Any text that a person can type is kept as it was typed, and comes out harmless."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from storage import links, members, outcomes, projects
from tests.scenarios.records import add
from tests.support.bot import WORKSPACE, Bot
from tests.support.messages import require_good_message

NASTY = (
    "<!channel>",
    "<!here|here>",
    "<@U0SOFIA0001|sofia>",
    "<https://e.org|x>",
    "`",
    "```",
    "*",
    "_",
    "&",
    "&amp;",
    "\u202e",
    "\u200f",
    "\n",
    "  ",
    "🦀",
    ":tada:",
    "\x07",
    "\x1b[31m",
    "@channel",
    "“",
    '"',
    "/project undo",
)
TEXTS = st.lists(st.sampled_from(NASTY) | st.text(max_size=8), min_size=1, max_size=10).map("".join)
MANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)


def escaped(text: str) -> str:
    """As Slack sends what a person typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def kept(text: str) -> str:
    """What a form of Slack's can carry: no halves of characters, no NUL, no blanks around."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "").strip()


@MANY
@given(text=TEXTS)
@example(text="a\u2028b\x85c \u00a0 d")
def test_a_goal_an_outcome_and_a_note_are_kept_as_typed(lite: Bot, text: str) -> None:
    typed = kept("words " + text)
    with lite.database.read() as tx:
        project = projects.find_project_by_slug(tx, WORKSPACE, "reef")
    project = project or add(lite, slug="reef", name="Reef", outcomes=("One",))

    answers = [
        lite.command(f"{line} {escaped(typed)}")
        for line in ("goal reef", "outcome edit reef 1", "update reef 1 on track:")
    ]
    answers.append(lite.command("history reef"))

    with lite.database.read() as tx:
        goal = projects.get_project(tx, WORKSPACE, project.id).goal
        (outcome,) = outcomes.list_outcomes(tx, WORKSPACE, project.id)
    assert outcome.newest is not None
    assert (goal, outcome.text, outcome.newest.note) == (typed, typed, typed)
    for answer in answers:
        require_good_message(answer)


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("ask <@U0SOFIA0001|sofia> first", "ask @sofia first"),
        ("tell <!channel> and <!here|here>", "tell @channel and @here"),
        ("tell <!subteam^S0123|@stewards>", "tell @stewards"),
        ("in <#C0JMTE00001|proj-jmte>", "in #proj-jmte"),
        ("see <https://e.org/?a=1&amp;b=2>", "see https://e.org/?a=1&b=2"),
        ("see <http://e.org|e.org>", "see e.org"),
        ("see <https://e.org/x|the notes>", "see [the notes](https://e.org/x)"),
        ("write to <mailto:a@e.org|a@e.org>", "write to a@e.org"),
    ],
)
def test_what_slack_made_of_a_text_is_stored_as_it_was_typed(lite: Bot, sent: str, stored: str) -> None:
    project = add(lite, slug="reef", name="Reef")

    lite.command(f"goal reef {sent}")

    with lite.database.read() as tx:
        assert projects.get_project(tx, WORKSPACE, project.id).goal == stored


def test_forty_thousand_characters_are_refused_and_harm_nothing(lite: Bot) -> None:
    add(lite, slug="reef", name="Reef")

    for text in ("&lt;!channel&gt; " * 2500, "x" * 40_000, "`" * 40_000):
        assert "at most 3,000" in lite.command(f"goal reef {text}")["text"]


def test_no_field_of_a_record_and_no_answer_to_a_slip_turns_the_line_around(lite: Bot) -> None:
    project = add(lite, slug="reef", name="Reef", outcomes=("One",))
    with lite.database.write() as tx:
        members.add_member(tx, WORKSPACE, project.id, name="Noor", role="le\u202ead")
        links.add_link(tx, WORKSPACE, project.id, label="", url="https://e.org/\u202egpj.exe")
    lite.command("metric reef 1 0 9 we\u202eeks")

    # `command` looks at each answer.
    shown = [lite.command(line)["text"] for line in ("show reef", "show reef --on today", "history reef")]
    slips = [
        lite.command(f"{line} \u202exyz")["text"]
        for line in ("update reef 1", "assign reef 1", "link remove reef")
    ]

    assert all("weeks" in text for text in shown)
    assert "https://e.org/%E2%80%AEgpj.exe" in shown[0]
    assert all("“xyz”" in text for text in slips)
