"""Charts as SVG in a page: small, sharp on paper, and read by whoever hears the page.

A library would draw more than a page of projects needs, and take its time to be imported; what is drawn here
is rectangles and lines. Colours, patterns and inks are those of the pictures in Slack
(bot/slack/chart_picture.py): people with any colour vision tell them apart, and a number or a pattern says
the same again. They stand in the page's style by the name of their look: no style stands in an element.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from bot.domain.chart import Chart, ChartKind, Look, Series, number_in_words
from bot.slack.chart_picture import STYLES

WIDTH, HEIGHT = 420, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 26, 14, 24
_GAP = 0.22
"""Of a column's width, between two."""
_LABEL_ROOM, _HALF_LABEL = 74, 36
_TALL_ENOUGH = 13
"""For a number in a segment."""
_NEAR = 24
_FROM_ZERO, _ROOM = 0.3, 0.25
_TINY = (84, 28)
_PATTERNS = {
    "careful": '<path d="M-1 1l2-2M0 6l6-6M5 7l2-2"/>',
    "bad": '<path d="M0 0l6 6M6 0l-6 6"/>',
    "finished": '<circle cx="3" cy="3" r="1"/>',
    "left": '<path d="M0 3h6"/>',
    "unknown": '<path d="M3 0v6"/>',
}


class _Area(NamedTuple):
    width: float
    height: float


class _Box(NamedTuple):
    x: float
    y: float
    width: float
    height: float

    def rect(self, more: str) -> str:
        return (
            f'<rect {more} x="{_n(self.x)}" y="{_n(self.y)}" width="{_n(self.width)}" '
            f'height="{_n(self.height)}"/>'
        )


def patterns() -> Markup:
    """Once in a page that has charts in it."""
    made = "".join(
        f'<pattern id="p-{look}" class="p-{look}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f"{shape}</pattern>"
        for look, shape in _PATTERNS.items()
    )
    return _markup(f'<svg class="defs" width="0" height="0" aria-hidden="true"><defs>{made}</defs></svg>')


def draw(chart: Chart, name: str) -> Markup:
    """The chart; `name` is another one for each in a page. What it says is its description."""
    body = _course(chart) if chart.kind is ChartKind.COURSE else _columns(chart)
    return _markup(
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{escape(chart.title)}</title>'
        f'<desc id="{name}-d">{escape(chart.words)}</desc>{"".join(body)}</svg>'
    )


def draw_tiny(chart: Chart, said: str) -> Markup:
    """As many columns, without a word; `said` is what a reader hears."""
    width, height = _TINY
    most = _most(chart)
    step = width / len(chart.categories)
    paths = []
    below = [0.0] * len(chart.categories)
    for series in chart.series:
        path = ""
        for n, value in enumerate(_counts(series)):
            top = height - (below[n] + value) / most * height
            tall = value / most * height
            path += (
                f"M{_n(n * step)} {_n(top)}h{_n(step - 1.2)}v{_n(tall)}h-{_n(step - 1.2)}z" if value else ""
            )
            below[n] += value
        paths.append(f'<path class="l-{series.look.value}" d="{path}"/>')
    return _markup(
        f'<svg class="tiny" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">'
        f"<title>{escape(said)}</title>{''.join(paths)}</svg>"
    )


def swatch(series: Series) -> Markup:
    """Of a legend."""
    look = series.look.value
    if series.look in {Look.MEASURED, Look.PLANNED}:
        inner = f'<path class="s-{look}" d="M1 7h18"/>'
    else:
        inner = _filled(look, _Box(0, 0, 20, 14), ' rx="3"')
    return _markup(
        f'<svg class="swatch" viewBox="0 0 20 14" width="20" height="14" aria-hidden="true">{inner}</svg>'
    )


def _columns(chart: Chart) -> Iterator[str]:
    area = _Area(WIDTH - 2, HEIGHT - _TOP - _BOTTOM)
    most, step = _most(chart), area.width / len(chart.categories)
    wide = step * (1 - _GAP)
    below = [0.0] * len(chart.categories)
    for series in chart.series:
        look = series.look.value
        for n, value in enumerate(_counts(series)):
            if not value:
                continue
            tall = value / most * area.height
            x, y = 1 + n * step + step * _GAP / 2, _TOP + area.height - below[n] / most * area.height - tall
            yield _filled(look, _Box(x, y, wide, tall))
            if tall >= _TALL_ENOUGH:
                yield _number(look, x + wide / 2, y + tall / 2, number_in_words(value))
            below[n] += value
    yield f'<path class="axis" d="M0 {HEIGHT - _BOTTOM}h{WIDTH}"/>'
    centres = [1 + (n + 0.5) * step for n in range(len(chart.categories))]
    yield from _labels(chart.categories, centres)


