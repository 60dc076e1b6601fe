"""`/project chart`, and the button: where the chart goes, what it shows, and what is said instead."""

import json
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from bot.local.model import Message
from bot.local.seed import DOCS, JMTE, MATEO, RANDOM, SOFIA, STEWARDS, WANJIRU
from bot.services.charting import CHART
from storage.check_in_tables import deliveries
from storage.outcomes import change_outcome, list_outcomes
from storage.records import OutcomeStatus, Project
from tests.scenarios.records import add, add_jmte, close_channel
from tests.support.bot import WORKSPACE, Bot
from tests.support.make import NOW, make_channel, say
from tests.support.messages import words
from tests.support.readme import ROOT

pytestmark = pytest.mark.usefixtures("project")
NATIVE = "data_visualization"


@pytest.fixture
def project(lite: Bot) -> Project:
    """Measured, spoken of, and in #proj-jmte."""
    project = add_jmte(lite)
    on_track = partial(say, status=OutcomeStatus.ON_TRACK, workspace_id=WORKSPACE)
    with lite.database.write() as tx:
        make_channel(tx, STEWARDS, WORKSPACE, private_to=(WANJIRU, SOFIA))
        first, second, _ = list_outcomes(tx, WORKSPACE, project.id)
        change_outcome(
            tx,
            WORKSPACE,
            first.id,
            NOW,
            metric_start=0.0,
            metric_target=52.0,
            metric_unit="weeks",
            due_on=(NOW + timedelta(days=100)).date(),
        )
        for days, value in ((0, 10), (14, 11), (28, 30)):
            on_track(tx, first, ago=timedelta(days=-days), value=value)
        say(tx, second, OutcomeStatus.AT_RISK, workspace_id=WORKSPACE, ago=timedelta(days=-20))
    lite.now.at = NOW + timedelta(days=30)
    return project


def text_of(body: dict[str, Any]) -> str:
    return str(body["text"])


def charts_in(bot: Bot, channel_id: str) -> list[Message]:
    bot.tick()
    with bot.slack.workspace.lock:
        found = bot.slack.workspace.messages.get(channel_id, [])
        return [each for each in found if str((each.metadata or {}).get("event_payload")).count(f"{CHART}:")]


def all_charts(bot: Bot) -> int:
    return sum(len(charts_in(bot, channel)) for channel in list(bot.slack.workspace.messages))


def test_a_projects_chart_comes_into_the_channel_where_it_was_asked_for(lite: Bot) -> None:
    answer = lite.command("chart jmte", channel=JMTE)
    assert "on its way to this channel" in text_of(answer)
    (message,) = charts_in(lite, JMTE)

    kinds = [block["type"] for block in message.blocks or ()]
    assert kinds == ["header", NATIVE, "section", "table", "context"]
    assert "now: On track 1, At risk 1, No status yet 1." in message.text
    assert "Week to" in message.text
    assert f"Asked for by <@{WANJIRU}>" in message.text
    assert "/project chart jmte-pangeo" in message.text


def test_an_outcomes_chart_shows_its_way_to_the_target(lite: Bot) -> None:
    lite.command("chart jmte 1", channel=JMTE)
    (message,) = charts_in(lite, JMTE)

    (chart,) = [block for block in message.blocks or () if block["type"] == NATIVE]
    assert [series["name"] for series in chart["chart"]["series"]] == ["Measured", "Straight line"]
    assert [point["value"] for point in chart["chart"]["series"][0]["data"]][-1] == 30
    assert "30 of 52 weeks, 14.4 weeks ahead of the straight line" in message.text
    assert "today: Measured 30 weeks, Straight line 15.6 weeks." in message.text


def test_in_a_channel_of_the_project_neither_is_named(lite: Bot) -> None:
    lite.command("chart", channel=JMTE)
    lite.command("chart 1", channel=JMTE)

    assert len(charts_in(lite, JMTE)) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("chart jmte 2", "is not measured"),
        ("chart jmte 3", "/project metric jmte-pangeo 3 0 52 weeks"),
        ("chart jmte 9", "“9” is no outcome"),
        ("chart empty", "has no outcomes yet"),
        ("chart unsaid 1", "/project update unsaid 1 12"),
    ],
)
def test_what_cannot_be_drawn_is_said_with_what_helps(lite: Bot, line: str, said: str) -> None:
    add(lite, slug="empty", name="Empty")
    unsaid = add(lite, slug="unsaid", name="Unsaid", outcomes=("One",))
    with lite.database.write() as tx:
        (only,) = list_outcomes(tx, WORKSPACE, unsaid.id)
        change_outcome(tx, WORKSPACE, only.id, NOW, metric_start=0.0, metric_target=9.0, metric_unit="")

    assert said in text_of(lite.command(line, channel=JMTE))
    assert all_charts(lite) == 0


