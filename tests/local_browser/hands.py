"""What tests do on the page again and again."""

from playwright.sync_api import Locator, Page

COMPOSER = "Message #proj-jmte"


def wait_until_live(page: Page) -> None:
    page.locator("body[data-live]").wait_for()


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name=COMPOSER).press_sequentially(text)


def run(page: Page, text: str) -> None:
    page.get_by_role("textbox", name=COMPOSER).fill(text)
    page.keyboard.press("Enter")


def newest(page: Page) -> Locator:
    return page.get_by_role("log", name="Messages").get_by_role("article").last


def choose_in_more(page: Page, message: Locator, words: str) -> None:
    """Choose in the menu of what can be done with a message."""
    message.hover()
    message.get_by_role("button", name="More message actions").click()
    page.get_by_role("menuitem", name=words).click()
