"""The home tab in a browser, started as `make run` starts it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.product import running_trial

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The app's home tab, as Sofia sees it for the first time."""
    with running_trial(tmp_path_factory.mktemp("trial")) as url:
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(url)
        page.get_by_label("You are").select_option(label="Sofia Lindqvist")
        page.get_by_role("link", name="Waymark").click()
        page.get_by_role("link", name="Home").click()
        yield page
        page.close()


def test_somebody_goes_through_what_waits_for_them(page: Page) -> None:
    text = "Two field teams work through the sea-level tutorial"
    expect(page.get_by_role("heading", name="What waits for you")).to_be_visible()
    expect(page.get_by_text(f"{text} end to end")).to_be_visible()

    page.get_by_role("button", name=f"Still true: {text}").click()
    expect(page.get_by_text("👍 Still true: “Two field teams")).to_be_visible()
    expect(page.get_by_role("button", name=f"Still true: {text}")).to_have_count(0)

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("↩️ Taken back.")).to_be_visible()
    expect(page.get_by_role("button", name=f"Still true: {text}")).to_be_visible()


def test_a_record_opens_on_top_of_it_and_closes_by_keyboard(page: Page) -> None:
    page.get_by_role("button", name="Show Grants for 2027").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Three letters of intent")

    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", name="What waits for you")).to_be_visible()
