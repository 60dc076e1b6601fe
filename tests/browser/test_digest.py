"""A digest in a browser: on Friday it is there, and what it tells of stands in its thread."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.local.seed import GENERAL, WANJIRU
from tests.browser.test_week import move_to, thread, wait_until_live
from tests.support.product import running_trial

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """#general, as Wanjiru sees it."""
    with running_trial(tmp_path_factory.mktemp("trial")) as url:
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(f"{url}client/{WANJIRU}/{GENERAL}")
        wait_until_live(page, WANJIRU)
        yield page
        page.close()


def say(page: Page, words: str) -> None:
    composer = page.get_by_role("textbox", name="Message #general")
    composer.fill(words)
    composer.press("Enter")


def test_on_friday_the_digest_comes_and_its_details_stand_in_the_thread(page: Page) -> None:
    messages = page.get_by_role("log", name="Messages").get_by_role("article")
    say(page, "/project update jmte 2 off track: no answer from the grant office")
    expect(messages.last).to_contain_text("Off track")

    move_to(page, "Friday 09:30")

    digest = messages.filter(has_text="This comes every Friday at 09:00")
    expect(digest).to_have_count(1)
    expect(digest).to_contain_text("now off track")
    expect(digest).to_contain_text("`/project digest #channel off` ends it".replace("`", ""))
    expect(digest).not_to_contain_text("Reserve")
    digest.get_by_role("link", name="repl").first.click()
    expect(thread(page)).to_contain_text("“no answer from the grant office”")
    expect(thread(page)).to_contain_text("“October is up; it runs by itself now.”")

    wait_until_live(page, WANJIRU)
    say(page, "/project digest")
    expect(messages.last).to_contain_text("In #general every Friday at 09:00 (Africa/Nairobi)")
    messages.last.get_by_role("button", name="Brief me now").click()
    expect(messages.last).to_contain_text("Your brief is on its way")
    page.get_by_role("link", name="Waymark").first.click()
    brief = messages.filter(has_text="You asked for it.")
    expect(brief).to_have_count(1)
    expect(brief).to_contain_text("🔴 Off track")
    expect(brief.get_by_role("button", name="Show").first).to_be_visible()