def _number(look: str, x: float, y: float, said: str) -> str:
    """On a patch of the plain colour, so that no pattern runs through it."""
    wide = 7.5 * len(said) + 4
    return (
        _Box(x - wide / 2, y - 6.5, wide, 13).rect(f'class="l-{look}" rx="3"')
        + f'<text class="i-{look}" x="{_n(x)}" y="{_n(y + 4)}" text-anchor="middle">{escape(said)}</text>'
    )


def _course(chart: Chart) -> Iterator[str]:
    places = chart.places or tuple(map(float, range(len(chart.categories))))
    low, high = _range([value for series in chart.series for value in series.values if value is not None])
    span = (places[-1] - places[0]) or 1.0
    area = _Area(WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM - 8)

    def at(place: float, value: float) -> tuple[float, float]:
        x = _LEFT + (place - places[0]) / span * area.width
        return x, _TOP + 8 + (high - value) / (high - low) * area.height

    for value in (low, (low + high) / 2, high):
        y = at(places[0], value)[1]
        yield f'<path class="grid" d="M0 {_n(y)}h{WIDTH}"/>'
        yield f'<text class="soft" x="0" y="{_n(y - 3)}">{escape(number_in_words(value))}</text>'
    ends: list[tuple[float, float]] = []
    for series in chart.series:
        known = [(p, v) for p, v in zip(places, series.values, strict=True) if v is not None]
        if known:
            yield from _line(series, [at(*each) for each in known], known[-1][1], ends)
    yield f'<path class="axis" d="M0 {HEIGHT - _BOTTOM}h{WIDTH}"/>'
    yield from _labels(chart.categories, [at(place, low)[0] for place in places])


def _line(
    series: Series, points: Sequence[tuple[float, float]], last: float, ends: list[tuple[float, float]]
) -> Iterator[str]:
    """With its newest value at its end: below the line, where that of another stands above."""
    look = series.look.value
    yield f'<path class="s-{look}" d="M{"L".join(f"{_n(x)} {_n(y)}" for x, y in points)}"/>'
    if STYLES[series.look].marker:
        yield "".join(f'<circle class="l-{look}" cx="{_n(x)}" cy="{_n(y)}" r="3.5"/>' for x, y in points)
    x, y = points[-1]
    is_near = any(abs(x - other_x) < _HALF_LABEL and abs(y - other_y) < _NEAR for other_x, other_y in ends)
    ends.append((x, y))
    above = y + 17 if is_near else max(y - 8, 11)
    yield (
        f'<text class="ink end" x="{_n(min(x + 10, WIDTH))}" y="{_n(above)}" text-anchor="end">'
        f"{escape(number_in_words(last))}</text>"
    )


def _range(values: Sequence[float]) -> tuple[float, float]:
    """From 0, where the lowest is not far from it; else with some room below. Never empty."""
    low, high = min(values), max(values)
    if 0 <= low <= _FROM_ZERO * high:
        low = 0.0
    elif low != high:
        low -= (high - low) * _ROOM
    return low, high if high > low else low + 1


def _labels(labels: Sequence[str], centres: Sequence[float]) -> Iterator[str]:
    """The last one, and before it those that there is room for."""
    free: float = WIDTH + _LABEL_ROOM
    for label, centre in zip(reversed(labels), reversed(centres), strict=True):
        if free - centre < _LABEL_ROOM:
            continue
        free = centre
        is_last, is_first = centre > WIDTH - _HALF_LABEL, centre < _HALF_LABEL
        anchor, x = ("end", WIDTH) if is_last else ("start", 0) if is_first else ("middle", centre)
        yield f'<text class="soft" x="{_n(x)}" y="{HEIGHT - 7}" text-anchor="{anchor}">{escape(label)}</text>'


def _filled(look: str, box: _Box, more: str = "") -> str:
    """With a colour, and the pattern on it."""
    over = box.rect(f'fill="url(#p-{look})"{more}') if look in _PATTERNS else ""
    return box.rect(f'class="l-{look}"{more}') + over


def _most(chart: Chart) -> float:
    sums = [sum(_counts_at(chart, n)) for n in range(len(chart.categories))]
    return max(*sums, 1.0)


def _counts_at(chart: Chart, number: int) -> list[float]:
    return [series.values[number] or 0.0 for series in chart.series]


def _counts(series: Series) -> list[float]:
    return [value or 0.0 for value in series.values]


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _markup(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - all that was typed is escaped where it is put in
