"""Every picture in both ways, native and as an image, on a light and on a dark ground.

What was drawn is kept in build/pictures: a picture of each, and beside it the table of its numbers.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.domain.chart import Chart
from bot.local.seed import JMTE, WANJIRU
from bot.slack.kinds import Drawn, Kind, Ready
from storage.database import Database, Tx
from storage.deliveries import Delivery
from tests.support.charts import EVERY, charts_message
from tests.support.product import running_trial
from tests.support.readme import ROOT
from tests.support.sending import Post, post_office

pytestmark = pytest.mark.browser

OUTPUT = ROOT / "build" / "pictures"
NATIVE = ("data_visualization", "table")


def draw(_tx: Tx, delivery: Delivery, _now: datetime) -> Drawn:
    return Ready(charts_message(EVERY[delivery.key.partition(":")[0]]))


@pytest.fixture(scope="module")
def folder() -> Path:
    OUTPUT.mkdir(parents=True, exist_ok=True)
    return OUTPUT


@pytest.fixture
def post(sqlite_database: Database) -> Iterator[Post]:
    with post_office(sqlite_database, {"charts": Kind(draw)}) as running:
        yield running


def open_channel(browser: Browser, address: str, theme: str) -> Page:
    page = browser.new_page(
        viewport={"width": 1100, "height": 900},
        color_scheme="dark" if theme == "dark" else "light",
        device_scale_factor=2,
    )
    page.goto(f"{address}client/{WANJIRU}/{JMTE}")
    page.locator("body[data-live]").wait_for()
    return page


def newest(page: Page) -> Locator:
    return page.get_by_role("log", name="Messages").get_by_role("article").last


def keep_numbers(folder: Path, name: str, chart: Chart) -> None:
    head, *body = (f"| {' | '.join(row)} |" for row in chart.rows())
    rule = f"|{'---|' * len(chart.rows()[0])}"
    shots = "\n".join(
        f"![{way}, {theme}]({name}-{way}-{theme}.png)"
        for way in ("native", "image", "words")
        for theme in ("light", "dark")
    )
    text = "\n".join([f"# {chart.title}", "", chart.words, "", head, rule, *body, "", shots, ""])
    (folder / f"{name}.md").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", EVERY)
def test_each_picture_says_its_numbers_in_every_way(
    browser: Browser, post: Post, folder: Path, name: str, theme: str
) -> None:
    chart = EVERY[name]
    keep_numbers(folder, name, chart)
    page = open_channel(browser, f"{post.slack.url}/", theme)

    def show(way: str) -> Locator:
        post.promise(f"{name}:{way}", kind="charts")
        post.settle()
        message = newest(page)
        expect(message).to_contain_text("Why this came")
        expect(page.get_by_role("article").filter(has_text="Why this came")).to_have_count(
            ways.index(way) + 1
        )
        return message

    def keep(message: Locator, way: str) -> None:
        path = folder / f"{name}-{way}-{theme}.png"
        message.screenshot(path=path)
        assert path.stat().st_size > 5_000

    ways = ["native", "image", "words"]
    message = show("native")
    shown = [row for row in chart.rows()[1:] if "\u2013" not in row]
    for row in shown:
        expect(message.get_by_role("row").filter(has_text=row[0]).first).to_contain_text(row[-1])
    for series in chart.series:
        expect(message).to_contain_text(series.marked)
    keep(message, "native")

    for block in NATIVE:
        post.unkind("*", block=block, times=1000)
    image = show("image").get_by_role("img", name=chart.words, exact=True)
    image.scroll_into_view_if_needed()
    expect(image).to_be_visible()
    # An image that does not load has no size of its own.
    assert image.evaluate("async image => { await image.decode(); return image.naturalWidth }") == 1360
    keep(newest(page), "image")
    (file,) = post.slack.workspace.files.values()
    (folder / f"{name}.png").write_bytes(file.content)

    post.slack.platform.unkindness.clear()
    post.unkind("*", block="image", times=1000)
    for block in NATIVE:
        post.unkind("*", block=block, times=1000)
    post.promise(f"{name}:words", kind="charts")
    post.settle()
    for _ in range(4):
        post.later(minutes=1)
    message = show("words")
    for row in chart.rows()[1:]:
        expect(message).to_contain_text(row[0])
    keep(message, "words")
    page.close()


def test_a_chart_is_asked_for_and_comes(browser: Browser, folder: Path, tmp_path: Path) -> None:
    with running_trial(tmp_path) as address:
        page = open_channel(browser, address, "light")
        for line, what in (("/project chart", "chart"), ("/project chart 1", "chart-1")):
            composer = page.get_by_role("textbox", name="Message #proj-jmte")
            composer.fill(line)
            composer.press("Enter")
            message = page.get_by_role("article").filter(has_text="Asked for by").last
            command = f"{line.replace('chart', 'chart jmte-pangeo')}"
            expect(message).to_contain_text(command)
            expect(message.get_by_role("figure")).to_be_visible()
            message.screenshot(path=folder / f"asked-{what}.png")
        # Now it is known that this workspace draws them.
        composer.fill("/project show")
        composer.press("Enter")
        figures = newest(page).get_by_role("figure")
        expect(figures).to_have_count(2)
        figures.first.screenshot(path=folder / "show-weeks.png")
        figures.last.screenshot(path=folder / "show-course.png")
        expect(newest(page)).to_contain_text("the way to its target")
        page.close()
