"""Charts as PNGs, drawn by matplotlib without a display.

A colour never says anything alone: each look has a pattern or a kind of line of its own, and its name stands
beside it. Colours are those of Okabe and Ito, which people with any colour vision tell apart. A picture has
a ground of its own, so that it is read in a dark theme as in a light one, and twice the pixels that it is
shown with. matplotlib takes most of a second to import, so it is not part of the start.
"""

import threading
from collections.abc import Iterable, Sequence
from functools import cache
from io import BytesIO
from textwrap import fill
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.domain.chart import Chart, ChartKind, Look, Series, number_in_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class Style(NamedTuple):
    """`ink`: of what is written on the colour. `hatch`: the pattern of its bars. `dashes`: of its line."""

    colour: str
    ink: str
    hatch: str
    dashes: str = "-"
    marker: str = ""


GROUND, INK, SOFT, GRID = "#ffffff", "#1d1c1d", "#4a4a4d", "#dddddd"
STYLES = {
    Look.GOOD: Style("#009e73", "#000000", ""),
    Look.CAREFUL: Style("#f0e442", "#000000", "//"),
    Look.BAD: Style("#d55e00", "#000000", "xx"),
    Look.FINISHED: Style("#0072b2", "#ffffff", ".."),
    Look.LEFT: Style("#cc79a7", "#000000", "--"),
    Look.UNKNOWN: Style("#eeeeee", "#000000", "||"),
    Look.MEASURED: Style("#0072b2", "#ffffff", "", "-", "o"),
    Look.PLANNED: Style("#d55e00", "#000000", "", "--"),
}
_FONT = "DejaVu Sans"
"""matplotlib brings it along."""
_WIDTH, _HEIGHT, _DPI = 6.8, 3.6, 200
_ROW = 0.34
_BAR = 0.72
_NAME = 24
"""Letters of a line of a project's name."""
_PAD = 0.12
_MOST_TICKS = 9
_FROM_ZERO = 0.3
"""An axis begins at 0 where its lowest value is no more than this part of its highest."""
_drawing = threading.Lock()
"""matplotlib is made for one thread at a time."""


def draw_png(chart: Chart) -> bytes:
    """The picture. Takes some hundred milliseconds, the first time longer: not for an event loop."""
    from matplotlib import rc_context  # noqa: PLC0415 - 760 ms, and few workspaces ever need a picture
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - a part of matplotlib
    from matplotlib.figure import Figure  # noqa: PLC0415 - a part of matplotlib
    from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415 - a part of matplotlib

    # Whatever stands between two dollars is money, no formula.
    told: Any = {"font.family": _FONT, "font.size": 9, "text.parse_math": False, "hatch.linewidth": 0.6}
    with _drawing, rc_context(told):
        # Not by pyplot, which keeps every figure until it is told to close it.
        figure = Figure(
            figsize=(_WIDTH, _height(chart)),
            dpi=_DPI,
            facecolor=GROUND,
            layout=ConstrainedLayoutEngine(w_pad=_PAD, h_pad=_PAD),
        )
        FigureCanvasAgg(figure)
        _draw(figure, chart)
        picture = BytesIO()
        figure.savefig(picture, format="png", metadata={"Software": None, "Description": chart.words})
    return picture.getvalue()


def _height(chart: Chart) -> float:
    return 1.3 + _ROW * len(chart.categories) if chart.kind is ChartKind.SHARES else _HEIGHT


def _draw(figure: "Figure", chart: Chart) -> None:
    axes = figure.add_subplot(facecolor=GROUND)
    unit = f" ({chart.unit})" if chart.unit else ""
    axes.set_title(
        _shown(f"{chart.title}{unit}"), loc="left", color=INK, fontsize=10.5, fontweight="bold", pad=26
    )
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(SOFT)
    axes.tick_params(colors=INK, labelcolor=INK, length=0)
    axes.set_axisbelow(True)
    match chart.kind:
        case ChartKind.COUNTS:
            _draw_columns(axes, chart)
        case ChartKind.SHARES:
            _draw_rows(axes, chart)
        case ChartKind.COURSE:
            _draw_course(axes, chart)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=len(chart.series),
        frameon=False,
        labelcolor=INK,
        borderaxespad=0.2,
        borderpad=0.2,
        columnspacing=1.2,
        handlelength=1.8,
    )


