"""More that `/project show` draws where Slack does: the course of a metric, and how fresh its parts are."""

from datetime import timedelta
from typing import Any

import pytest

from bot.local.seed import GENERAL, SOFIA, STEWARDS, WANJIRU
from storage.outcomes import change_outcome, list_outcomes
from storage.records import OutcomeStatus, Project
from storage.settings import change_settings
from tests.scenarios.drawn import post_a_chart
from tests.scenarios.records import add, add_jmte
from tests.support.bot import WORKSPACE, Bot
from tests.support.make import NOW, make_channel, say
from tests.support.statements import recorded_statements

DAY = timedelta(days=1)


@pytest.fixture
def hubs(bot: Bot) -> Project:
    """Its second outcome is measured: 0 of 52 weeks on the first day, 26 ten days later."""
    add_jmte(bot)
    project = add(bot, slug="hubs", name="Hubs", outcomes=("One", "A year of uptime"))
    with bot.database.write() as tx:
        change_settings(tx, WORKSPACE, zone="UTC")
        measured = list_outcomes(tx, WORKSPACE, project.id)[1]
        change_outcome(
            tx,
            WORKSPACE,
            measured.id,
            NOW,
            metric_start=0,
            metric_target=52,
            metric_unit="weeks",
            due_on=(NOW + 20 * DAY).date(),
        )
        for ago, value in ((0, 2.0), (-10, 26.0)):
            say(
                tx,
                measured,
                OutcomeStatus.ON_TRACK,
                workspace_id=WORKSPACE,
                ago=ago * DAY,
                value=value,
            )
    bot.now.at = NOW + 10 * DAY
    return project


def drawn(answer: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [block for block in answer["blocks"] if block["type"] == kind]


@pytest.mark.usefixtures("hubs")
def test_the_course_of_a_metric_is_drawn_below_the_outcomes(bot: Bot) -> None:
    assert drawn(bot.command("show hubs"), "data_visualization") == []
    post_a_chart(bot)

    shown = bot.command("show hubs")

    (chart,) = drawn(shown, "data_visualization")
    assert chart["chart"]["type"] == "line"
    assert chart["title"].startswith("Outcome 2")
    measured, planned = ([point["value"] for point in each["data"]] for each in chart["chart"]["series"])
    assert (measured[0], measured[-1]) == (2.0, 26.0)
    assert planned[-1] == 26.0, "half way, on the straight line"
    assert chart["title"] in shown["text"]
    assert "26" in shown["text"]


@pytest.mark.one_process("counts the statements of its own process")
@pytest.mark.usefixtures("hubs")
def test_a_kept_answer_has_the_course_up_to_the_same_day_only(bot: Bot) -> None:
    post_a_chart(bot)
    bot.command("help")
    with recorded_statements() as first:
        before = bot.command("show hubs")
    with recorded_statements() as again:
        assert bot.command("show hubs") == before
    bot.now.at += DAY

    after = bot.command("show hubs")

    assert (len(first), len(again)) == (3, 1)
    labels = [
        drawn(each, "data_visualization")[0]["chart"]["axis_config"]["categories"] for each in (before, after)
    ]
    assert labels[0][-1] == labels[1][-1] == "today"
    assert len(labels[1]) == len(labels[0]) + 1


@pytest.mark.usefixtures("hubs")
def test_one_value_alone_is_no_course(bot: Bot) -> None:
    once = add(bot, slug="once", outcomes=("One",))
    with bot.database.write() as tx:
        (outcome,) = list_outcomes(tx, WORKSPACE, once.id)
        change_outcome(tx, WORKSPACE, outcome.id, NOW, metric_start=0, metric_target=9)
        say(tx, outcome, OutcomeStatus.ON_TRACK, workspace_id=WORKSPACE, value=3.0)
    post_a_chart(bot)

    assert drawn(bot.command("show once"), "data_visualization") == []


@pytest.mark.in_process("counts the statements of its own process")
def test_how_fresh_sub_projects_are_stands_below_them_for_those_who_see_them(bot: Bot, hubs: Project) -> None:
    with bot.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=(WANJIRU,))
    old = add(bot, slug="old", name="Old hubs", parent_id=hubs.id, outcomes=("Three",))
    add(bot, slug="secret", name="Secret hubs", parent_id=hubs.id, channel_id=STEWARDS, outcomes=("Four",))
    with bot.database.write() as tx:
        say(
            tx,
            list_outcomes(tx, WORKSPACE, old.id)[0],
            OutcomeStatus.ON_TRACK,
            workspace_id=WORKSPACE,
            ago=60 * DAY,
        )
    assert drawn(bot.command("show hubs"), "table") == []
    post_a_chart(bot)

    with recorded_statements() as statements:
        shown = bot.command("show hubs", person=SOFIA, channel=GENERAL)
    (table,) = drawn(shown, "table")
    assert [row[0]["text"] for row in table["rows"]] == ["Project", "Hubs", "Old hubs"]
    assert len(statements) <= 4, "who Sofía is, and three"
    assert "Old hubs: Stale 1" in shown["text"]
    assert "Secret" not in str(shown)
    (table,) = drawn(bot.command("show hubs", person=WANJIRU, channel=STEWARDS), "table")
    assert "Secret hubs" in [row[0]["text"] for row in table["rows"]]
