"""The product in a browser, started as `make run` starts it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.product import running_trial

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001 - where there is no browser, nothing is started
    with running_trial(tmp_path_factory.mktemp("trial")) as url:
        yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page as somebody sees it who opens it for the first time: in #general."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(address)
    page.locator("body[data-live]").wait_for()
    yield page
    page.close()


def composer(page: Page, channel: str = "general") -> Locator:
    return page.get_by_role("textbox", name=f"Message #{channel}")


def type_line(page: Page, line: str) -> None:
    composer(page).fill(line)
    composer(page).press("Enter")


def newest(page: Page) -> Locator:
    return page.get_by_role("log", name="Messages").get_by_role("article").last


def test_a_newcomer_reads_a_projects_goal_and_outcomes(page: Page) -> None:
    type_line(page, "/project show jmte")

    answer = newest(page)
    expect(answer).to_contain_text("Strategic goal")
    expect(answer).to_contain_text("research-grade cloud hubs in the open")
    expect(answer).to_contain_text("Three Pangeo hubs run for a full year")
    expect(answer).to_contain_text("Mateo Quispe")
    expect(answer).to_contain_text("Only visible to you")
    expect(answer.get_by_role("link", name="fortnightly call with Pangeo")).to_be_visible()


def test_from_the_list_to_a_record_that_everybody_sees(page: Page) -> None:
    type_line(page, "/project list")
    newest(page).get_by_role("button", name="Show Jupyter Meets the Earth, with Pangeo").click()
    expect(newest(page)).to_contain_text("Key outcomes")

    newest(page).get_by_role("button", name="Share in channel").click()
    expect(newest(page)).to_contain_text("Shared by")
    expect(newest(page)).not_to_contain_text("Only visible to you")
    page.get_by_label("You are").select_option(label="Mateo Quispe")

    expect(composer(page)).to_be_visible()
    expect(newest(page)).to_contain_text("Jupyter Meets the Earth, with Pangeo")
    expect(newest(page)).to_contain_text("Shared by")


def test_a_command_is_completed_by_keyboard_alone(page: Page) -> None:
    composer(page).press_sequentially("/project out")
    completions = page.get_by_role("listbox", name="Completions")
    expect(completions.get_by_role("option").first).to_contain_text("/project outcomes")

    composer(page).press("Tab")
    composer(page).press_sequentially("tide")
    composer(page).press("Enter")

    expect(newest(page)).to_contain_text("Open tide gauges")
    expect(newest(page)).to_contain_text("Key outcomes")


def test_a_typing_error_leads_on_by_a_button(page: Page) -> None:
    type_line(page, "/project show jmte-pangoe")
    expect(newest(page)).to_contain_text("Did you mean")

    newest(page).get_by_role("button", name="Show Jupyter Meets the Earth, with Pangeo").click()

    expect(newest(page)).to_contain_text("Strategic goal")
