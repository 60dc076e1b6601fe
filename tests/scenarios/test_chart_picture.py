"""The pictures themselves: told apart by everybody, read on any ground, and nothing is left behind."""

import gc
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image

from bot.domain.chart import Chart, ChartKind, Look, Series
from bot.slack.chart_picture import GROUND, INK, SOFT, STYLES, draw_png
from tests.support.charts import COURSE, EVERY, FRESHNESS, STATUSES
from tests.support.colours import VISIONS, contrast, distance

LINES = {Look.MEASURED, Look.PLANNED}
BARS = [look for look in Look if look not in LINES]


def test_what_is_written_is_read() -> None:
    """WCAG 2.2: 4.5 for text, 3 for what a picture needs to be understood."""
    assert contrast(INK, GROUND) >= 7
    assert contrast(SOFT, GROUND) >= 4.5
    for style in STYLES.values():
        assert contrast(style.colour, style.ink) >= 4.5
    for look in LINES:
        assert contrast(STYLES[look].colour, GROUND) >= 3
    # Bars and patterns have an edge of ink.
    assert all(contrast(STYLES[look].colour, INK) >= 3 for look in BARS)


@pytest.mark.parametrize("vision", VISIONS)
def test_colours_are_told_apart_by_everybody(vision: str) -> None:
    for one, other in [*combinations(BARS, 2), tuple(LINES)]:
        assert distance(STYLES[one].colour, STYLES[other].colour, vision) >= 15, (one, other)


def test_no_colour_says_anything_alone() -> None:
    assert len({STYLES[look].hatch for look in BARS}) == len(BARS)
    assert STYLES[Look.MEASURED].dashes != STYLES[Look.PLANNED].dashes


@pytest.mark.parametrize("name", EVERY)
def test_a_picture_has_twice_the_pixels_and_a_ground_of_its_own(name: str) -> None:
    with Image.open(BytesIO(draw_png(EVERY[name]))) as picture:
        assert picture.format == "PNG"
        assert picture.width == 1360
        corners = [(0, 0), (picture.width - 1, picture.height - 1)]
        assert {picture.convert("RGBA").getpixel(at) for at in corners} == {(255, 255, 255, 255)}
        assert picture.info["Description"] == EVERY[name].words, "its numbers go with it"


def test_the_same_numbers_are_the_same_picture_and_others_another() -> None:
    assert draw_png(STATUSES) == draw_png(STATUSES)
    more = replace(STATUSES.series[0], values=(4, *STATUSES.series[0].values[1:]))
    assert draw_png(STATUSES) != draw_png(replace(STATUSES, series=(more, *STATUSES.series[1:])))


ODD = (
    "$x_{1}$ and \\frac{",
    "日本の潮位計",
    "🌊 waves",
    "<script>&amp;",
    "x" * 40,
)


@pytest.mark.parametrize("name", ODD)
def test_any_name_can_be_drawn(name: str) -> None:
    names = (name, *FRESHNESS.categories[1:])
    assert draw_png(replace(FRESHNESS, categories=names)).startswith(b"\x89PNG")
    assert draw_png(replace(COURSE, unit=name)).startswith(b"\x89PNG")


@pytest.mark.parametrize("values", [(0.0,), (5.0,), (-3.0,), (1e12,)])
def test_a_single_value_can_be_drawn(values: tuple[float, ...]) -> None:
    series = (Series("Measured", Look.MEASURED, values), Series("Target", Look.PLANNED, values))
    alone = Chart(ChartKind.COURSE, "T", "Day", ("today",), series, "", (0.0,))

    assert draw_png(alone).startswith(b"\x89PNG")


def test_many_threads_may_draw_at_once() -> None:
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(draw_png, [COURSE, FRESHNESS] * 4))

    assert drawn == [draw_png(COURSE), draw_png(FRESHNESS)] * 4


def test_a_picture_leaves_no_figure_behind() -> None:
    from matplotlib.figure import Figure  # noqa: PLC0415 - only this test looks for them

    for _ in range(5):
        draw_png(FRESHNESS)
    gc.collect()

    assert [each for each in gc.get_objects() if isinstance(each, Figure)] == []


def test_nothing_is_loaded_before_the_first_picture() -> None:
    script = (
        "import sys; import bot.slack.chart_picture; from bot.slack.every_kind import KINDS;"
        "from bot.app import create_wsgi; import bot.slack.sender, bot.web.server, bot.jobs.worker;"
        "print({'matplotlib', 'numpy', 'PIL'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "set()"
