"""Slack's data_visualization as one inline SVG: shapes by attributes and classes, as styles are barred.

The picture is for the eye; for a screen reader the same numbers stand in a table beside it.
"""

from itertools import pairwise
from math import ceil, cos, floor, log10, pi, sin

from markupsafe import Markup

from bot.local.browser.markup import el, join
from bot.local.browser.scene import Json

_WIDTH, _HEIGHT = 520, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 8, 12, 28
_LINES = 5
_LONGEST_LABEL = 8
_BETWEEN_LABELS = 1.5
"""Characters."""
_CHARACTER = 6.2
"""The width of a character of a label, about."""
_BARS = 0.7
"""How much of a category's room its bars take."""
Point = tuple[float, float]


def draw_chart(block: Json) -> Markup:
    chart = block["chart"]
    title = str(block.get("title") or "Chart")
    if chart["type"] == "pie":
        segments = [(str(s["label"]), float(s["value"])) for s in chart["segments"]]
        picture, keys = _draw_pie(segments), [label for label, _ in segments]
        rows = [["", "Value"], *([label, f"{value:g}"] for label, value in segments)]
    else:
        names = [str(series["name"]) for series in chart["series"]]
        labels = [str(label) for label in chart["axis_config"]["categories"]]
        values = [_read_series(series, labels) for series in chart["series"]]
        picture, keys = _draw_axes(chart["type"], labels, values), names if len(names) > 1 else []
        columns = zip(*values, strict=True)
        rows = [["", *names]]
        rows += [[label, *map("{:g}".format, row)] for label, row in zip(labels, columns, strict=True)]
    axes = chart.get("axis_config") or {}
    words = " · ".join(str(axes[name]) for name in ("y_label", "x_label") if axes.get(name))
    return el(
        "figure",
        {"class": "chart"},
        el("figcaption", {"class": "chart-title"}, title),
        el("div", {"class": "chart-axes"}, words) if words else "",
        picture,
        _draw_keys(keys),
        _draw_numbers(rows, title),
    )


def _read_series(series: Json, labels: list[str]) -> list[float]:
    """The values in the order of the categories; the points may come in any."""
    points = {str(point["label"]): float(point["value"]) for point in series["data"]}
    return [points[label] for label in labels]


def _draw_keys(names: list[str]) -> Markup:
    keys = [el("li", None, el("span", {"class": f"key fill-{n % 12}"}), name) for n, name in enumerate(names)]
    return el("ul", {"class": "chart-keys", "aria-hidden": "true"}, *keys) if keys else Markup()


def _draw_numbers(rows: list[list[str]], title: str) -> Markup:
    head, *body = rows
    return el(
        "table",
        {"class": "unseen"},
        el("caption", None, title),
        el("tr", None, *(el("th", {"scope": "col"}, cell) for cell in head)),
        *(
            el("tr", None, el("th", {"scope": "row"}, row[0]), *(el("td", None, cell) for cell in row[1:]))
            for row in body
        ),
    )


def _svg(*parts: str) -> Markup:
    box = f"0 0 {_WIDTH} {_HEIGHT}"
    return el("svg", {"class": "chart-picture", "viewBox": box, "aria-hidden": "true"}, *parts)


def _draw_pie(segments: list[tuple[str, float]]) -> Markup:
    whole = sum(value for _, value in segments) or 1
    radius, x, y = _HEIGHT / 2 - 10, _WIDTH / 2, _HEIGHT / 2
    drawn, angle = [], -pi / 2
    for number, (_, value) in enumerate(segments):
        share = value / whole
        classes = f"slice fill-{number % 12}"
        if share > 0.999:  # noqa: PLR2004 - an arc that ends where it begins is drawn as nothing
            drawn.append(el("circle", {"cx": x, "cy": y, "r": radius, "class": classes}))
            continue
        end = angle + share * 2 * pi
        start_x, start_y = x + radius * cos(angle), y + radius * sin(angle)
        end_x, end_y = x + radius * cos(end), y + radius * sin(end)
        large = int(share > 1 / 2)
        path = f"M{x:.1f},{y:.1f} L{start_x:.1f},{start_y:.1f} "
        path += f"A{radius:.1f},{radius:.1f} 0 {large} 1 {end_x:.1f},{end_y:.1f} Z"
        drawn.append(el("path", {"d": path, "class": classes}))
        angle = end
    return _svg(*drawn)


