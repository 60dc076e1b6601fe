"""A week of a project in a browser: asked on Monday morning, answered in every way, then summed up."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.local.seed import HARUKI, JMTE, MATEO, SOFIA, WANJIRU
from tests.support.product import running_trial

pytestmark = pytest.mark.browser

_PROMPT = "Jupyter Meets the Earth, with Pangeo: how do things stand?"


@pytest.fixture
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The project's channel, as Wanjiru sees it."""
    with running_trial(tmp_path_factory.mktemp("trial")) as url:
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(f"{url}client/{WANJIRU}/{JMTE}")
        wait_until_live(page, WANJIRU)
        yield page
        page.close()


def wait_until_live(page: Page, person: str) -> None:
    page.locator(f"body[data-user={person}][data-live]").wait_for()


def become(page: Page, person: str) -> None:
    page.get_by_label("You are").select_option(person)
    wait_until_live(page, person)


def move_to(page: Page, jump: str) -> None:
    """The clock goes on to half past nine on a day that its panel offers."""
    page.get_by_role("button", name="The time here").click()
    page.get_by_role("group", name="Move on to").get_by_role("button", name=jump).click()
    expect(page.get_by_role("dialog", name="Move the time")).to_be_hidden()


def prompts(page: Page) -> Locator:
    return page.get_by_role("log", name="Messages").get_by_role("article").filter(has_text=_PROMPT)


def thread(page: Page) -> Locator:
    return page.get_by_role("log", name="Replies")


def reply(page: Page, words: str) -> Locator:
    """Say it in the thread; what the bot says of it."""
    before = thread(page).get_by_role("article").count()
    box = page.get_by_role("textbox", name="Reply to thread")
    box.fill(words)
    box.press("Enter")
    # The reply itself, and below it the bot's answer.
    answer = thread(page).get_by_role("article").nth(before + 1)
    expect(answer).to_contain_text("Only visible to you")
    return answer


def test_a_week_from_the_prompt_to_the_summary(page: Page) -> None:
    move_to(page, "Monday 09:30")
    prompt = prompts(page)
    expect(prompt).to_have_count(1)
    expect(prompt).to_contain_text("This is the project's first check-in")
    expect(prompt).to_contain_text("Nobody has answered yet")

    # In the thread, in words; what is not clear is asked about, and put right with one click.
    become(page, SOFIA)
    prompt.hover()
    prompt.get_by_role("link", name="Reply in thread").click()
    wait_until_live(page, SOFIA)
    understood = reply(page, "1: 43\n2 at risk, waiting for the grant office")
    expect(understood).to_contain_text("Noted, 2 outcomes")
    expect(understood).to_contain_text("43 of 52 weeks")
    expect(prompt).to_contain_text("1 of 3 answered")
    expect(prompt).to_contain_text("“waiting for the grant office”")
    question = reply(page, "the hubs one is off track")
    expect(question).to_contain_text("Nothing is changed yet")
    question.get_by_role("button", name="6. A written hand-over").click()
    expect(prompt).to_contain_text("🔴 Off track")

    # By modal.
    become(page, HARUKI)
    page.goto(page.url.partition("?")[0])
    page.get_by_role("button", name="Join channel").click()
    page.get_by_role("textbox", name="Message #proj-jmte").wait_for()
    wait_until_live(page, HARUKI)
    prompt.get_by_role("button", name="Update…", exact=True).click()
    form = page.get_by_role("dialog", name="Update an outcome")
    outcomes = form.get_by_role("combobox", name="Outcome")
    upstream = outcomes.locator("option").filter(has_text="Every fix that we make")
    outcomes.select_option(upstream.get_attribute("value"))
    form.get_by_role("textbox", name="Note").fill("All eleven are merged")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    expect(prompt).to_contain_text("“All eleven are merged”")
    expect(prompt).to_contain_text("2 of 3 answered")

    # With one click.
    become(page, MATEO)
    prompt.get_by_role("button", name="Everything still true").click()
    expect(prompt).to_contain_text("3 of 3 answered")

    # Two working days later it is over.
    become(page, WANJIRU)
    move_to(page, "Wednesday 09:30")
    expect(prompt).to_contain_text("(closed)")
    prompt.get_by_role("link", name="replies").click()
    summary = thread(page).get_by_role("article").filter(has_text="the round is over, 3 of 3 answered")
    expect(summary).to_contain_text("43 of 52 weeks")
    expect(summary).to_contain_text("“waiting for the grant office”")
    expect(summary).to_contain_text("“All eleven are merged”")
    expect(summary).not_to_contain_text("Not heard")

    # The next week begins with a prompt of its own.
    wait_until_live(page, WANJIRU)
    move_to(page, "Monday 09:30")
    expect(prompts(page)).to_have_count(2)
    expect(prompts(page).last).to_contain_text("“All eleven are merged”")
    expect(prompts(page).last).to_contain_text("Nobody has answered yet")
