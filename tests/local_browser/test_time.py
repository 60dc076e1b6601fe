"""Moving the workspace's time in the browser."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.local.seed import JMTE, MATEO
from tests.local_browser.conftest import Town
from tests.local_browser.hands import COMPOSER, newest, run

pytestmark = pytest.mark.browser

NAIROBI = ZoneInfo("Africa/Nairobi")


def here(town: Town) -> datetime:
    """The time in the workspace on Wanjiru's clock."""
    return town.server.workspace.clock.now().astimezone(NAIROBI)


def open_panel(page: Page) -> Locator:
    page.get_by_role("button", name="The time here, and moving it").click()
    panel = page.get_by_role("dialog", name="Move the time")
    expect(panel).to_be_visible()
    return panel


def written(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M}"


def test_a_click_moves_on_to_monday_morning(page: Page, town: Town) -> None:
    panel = open_panel(page)
    panel.get_by_role("button", name="Monday 09:30").click()
    expect(panel).to_be_hidden()
    now = here(town)
    assert (now.weekday(), now.hour, now.minute) == (0, 9, 30)
    shown = page.get_by_role("group", name="Time in this workspace").get_by_role("time")
    expect(shown).to_have_text(f"{now:%a} {now.day} {now:%b}, 09:30")
    expect(page.locator("#clock-said")).to_have_text(re.compile("^It is Monday, .* at 09:30.$"))


def test_the_time_is_moved_by_keyboard_alone(page: Page, town: Town) -> None:
    opener = page.get_by_role("button", name="The time here, and moving it")
    opener.press("Enter")
    panel = page.get_by_role("dialog", name="Move the time")
    expect(panel.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    to = here(town) + timedelta(days=3)
    panel.get_by_label("Or to a time of your own").fill(written(to))
    page.keyboard.press("Enter")
    expect(panel).to_be_hidden()
    assert timedelta() <= here(town) - to.replace(second=0, microsecond=0) < timedelta(minutes=1)


def test_time_does_not_go_back_and_says_so(page: Page, town: Town) -> None:
    panel = open_panel(page)
    box = panel.get_by_label("Or to a time of your own")
    box.fill(written(here(town) - timedelta(days=1)))
    panel.get_by_role("button", name="Move", exact=True).click()
    expect(panel.get_by_role("alert")).to_have_text("Time only moves ahead: choose a later one.")
    box.fill(written(here(town) + timedelta(days=800)))
    panel.get_by_role("button", name="Move", exact=True).click()
    expect(panel.get_by_role("alert")).to_have_text("That is more than a year ahead: go there in steps.")
    assert town.server.workspace.clock.offset == timedelta()


def test_what_is_said_after_a_move_stands_under_its_own_day(page: Page, town: Town) -> None:
    town.server.people.say(MATEO, JMTE, "before")
    before = here(town)
    page.get_by_role("button", name="+1 week").click()
    log = page.get_by_role("log", name="Messages")
    expect(
        log.get_by_role("heading", name=re.compile(f"^{before:%A}, {before:%B} {before.day}"))
    ).to_be_visible()
    run(page, "after")
    expect(newest(page)).to_contain_text("after")
    days = log.get_by_role("heading", level=2)
    expect(days.last).to_have_text("Today")
    first, second = (message.ts for message in town.server.workspace.messages[JMTE][-2:])
    week = timedelta(days=7).total_seconds()
    assert week <= float(second) - float(first) < week + 60


def test_a_modal_that_was_open_for_a_week_is_still_saved(page: Page, town: Town) -> None:
    run(page, "/project edit jmte")
    dialog = page.get_by_role("dialog", name="Update an outcome")
    dialog.get_by_role("radio", name="On track").check()
    dialog.get_by_role("textbox", name="Note").fill("Nobody hurried me.")
    town.server.workspace.clock.move(timedelta(days=7))
    expect(page.get_by_role("time").first).to_have_text(re.compile(f"{here(town).day} "))
    expect(dialog.get_by_role("textbox", name="Note")).to_have_value("Nobody hurried me.")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    assert town.app.submitted["note"]["note"]["value"] == "Nobody hurried me."
    run(page, "/project show jmte")
    page.get_by_role("button", name="Post an update").click()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox", name=COMPOSER)).to_be_visible()


def test_on_a_phone_the_time_is_moved_too(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    panel = open_panel(page)
    for button in (*panel.get_by_role("button").all(), page.get_by_role("button", name="+1 week")):
        box = button.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
