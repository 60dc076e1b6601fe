"""`/project show` with its chart, on a light and on a dark ground; kept in build/pictures."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.local.seed import JMTE, WANJIRU
from storage.charts_drawn import record_charts
from storage.database import Database
from storage.outcomes import list_outcomes
from storage.records import OutcomeStatus
from tests.scenarios.records import add_jmte
from tests.support.bot import WORKSPACE, Bot, running_bot
from tests.support.make import NOW, say
from tests.support.readme import ROOT

pytestmark = pytest.mark.browser

OUTPUT = ROOT / "build" / "pictures"
ON, RISK, OFF, DONE = (
    OutcomeStatus.ON_TRACK,
    OutcomeStatus.AT_RISK,
    OutcomeStatus.OFF_TRACK,
    OutcomeStatus.DONE,
)
SAID = ((2, 0, ON), (9, 1, ON), (16, 1, RISK), (23, 2, ON), (37, 1, OFF), (44, 0, DONE), (58, 1, RISK))
"""Days after NOW, which outcome, and what was said of it."""


@pytest.fixture
def bot(sqlite_database: Database) -> Iterator[Bot]:
    with running_bot(sqlite_database) as running:
        project = add_jmte(running)
        with running.database.write() as tx:
            found = list_outcomes(tx, WORKSPACE, project.id)
            for days, number, status in SAID:
                say(tx, found[number], status, workspace_id=WORKSPACE, ago=timedelta(days=-days))
            record_charts(tx, WORKSPACE, drawn=True, now=NOW)
        running.now.at = NOW + timedelta(days=65)
        yield running


def answers(page: Page) -> Locator:
    return page.get_by_role("log", name="Messages").get_by_role("article").filter(has_text="Find more")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_record_has_its_chart_between_outcomes_and_links(browser: Browser, bot: Bot, theme: str) -> None:
    page = browser.new_page(
        viewport={"width": 1100, "height": 1600},
        color_scheme="dark" if theme == "dark" else "light",
        device_scale_factor=2,
    )
    page.goto(f"{bot.slack.url}/client/{WANJIRU}/{JMTE}")
    page.locator("body[data-live]").wait_for()
    composer = page.get_by_role("textbox", name="Message #proj-jmte")
    composer.fill("/project show jmte")
    composer.press("Enter")

    shown = answers(page).last
    figure = shown.get_by_role("figure")
    expect(figure).to_have_count(1)
    expect(figure).to_be_visible()
    above, below = shown.get_by_text("Costs are published"), shown.get_by_text("Find more")
    places = [each.bounding_box() for each in (above, figure, below)]
    tops = [place["y"] for place in places if place]
    assert tops == sorted(tops)
    assert len(tops) == len(places)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    path = OUTPUT / f"show-{theme}.png"
    shown.screenshot(path=path)
    assert path.stat().st_size > 5_000

    shown.get_by_role("button", name="Share in channel").click()
    expect(shown.filter(has_text="Shared by").get_by_role("figure")).to_be_visible()
    page.close()
