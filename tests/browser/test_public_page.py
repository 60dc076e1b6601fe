"""The public page as people see it: wide, on a phone, in the dark, on paper. Pictures are kept in build/."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from storage.database import Database
from storage.migrate import migrate
from tests.support.product import running_trial
from tests.support.public import Site, fill, publish, serving
from tests.support.readme import ROOT

pytestmark = pytest.mark.browser

OUTPUT = ROOT / "build" / "public-page"
PATHS = {"list": "/projects", "project": "/projects/open-tide-gauges", "nowhere": "/projects/nowhere"}
WAYS: dict[str, tuple[int, Literal["light", "dark"], Literal["screen", "print"]]] = {
    "wide": (1280, "light", "screen"),
    "phone": (390, "light", "screen"),
    "dark": (1280, "dark", "screen"),
    "phone-dark": (390, "dark", "screen"),
    "print": (718, "light", "print"),
}
PHONE = 390


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:  # noqa: ARG001 - where there is no browser, nothing is started
    OUTPUT.mkdir(parents=True, exist_ok=True)
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('public')}/waymark.db")
    migrate(database)
    with database.write() as tx:
        fill(tx)
        publish(tx, with_names=True, with_notes=True)
    with serving(database) as running:
        yield running
    database.close()


def look(browser: Browser, site: Site, name: str, way: str) -> tuple[Page, list[str]]:
    """The page, and what the browser had to say about it."""
    width, scheme, media = WAYS[way]
    page = browser.new_page(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        device_scale_factor=2 if width == PHONE else 1,
    )
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.emulate_media(media=media)
    page.goto(site.url + PATHS[name])
    return page, [each for each in said if "404" not in each]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", PATHS)
def test_it_looks_right_everywhere(browser: Browser, site: Site, name: str, way: str) -> None:
    page, said = look(browser, site, name, way)

    page.screenshot(path=OUTPUT / f"{name}-{way}.png", full_page=True)

    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(TOO_SMALL) == 0
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_written_can_be_told_from_its_ground(
    browser: Browser, site: Site, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(color_scheme=scheme)
    for path in ("/projects", "/projects/open-tide-gauges"):
        page.goto(site.url + path)
        assert page.evaluate(CONTRAST) == []
    page.close()


def test_it_is_found_by_those_who_hear_it(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.goto(site.url + "/projects")

    expect(page.get_by_role("heading", level=1)).to_have_text("Projects")
    expect(page.get_by_role("article")).to_have_count(6)
    chart = page.get_by_role("img", name="Outcomes by status, at the end of each week").first
    expect(chart).to_be_visible()
    expect(chart.locator("desc")).to_contain_text("Week to 22 Feb: On track 5")
    page.get_by_text("The numbers").first.click()
    table = page.get_by_role("table").first
    expect(table.get_by_role("columnheader").nth(1)).to_have_text("On track")
    expect(table.get_by_role("rowheader").last).to_have_text("now")
    page.get_by_role("link", name="Open tide gauges").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Open tide gauges")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Projects")
    page.close()


def test_it_needs_no_script(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + "/projects")

    page.get_by_text("The numbers").first.click()
    expect(page.get_by_role("table").first).to_be_visible()
    assert page.locator("script").count() == 0
    context.close()


def test_it_is_paper_for_a_printer(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.goto(site.url + "/projects/open-tide-gauges")
    path = OUTPUT / "project.pdf"

    page.pdf(path=path, format="A4", print_background=True)

    assert path.read_bytes().startswith(b"%PDF")
    page.close()


def test_an_admin_switches_it_on_in_chat_and_everybody_reads_it(browser: Browser, tmp_path: Path) -> None:
    with running_trial(tmp_path) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(address)
        page.locator("body[data-live]").wait_for()

        def say(line: str) -> None:
            composer = page.get_by_role("textbox", name="Message #general")
            composer.fill(line)
            composer.press("Enter")

        newest = page.get_by_role("log", name="Messages").get_by_role("article").last
        say("/project page")
        expect(newest).to_contain_text("The public page is off")
        expect(newest).to_contain_text("What everybody would see")
        newest.screenshot(path=OUTPUT / "chat-off.png")
        say("/project settings page on")
        expect(newest).to_contain_text("The public page is on now, for everybody")
        newest.screenshot(path=OUTPUT / "chat-on.png")
        where = newest.get_by_role("link", name="/projects").first.get_attribute("href")
        assert where is not None
        page.goto(where)
        expect(page.get_by_role("heading", level=1)).to_have_text("Projects")
        expect(page.get_by_role("article").first).to_be_visible()
        page.screenshot(path=OUTPUT / "sample.png", full_page=True)
        page.close()


TOO_SMALL = """[...document.querySelectorAll('p,li,h1,h2,a,span,time')].filter(each =>
  each.offsetWidth && !each.ariaHidden && parseFloat(getComputedStyle(each).fontSize) < 9).length"""
CONTRAST = """() => {
  const parse = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
  const ground = each => {
    for (let at = each; at; at = at.parentElement) {
      const found = parse(getComputedStyle(at).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll('body *')].filter(each =>
    !each.closest('svg, .faded, details') &&
    [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
  return texts.map(each => {
    const both = [light(parse(getComputedStyle(each).color)), light(ground(each))];
    const [one, other] = both.sort((a, b) => b - a);
    return [(one + 0.05) / (other + 0.05), each.className, each.textContent.trim().slice(0, 40)];
  }).filter(([ratio]) => ratio < 4.5);
}"""
"""What is written with less than 4.5 to 1 against its ground (WCAG 2, AA)."""