def test_twice_in_a_minute_is_once(lite: Bot) -> None:
    lite.command("chart jmte", channel=JMTE)
    again = lite.command("chart jmte", channel=JMTE)
    assert "one is enough" in text_of(again)
    assert "on its way" in text_of(lite.command("chart jmte 1", channel=JMTE))
    assert len(charts_in(lite, JMTE)) == 2

    lite.tick(minutes=1)
    lite.command("chart jmte", channel=JMTE)
    assert len(charts_in(lite, JMTE)) == 3


def test_the_button_on_a_record_does_the_same(lite: Bot) -> None:
    card = lite.type_command("show jmte")
    assert lite.press(card, "Chart").ok
    lite.settle()

    # Where a worker is quick, the chart itself stands below.
    assert any("on its way to this channel" in message.text for message in lite.seen())
    assert len(charts_in(lite, JMTE)) == 1


def test_a_private_projects_chart_never_leaves_its_channel_but_to_its_people(lite: Bot) -> None:
    secret = add(lite, slug="reserve", name="Reserve", channel_id=STEWARDS, outcomes=("Four months",))
    child = add(
        lite, slug="open-part", name="Open part", parent_id=secret.id, channel_id=JMTE, outcomes=("One",)
    )
    answer = lite.command("chart reserve", channel=JMTE)

    assert "to you alone" in text_of(answer)
    assert charts_in(lite, JMTE) == []
    (alone,) = charts_in(lite, lite.direct(WANJIRU))
    assert "Reserve" in alone.text
    lite.command("chart open-part", channel=JMTE)
    (of_child,) = charts_in(lite, JMTE)
    assert "Reserve" not in of_child.text
    assert child.parent_id == secret.id


def test_a_private_sub_project_is_left_out_where_it_may_not_be_told(lite: Bot, project: Project) -> None:
    add(lite, slug="reserve", name="Reserve", channel_id=STEWARDS, parent_id=project.id, outcomes=("One",))
    lite.command("chart jmte", channel=JMTE)

    (message,) = charts_in(lite, JMTE)
    assert "Reserve" not in message.text


def test_where_the_bot_cannot_write_whoever_asked_gets_it(lite: Bot) -> None:
    assert lite.slack.workspace.bot.user_id not in lite.slack.workspace.channels[RANDOM].members
    lite.command("chart jmte", channel=RANDOM)
    assert charts_in(lite, RANDOM) == []

    (message,) = charts_in(lite, lite.direct(WANJIRU))
    assert "Jupyter Meets the Earth" in message.text
    lite.tick(minutes=5)
    assert all_charts(lite) == 1


def test_in_direct_messages_it_comes_there(lite: Bot) -> None:
    direct = lite.direct(SOFIA)
    lite.command("chart jmte", person=SOFIA, channel=direct)

    (message,) = charts_in(lite, direct)
    assert "on its way" not in message.text


def test_what_has_become_private_meanwhile_is_not_sent(lite: Bot, project: Project) -> None:
    with lite.works.held():
        lite.command("chart jmte", channel=DOCS, person=MATEO)
        close_channel(lite, project, WANJIRU)
    lite.tick()

    assert all_charts(lite) == 0
    with lite.database.read() as tx:
        row = tx.execute(select(deliveries).where(deliveries.c.kind == CHART)).mappings().one()
    assert (row["message_ts"], row["due_at"]) == (None, None)


def test_asked_aloud_it_comes_into_the_channel(lite: Bot) -> None:
    lite.say("@waymark chart jmte 1")

    (message,) = charts_in(lite, JMTE)
    assert words("Measured 30 weeks") <= words(message.text)


def test_the_manifest_asks_for_leave_to_send_files_since_charts_may_be_images() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    calls = [path for path in (ROOT / "bot/slack").rglob("*.py") if '= "files.' in path.read_text("utf-8")]

    assert ("files:write" in manifest["oauth_config"]["scopes"]["bot"]) == bool(calls)
    assert [path.name for path in calls] == ["uploading.py"]
