"""What somebody of another organization sees in the channel that it shares, in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.local.seed import IMANI, JONAS, TIDE_GAUGES
from tests.support.product import running_trial

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with running_trial(tmp_path_factory.mktemp("trial")) as url:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, base_url=url)
        yield page
        page.close()


def go(page: Page, person: str, place: str) -> None:
    page.goto(f"client/{person}/{place}")
    page.locator(f"body[data-user={person}][data-live]").wait_for()


def say(page: Page, text: str, box: str = "Message #proj-tide-gauges") -> None:
    composer = page.get_by_role("textbox", name=box)
    composer.fill(text)
    composer.press("Enter")


def require_no_sideways(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide} pixels too wide"


def test_an_external_person_reads_and_replies_and_is_told_what_is_not_for_them(page: Page) -> None:
    go(page, IMANI, TIDE_GAUGES)
    expect(page.locator(".role")).to_have_text("Port Aldersea")
    expect(page.get_by_text("Shared with Tidewater Commons")).to_be_visible()
    expect(page.get_by_role("navigation", name="Channels").get_by_role("link")).to_have_count(1)
    expect(page.get_by_role("button", name="Shortcuts")).to_have_count(0)

    say(page, "/project list")
    expect(page.get_by_text("/project is not a valid command")).to_be_visible()
    page.get_by_role("textbox", name="Message #proj-tide-gauges").fill("")
    say(page, "@waymark show")
    thread = page.get_by_role("link", name="1 reply")
    thread.first.click()
    replies = page.get_by_role("log", name="Replies")
    expect(replies).to_contain_text("Open tide gauges")

    replies.get_by_role("button", name="Edit").first.click()
    expect(page.get_by_text("You are here from another organization").first).to_be_visible()
    require_no_sideways(page)
    page.set_viewport_size({"width": 390, "height": 844})
    require_no_sideways(page)


def test_their_home_and_how_others_see_them(page: Page) -> None:
    go(page, IMANI, "home")
    home = page.get_by_role("region", name="Home")
    expect(home).to_contain_text("You are here from another organization")
    expect(home).to_contain_text("Open tide gauges")
    expect(home).not_to_contain_text("Jupyter")

    go(page, JONAS, TIDE_GAUGES)
    expect(page.get_by_text("Shared with Port Aldersea")).to_be_visible()
    theirs = page.get_by_role("log", name="Messages").get_by_role("article").filter(has_text="Imani Okafor")
    expect(theirs.locator(".external").first).to_have_text("Port Aldersea")
    require_no_sideways(page)
