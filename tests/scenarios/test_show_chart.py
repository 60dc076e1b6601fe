"""The chart in `/project show`: there where it is known that Slack draws it, and nowhere else."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.local.model import Message
from bot.local.seed import GENERAL, SOFIA, STEWARDS, WANJIRU
from bot.local.unkind import Rule
from storage.charts_drawn import REMEMBERED
from storage.check_in_tables import settings
from storage.outcomes import list_outcomes
from storage.projects import change_project
from storage.records import OutcomeStatus, Project
from storage.settings import change_settings
from tests.scenarios.drawn import post_a_chart, types
from tests.scenarios.records import add, add_jmte
from tests.support.bot import WORKSPACE, Bot
from tests.support.make import NOW, make_channel, say
from tests.support.messages import all_buttons, words
from tests.support.statements import recorded_statements

NATIVE = "data_visualization"
TITLE = "Outcomes by status"


@pytest.fixture
def project(bot: Bot) -> Project:
    """Its outcomes have moved in the last thirty days."""
    project = add_jmte(bot)
    with bot.database.write() as tx:
        first, second, third = list_outcomes(tx, WORKSPACE, project.id)
        say(tx, first, OutcomeStatus.DONE, workspace_id=WORKSPACE, ago=timedelta(days=-10))
        say(tx, second, OutcomeStatus.ON_TRACK, workspace_id=WORKSPACE, ago=timedelta(days=-17))
        say(tx, third, OutcomeStatus.OFF_TRACK, workspace_id=WORKSPACE, ago=timedelta(days=-25))
    bot.now.at = NOW + timedelta(days=30)
    return project


def refuse_charts(bot: Bot, times: int = 1000) -> None:
    bot.slack.platform.unkindness.add(Rule("*", block=NATIVE, times=times))


def shows_chart(shown: Message | dict[str, Any]) -> bool:
    text = shown.text if isinstance(shown, Message) else shown["text"]
    has_block = NATIVE in types(shown)
    assert has_block == (TITLE in text), "whoever listens is told as much as who looks"
    return has_block


def known(bot: Bot) -> tuple[object, object]:
    with bot.database.read() as tx:
        row = tx.execute(
            select(settings.c.draws_charts, settings.c.charts_refused_at).where(
                settings.c.workspace_id == WORKSPACE
            )
        ).one_or_none()
    return (None, None) if row is None else (row[0], row[1])


@pytest.mark.usefixtures("project")
def test_it_comes_and_goes_with_what_is_known_of_slack(bot: Bot) -> None:
    unknown = bot.command("show jmte")
    assert not shows_chart(unknown)

    post_a_chart(bot)
    assert known(bot) == (True, None)
    assert shows_chart(bot.command("show jmte")), "the answer that was kept before says less"

    refuse_charts(bot)
    post_a_chart(bot)
    assert known(bot) == (False, bot.now())
    assert not shows_chart(bot.command("show jmte"))

    bot.slack.platform.unkindness.clear()
    post_a_chart(bot)
    assert known(bot)[0] is False, "a refusal is remembered for a day"
    bot.now.at += REMEMBERED
    post_a_chart(bot)
    assert known(bot) == (True, None)
    assert shows_chart(bot.command("show jmte"))


@pytest.mark.usefixtures("project")
def test_it_stands_below_the_outcomes_and_says_how_they_went(bot: Bot) -> None:
    before = bot.command("show jmte")
    post_a_chart(bot)
    shown = bot.command("show jmte")

    at = types(shown).index(NATIVE)
    assert shown["blocks"][:at] + shown["blocks"][at + 1 :] == before["blocks"]
    assert shown["blocks"][at - 1]["accessory"]["type"] == "overflow", "an outcome"
    assert "*Find more*" in shown["blocks"][at + 1]["text"]["text"]
    chart = shown["blocks"][at]["chart"]
    assert len(chart["axis_config"]["categories"]) == 12
    assert {each["name"]: each["data"][-1]["value"] for each in chart["series"]} == {
        "🟢 On track": 1,
        "🔴 Off track": 1,
        "✅ Done": 1,
        "🟡 At risk": 0,
        "⬜ No status yet": 0,
    }
    assert "now: On track 1, Off track 1, Done 1." in shown["text"]
    assert "Chart" in [each["text"]["text"] for each in all_buttons(shown)]


@pytest.mark.usefixtures("project")
def test_a_record_without_a_course_has_none(bot: Bot) -> None:
    add(bot, slug="quiet", outcomes=("One", "Two", "Three"))
    two = add(bot, slug="two", outcomes=("One", "Two"))
    with bot.database.write() as tx:
        for outcome in list_outcomes(tx, WORKSPACE, two.id):
            say(tx, outcome, OutcomeStatus.DONE, workspace_id=WORKSPACE, ago=timedelta(days=-20))
    post_a_chart(bot)

    assert [shows_chart(bot.command(f"show {slug}")) for slug in ("jmte", "quiet", "two")] == [
        True,
        False,
        False,
    ]
    day = bot.now().date()
    assert not shows_chart(bot.command(f"show jmte --on {day - timedelta(days=1)}"))


def test_what_is_archived_has_none(bot: Bot, project: Project) -> None:
    post_a_chart(bot)
    with bot.database.write() as tx:
        change_project(tx, WORKSPACE, project.id, bot.now(), state="archived")

    assert not shows_chart(bot.command("show jmte"))


def test_outcomes_of_a_private_sub_project_are_no_part_of_it(bot: Bot, project: Project) -> None:
    post_a_chart(bot)
    before = bot.command("show jmte")
    with bot.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=(WANJIRU,))
    secret = add(
        bot, slug="secret", parent_id=project.id, channel_id=STEWARDS, outcomes=("A secret", "Two", "Three")
    )
    with bot.database.write() as tx:
        for outcome in list_outcomes(tx, WORKSPACE, secret.id):
            say(tx, outcome, OutcomeStatus.DROPPED, workspace_id=WORKSPACE, ago=timedelta(days=-12))

    for person in (WANJIRU, SOFIA):
        shown = bot.command("show jmte", person=person)
        (chart,) = [block for block in shown["blocks"] if block["type"] == NATIVE]
        assert chart in before["blocks"]
        assert "Dropped" not in words(shown["text"])
    assert "secret" not in words(bot.command("show jmte", person=SOFIA)["text"])


@pytest.mark.one_process("counts the statements of its own process")
@pytest.mark.usefixtures("project")
def test_where_it_is_known_nothing_is_asked_more(bot: Bot) -> None:
    add(
        bot,
        slug="alone",
        name="Alone",
        outcomes=("One", "Two", "Three"),
    )
    post_a_chart(bot)
    bot.command("help")

    with recorded_statements() as first:
        bot.command("show alone")
    with recorded_statements() as again:
        bot.command("show alone")

    assert (len(first), len(again)) == (3, 1)


def test_an_answer_that_is_kept_says_a_week_later_how_the_weeks_went_then(bot: Bot) -> None:
    alone = add(bot, slug="alone", name="Alone", outcomes=("One", "Two", "Three"))
    add_jmte(bot)
    bot.now.at = NOW + timedelta(days=3)
    post_a_chart(bot)
    with bot.database.write() as tx:
        for outcome in list_outcomes(tx, WORKSPACE, alone.id):
            say(tx, outcome, OutcomeStatus.ON_TRACK, workspace_id=WORKSPACE, ago=timedelta(days=-3))
        change_settings(tx, WORKSPACE, zone="UTC")
    assert not shows_chart(bot.command("show alone")), "there is one week, and nothing to compare it with"
    with bot.database.write() as tx:
        say(
            tx,
            list_outcomes(tx, WORKSPACE, alone.id)[0],
            OutcomeStatus.DONE,
            workspace_id=WORKSPACE,
            ago=timedelta(days=-7),
        )
    bot.now.at = NOW + timedelta(days=7, hours=1)
    on_monday = bot.command("show alone")
    assert "3 May: none. 10 May: On track 3. now: On track 2, Done 1." in on_monday["text"]
    bot.now.at += timedelta(days=6, hours=13)
    assert "10 May: On track 3. now: On track 2, Done 1." in bot.command("show alone")["text"]

    bot.now.at += timedelta(hours=1)

    text = bot.command("show alone")["text"]
    assert "10 May: On track 3. 17 May: On track 2, Done 1. now: On track 2, Done 1." in text


@pytest.mark.usefixtures("project")
def test_it_is_shared_with_the_record(bot: Bot) -> None:
    post_a_chart(bot)
    bot.press(bot.type_command("show jmte", channel=GENERAL), "Share in channel")

    shared = bot.last_message(GENERAL, SOFIA)
    assert shows_chart(shared)
    assert f"Shared by <@{WANJIRU}>" in shared.text


@pytest.mark.usefixtures("project")
def test_shared_where_slack_refuses_it_the_record_goes_without_and_so_do_the_next(bot: Bot) -> None:
    post_a_chart(bot)
    question = bot.type_command("show jmte", channel=GENERAL)
    assert shows_chart(question)
    refuse_charts(bot)

    bot.press(question, "Share in channel")

    (shared,) = bot.seen(GENERAL, SOFIA)
    assert "*Key outcomes*" in shared.text
    assert NATIVE not in types(shared)
    assert bot.seen(GENERAL) == [shared], "the question has gone"
    assert known(bot) == (False, bot.now())
    assert not shows_chart(bot.command("show jmte"))
    assert bot.calls_in().count("response_url") == 3, "of the five times that it may be used"


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    "rule",
    [
        Rule("response_url", status=500),
        Rule("response_url", drop="after"),
        Rule("response_url", error="no_text"),
    ],
    ids=["broken", "lost", "refused"],
)
def test_another_failure_is_not_laid_to_the_chart(bot: Bot, rule: Rule) -> None:
    post_a_chart(bot)
    question = bot.type_command("show jmte", channel=GENERAL)
    bot.slack.platform.unkindness.add(rule)

    bot.press(question, "Share in channel")

    assert known(bot) == (True, None)
    assert len(bot.seen(GENERAL, SOFIA)) == (rule.drop == "after"), "never twice"


@pytest.mark.usefixtures("project")
def test_what_is_refused_without_the_chart_too_says_nothing_of_charts(bot: Bot) -> None:
    post_a_chart(bot)
    question = bot.type_command("show jmte", channel=GENERAL)
    bot.slack.platform.unkindness.add(Rule("response_url", error="invalid_blocks", times=2))

    bot.press(question, "Share in channel")

    assert known(bot) == (True, None)
    assert bot.seen(GENERAL) == [question]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("refused", [True, False])
def test_an_answer_to_a_mention_has_it_where_slack_takes_it(
    bot: Bot,
    refused: bool,  # noqa: FBT001 - a case's value
) -> None:
    post_a_chart(bot)
    if refused:
        refuse_charts(bot)

    bot.say("@waymark show jmte", channel=GENERAL)

    (answer,) = bot.seen(GENERAL, SOFIA)
    assert "*Key outcomes*" in answer.text
    assert (NATIVE in types(answer)) is not refused
    assert known(bot)[0] is not refused


@pytest.mark.usefixtures("project")
def test_a_record_that_opens_in_a_modal_has_none(bot: Bot) -> None:
    post_a_chart(bot)
    bot.open_home(SOFIA)
    bot.press_at_home("Show", person=SOFIA, of="Jupyter")

    view = bot.view(SOFIA)
    assert "*Key outcomes*" in str(view.body)
    assert NATIVE not in str(view.body)


def test_on_a_record_of_many_pages_it_stands_where_the_outcomes_end(bot: Bot) -> None:
    long = add(bot, slug="long", name="Long", outcomes=[f"Outcome {n} " + "x" * 400 for n in range(50)])
    add_jmte(bot)
    with bot.database.write() as tx:
        for outcome in list_outcomes(tx, WORKSPACE, long.id):
            say(tx, outcome, OutcomeStatus.ON_TRACK, workspace_id=WORKSPACE, ago=timedelta(days=-9))
    bot.now.at = NOW + timedelta(days=30)
    post_a_chart(bot)

    shown = bot.type_command("show long")
    pages = [shown]
    while "Next page" in [each["text"]["text"] for each in all_buttons({"blocks": pages[-1].blocks})]:
        bot.press(pages[-1], "Next page")
        pages.append(bot.last_message())

    assert len(pages) > 1
    assert [shows_chart(page) for page in pages] == [*[False] * (len(pages) - 1), True]
