"""The pictures of the README, taken of the real thing: `make picture`."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bot.local.seed import GENERAL, JMTE, SOFIA, WANJIRU
from tests.support.chromium import ARGUMENTS, find_chromium
from tests.support.product import running_trial


def take_record(browser: Browser, address: str, path: Path) -> None:
    """A project's record, as the answer to a command."""
    page = _open(browser, address, WANJIRU, height=940)
    composer = page.get_by_role("textbox", name="Message #proj-jmte")
    composer.fill("/project show")
    composer.press("Enter")
    answer = page.get_by_role("log", name="Messages").get_by_role("article").last
    answer.get_by_role("button", name="Share in channel").wait_for()
    answer.evaluate("element => element.scrollIntoView({block: 'start'})")
    page.screenshot(path=path)


def take_check_in(browser: Browser, address: str, path: Path) -> None:
    """A prompt, and in its thread a reply with what was understood of it."""
    page = _open(browser, address, SOFIA, width=1100, height=620)
    page.get_by_role("button", name="Put these hints away").click()
    page.get_by_role("button", name="The time here").click()
    page.get_by_role("group", name="Move on to").get_by_role("button", name="Monday").click()
    prompt = page.get_by_role("article").filter(has_text="how do things stand?")
    prompt.first.hover()
    prompt.first.get_by_role("link", name="Reply in thread").click()
    box = page.get_by_role("textbox", name="Reply to thread")
    box.wait_for()
    page.locator("body[data-live]").wait_for()
    box.fill("2 at risk, waiting for the grant office")
    box.press("Enter")
    page.get_by_role("button", name="Undo").wait_for()
    prompt.first.get_by_text("1 of 3 answered").wait_for()
    prompt.first.evaluate("element => element.scrollIntoView({block: 'start'})")
    page.mouse.move(0, 0)
    page.screenshot(path=path)


def take_digest(browser: Browser, address: str, path: Path) -> None:
    """A digest in its channel, with its thread beside it."""
    page = _open(browser, address, WANJIRU, height=760, channel=GENERAL)
    page.get_by_role("button", name="Put these hints away").click()
    page.get_by_role("button", name="The time here").click()
    page.get_by_role("group", name="Move on to").get_by_role("button", name="Friday").click()
    digest = page.get_by_role("article").filter(has_text="This comes every Friday")
    digest.get_by_role("link", name="repl").first.click()
    page.get_by_role("log", name="Replies").get_by_role("button", name="Show").first.wait_for()
    digest.first.evaluate("element => element.scrollIntoView({block: 'start'})")
    page.mouse.move(0, 0)
    page.screenshot(path=path)


PICTURES: dict[str, Callable[[Browser, str, Path], None]] = {
    "local-workspace.png": take_record,
    "check-in.png": take_check_in,
    "digest.png": take_digest,
}


def _open(
    browser: Browser, address: str, person: str, *, height: int, width: int = 1280, channel: str = JMTE
) -> Page:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{address}client/{person}/{channel}")
    page.locator("body[data-live]").wait_for()
    return page


def main(folder: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        for name, take in PICTURES.items():
            with tempfile.TemporaryDirectory() as made, running_trial(Path(made)) as address:
                take(browser, address, folder / name)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
