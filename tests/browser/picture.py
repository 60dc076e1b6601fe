"""`make picture`: the picture at the top of the README, taken of the real thing.

python -m tests.browser.picture .github/local-workspace.png
"""

import sys

from playwright.sync_api import sync_playwright

from tests.browser.product import running_product
from tests.conftest import CHROMIUM_ARGUMENTS, find_chromium


def main(path: str) -> None:
    with running_product() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 920})
        page.goto(url)
        page.get_by_role("link", name="proj-jmte").click()
        page.locator("body[data-live]").wait_for()
        composer = page.get_by_role("textbox", name="Message #proj-jmte")
        composer.fill("/project show")
        composer.press("Escape")
        composer.press("Enter")
        answer = page.get_by_role("article").filter(has_text="Only visible to you").last
        answer.get_by_text("Share in channel").wait_for()
        answer.evaluate("element => element.scrollIntoView({block: 'start'})")
        page.screenshot(path=path)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
