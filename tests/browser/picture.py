"""The picture at the top of the README, taken of the real thing: `make picture`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.support.chromium import ARGUMENTS, find_chromium
from tests.support.product import running_trial


def take(browser: Browser, address: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 940})
    page.goto(address)
    page.get_by_role("navigation", name="Channels").get_by_role("link", name="proj-jmte").click()
    composer = page.get_by_role("textbox", name="Message #proj-jmte")
    composer.wait_for()
    page.locator("body[data-live]").wait_for()
    composer.fill("/project show")
    composer.press("Enter")
    answer = page.get_by_role("log", name="Messages").get_by_role("article").last
    answer.get_by_role("button", name="Share in channel").wait_for()
    answer.evaluate("element => element.scrollIntoView({block: 'start'})")
    page.screenshot(path=path)


def main(path: str) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_trial(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        take(browser, address, path)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
