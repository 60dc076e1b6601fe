"""One reminder in a browser, dealt with line by line, on a desktop and on a phone."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.domain.working_days import instant, next_working_day
from bot.local.seed import JMTE, SOFIA
from tests.support.product import running_trial

pytestmark = pytest.mark.browser

_STOCKHOLM = ZoneInfo("Europe/Stockholm")
_SOON_MS = 40_000
"""Jobs look for what is due every ten seconds: for who is new, and for whose turn it is."""


@pytest.fixture
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Sofia, whom Waymark has met."""
    with running_trial(tmp_path_factory.mktemp("trial")) as url:
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(f"{url}client/{SOFIA}/{JMTE}")
        page.locator(f"body[data-user={SOFIA}][data-live]").wait_for()
        composer = page.get_by_role("textbox", name="Message #proj-jmte")
        composer.fill("/project list mine")
        composer.press("Enter")
        page.get_by_role("log", name="Messages").get_by_text("My projects").wait_for()
        yield page
        page.close()


def move_to_nine(page: Page) -> None:
    """09:00 in Stockholm on a working day, five weeks on."""
    address = page.url.partition("client/")[0]
    now = datetime.fromisoformat(page.request.get(f"{address}local/clock").json()["now"])
    day = next_working_day((now + timedelta(weeks=5)).astimezone(_STOCKHOLM).date())
    assert day is not None
    at = instant(day, time(9), _STOCKHOLM) + timedelta(seconds=20)
    answer = page.request.post(f"{address}local/clock", data={"seconds": (at - now).total_seconds()})
    assert answer.ok


def reminder(page: Page) -> Locator:
    said = page.get_by_role("log", name="Messages").get_by_role("article")
    return said.filter(has_text="You get this since you look after it, or own its project.")


def require_no_sideways(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide} pixels too wide"


def test_a_reminder_shrinks_line_by_line_until_it_is_dealt_with(page: Page) -> None:
    move_to_nine(page)
    page.get_by_role("link", name="Waymark").first.click()
    message = reminder(page)
    expect(message).to_have_count(1, timeout=_SOON_MS)
    expect(message).to_contain_text("for you to look at")
    expect(message).to_contain_text("One message a day at most, 3 times a week, on working days at 09:00.")
    still = message.get_by_role("button", name="Still true")
    count = still.count()
    assert count >= 1
    require_no_sideways(page)
    page.set_viewport_size({"width": 390, "height": 844})
    require_no_sideways(page)

    for left in range(count - 1, -1, -1):
        still.first.click()
        expect(still).to_have_count(left)
    expect(message).to_contain_text("dealt with. Thank you!")
    require_no_sideways(page)