def _draw_axes(kind: str, labels: list[str], series: list[list[float]]) -> Markup:
    everything = [value for values in series for value in values]
    low, high = min(0.0, *everything), max(0.0, *everything)
    each = _step((high - low) or 1.0)
    if all(value.is_integer() for value in everything):
        # What is counted has no halves.
        each = max(each, 1.0)
    low, high = floor(low / each) * each, ceil(high / each) * each
    span = (high - low) or each
    height = _HEIGHT - _TOP - _BOTTOM
    step = (_WIDTH - _LEFT - _RIGHT) / len(labels)

    def y(value: float) -> float:
        return round(_TOP + height * (1 - (value - low) / span), 1)

    drawn = []
    for number in range(round(span / each) + 1):
        value = low + each * number
        drawn.append(_line((_LEFT, y(value)), (_WIDTH - _RIGHT, y(value)), "grid"))
        drawn.append(el("text", {"x": _LEFT - 6, "y": y(value) + 4, "class": "tick"}, f"{value:.4g}"))
    drawn += _draw_labels(labels, step)
    for number, values in enumerate(series):
        if kind == "bar":
            width = step * _BARS / len(series)
            start = _LEFT + step * (1 - _BARS) / 2 + width * number
            places = [(start + step * n, y(value)) for n, value in enumerate(values)]
            drawn.append(_draw_bars(places, number, width - 1, y(0)))
        else:
            places = [(round(_LEFT + step * (n + 0.5), 1), y(value)) for n, value in enumerate(values)]
            drawn.append(_draw_curve(places, number, y(0) if kind == "area" else None))
    return _svg(*drawn)


def _step(span: float) -> float:
    """Between two lines: 1, 2 or 5, or that with noughts, so that there are no more than _LINES."""
    size = 10.0 ** floor(log10(span / _LINES))
    return next(size * factor for factor in (1, 2, 5, 10) if span / (size * factor) <= _LINES)


def _draw_labels(labels: list[str], step: float) -> list[Markup]:
    """The categories below, cut to their room; if even that is too little, not all of them."""
    wide = min(_LONGEST_LABEL, max(map(len, labels))) + _BETWEEN_LABELS
    every = max(1, ceil(wide * _CHARACTER / step))
    room = max(int(step * every / _CHARACTER - _BETWEEN_LABELS), 2)
    drawn = []
    # The last one is the newest, as a rule.
    for number in range((len(labels) - 1) % every, len(labels), every):
        label = labels[number]
        short = label if len(label) <= room else label[: room - 1] + "…"
        x = round(_LEFT + step * (number + 0.5), 1)
        drawn.append(el("text", {"x": x, "y": _HEIGHT - 8, "class": "label"}, short))
    return drawn


def _line(start: Point, end: Point, classes: str) -> Markup:
    return el("line", {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1], "class": classes})


def _draw_bars(places: list[Point], number: int, width: float, zero: float) -> Markup:
    return join(
        el(
            "rect",
            {
                "x": round(x, 1),
                "y": min(y, zero),
                "width": max(width, 1),
                "height": round(abs(zero - y), 1),
                "rx": 2,
                "class": f"fill-{number % 12}",
            },
        )
        for x, y in places
    )


def _draw_curve(places: list[Point], number: int, floor: float | None) -> Markup:
    parts = []
    if floor is not None:
        outline = [(places[0][0], floor), *places, (places[-1][0], floor)]
        points = " ".join(f"{x},{y}" for x, y in outline)
        parts.append(el("polygon", {"points": points, "class": f"area fill-{number % 12}"}))
    parts += [_line(start, end, f"curve stroke-{number % 12}") for start, end in pairwise(places)]
    parts += [el("circle", {"cx": x, "cy": y, "r": 3, "class": f"fill-{number % 12}"}) for x, y in places]
    return join(parts)