def _draw_columns(axes: "Axes", chart: Chart) -> None:
    """One on top of the other, with each number in its place."""
    places = range(len(chart.categories))
    below = [0.0] * len(chart.categories)
    for series in chart.series:
        values = _counts(series)
        axes.bar(places, values, _BAR, bottom=below, label=series.name, **_filled(series))
        for place, value, start in zip(places, values, below, strict=True):
            _write_count(axes, series, (place, start + value / 2), value)
        below = [start + value for start, value in zip(below, values, strict=True)]
    axes.set_xticks(places, [_shown(label) for label in chart.categories])
    axes.tick_params(axis="x", labelsize=8)
    axes.set_xlabel(_shown(chart.heads), color=SOFT)
    axes.set_ylim(0, max(*below, 1) * 1.02)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def _draw_rows(axes: "Axes", chart: Chart) -> None:
    """One beside the other, the first project on top."""
    places = range(len(chart.categories))
    before = [0.0] * len(chart.categories)
    for series in chart.series:
        values = _counts(series)
        axes.barh(places, values, _BAR, left=before, label=series.name, **_filled(series))
        for place, value, start in zip(places, values, before, strict=True):
            _write_count(axes, series, (start + value / 2, place), value)
        before = [start + value for start, value in zip(before, values, strict=True)]
    axes.set_yticks(places, [fill(_shown(label), _NAME) for label in chart.categories])
    axes.invert_yaxis()
    axes.set_xlim(0, max(*before, 1) * 1.02)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _draw_course(axes: "Axes", chart: Chart) -> None:
    """Lines, each with its name and its newest value at its end."""
    places = chart.places or tuple(map(float, range(len(chart.categories))))
    for series in chart.series:
        style = STYLES[series.look]
        known = [
            (place, value) for place, value in zip(places, series.values, strict=True) if value is not None
        ]
        axes.plot(
            [place for place, _ in known],
            [value for _, value in known],
            color=style.colour,
            linestyle=style.dashes,
            # A single value is no line.
            marker=style.marker or ("s" if len(known) == 1 else ""),
            linewidth=2,
            markersize=4.5,
            label=series.name,
        )
        if known:
            axes.annotate(
                number_in_words(known[-1][1]),
                known[-1],
                xytext=(0, 7),
                textcoords="offset points",
                ha="center",
                color=INK,
                fontweight="bold",
                bbox={"boxstyle": "round,pad=0.15", "facecolor": GROUND, "edgecolor": "none"},
            )
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.margins(y=0.16)
    values = [value for series in chart.series for value in series.values if value is not None]
    if 0 <= min(values) <= _FROM_ZERO * max(values):
        axes.set_ylim(bottom=0)
    ticks = _ticks(places)
    axes.set_xticks([places[n] for n in ticks], [_shown(chart.categories[n]) for n in ticks])
    axes.tick_params(axis="x", labelsize=8)


def _ticks(places: Sequence[float]) -> list[int]:
    """The last one, and before it those that are far enough from each other for their labels."""
    room = (places[-1] - places[0]) / _MOST_TICKS
    found: list[int] = []
    for number in range(len(places) - 1, -1, -1):
        if not found or places[found[-1]] - places[number] >= room:
            found.append(number)
    return found[::-1]


def _filled(series: Series) -> dict[str, Any]:
    style = STYLES[series.look]
    return {"color": style.colour, "hatch": style.hatch, "edgecolor": INK, "linewidth": 0.6}


def _write_count(axes: "Axes", series: Series, at: tuple[float, float], value: float) -> None:
    if not value:
        return
    style = STYLES[series.look]
    # On a patch of the plain colour, so that no pattern runs through the number.
    patch = {"boxstyle": "round,pad=0.12", "facecolor": style.colour, "edgecolor": "none"}
    axes.text(*at, number_in_words(value), ha="center", va="center", color=style.ink, fontsize=8, bbox=patch)


def _counts(series: Series) -> list[float]:
    return [value or 0.0 for value in series.values]


def _shown(text: str) -> str:
    """What the font has no shape for is shown as a box: the message beside it has the words."""
    return "".join(_shapes(text))


def _shapes(text: str) -> Iterable[str]:
    known = _known_characters()
    return (each if ord(each) in known else "\u25af" for each in text)


@cache
def _known_characters() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font  # noqa: PLC0415 - a part of matplotlib

    return frozenset(get_font(findfont(_FONT)).get_charmap())
