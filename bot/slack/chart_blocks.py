"""The blocks of a message with charts, in each of the ways that a workspace can have them.

Limits: docs.slack.dev, "data visualization block", "table block", "image block".
"""

from collections.abc import Callable, Sequence

from bot.domain.chart import Chart, ChartKind, number_in_words
from bot.slack.effects import Block, Message, Placed
from bot.slack.mrkdwn import escape

MOST_NATIVE = 2
"""Charts that Slack draws in one message."""
_TITLE = 50
_SECTION = 3000
_TABLE = 10_000
"""Characters of all tables of a message."""
_NATIVE_TYPE = {ChartKind.COUNTS: "bar", ChartKind.COURSE: "line"}

Draw = Callable[[Placed], Sequence[Block]]


def with_charts(message: Message, draw: Draw) -> list[Block]:
    """The message's blocks, with those that `draw` makes of each chart in its place."""
    found: list[Block] = []
    waiting = list(message.charts)
    for number in range(len(message.blocks) + 1):
        while waiting and waiting[0].at <= number:
            found += draw(waiting.pop(0))
        found += message.blocks[number : number + 1]
    return found


def native_blocks(message: Message) -> list[Block]:
    """With Slack's own charts and tables; what there is no room for in words."""
    charts, characters = 0, 0

    def draw(placed: Placed) -> Sequence[Block]:
        nonlocal charts, characters
        chart = placed.chart
        if chart.kind is ChartKind.SHARES:
            characters += sum(len(cell) for row in chart.rows() for cell in row)
            return _table(chart) if characters <= _TABLE else in_words(chart)
        charts += 1
        return native_block(chart) if charts <= MOST_NATIVE else in_words(chart)

    return with_charts(message, draw)


def worded_blocks(message: Message) -> list[Block]:
    """With the numbers in words alone, which every workspace takes."""
    return with_charts(message, lambda placed: in_words(placed.chart))


def answer_blocks(message: Message, *, may_draw: bool = True) -> list[Block]:
    """Of an answer, which is not tried in one way after the other: drawn where that is relied upon.

    All else is in words. Without `may_draw`, what Slack was to draw is left out.
    """
    if not message.charts:
        return message.blocks

    def draw(placed: Placed) -> Sequence[Block]:
        if not placed.drawn:
            return in_words(placed.chart)
        return placed.drawn if may_draw else ()

    return with_charts(message, draw)


def image_block(chart: Chart, file_id: str) -> Block:
    """A picture that was uploaded, and what it says."""
    return {
        "type": "image",
        "slack_file": {"id": file_id},
        "alt_text": chart.words,
    }


def in_words(chart: Chart) -> list[Block]:
    """A title, and the table of its numbers in letters of one width; a dot where there is none to count."""
    head, *body = chart.rows()
    # An emoji is wider than a letter.
    rows = [[chart.heads, *(each.name for each in chart.series)], *body]
    if chart.kind is not ChartKind.COURSE:
        rows = [["\u00b7" if cell == "0" else cell for cell in row] for row in rows]
    widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    ]
    shown = _divided([line.rstrip().replace("`", "'") for line in lines])
    return [_text(f"*{escape(_titled(chart))}*"), *(_text(f"```{escape(each)}```") for each in shown)]


def _divided(lines: Sequence[str]) -> list[str]:
    """In as many blocks as they need; escaping makes them up to five times as long."""
    found: list[str] = []
    for line in lines:
        joined = f"{found[-1]}\n{line}" if found else line
        if found and len(escape(joined)) <= _SECTION - len("``````"):
            found[-1] = joined
        else:
            found.append(line)
    return found


def _titled(chart: Chart) -> str:
    return f"{chart.title} ({chart.unit})" if chart.unit else chart.title


def native_block(chart: Chart) -> list[Block]:
    """Slack's own. It has a value at each of its places: what is not known of all is left to the words."""
    whole = [
        number
        for number in range(len(chart.categories))
        if all(each.values[number] is not None for each in chart.series)
    ]
    if not whole:
        return in_words(chart)
    labels = [chart.categories[number] for number in whole]
    series = [
        {
            "name": each.marked,
            "data": [
                {"label": label, "value": round(each.values[number] or 0, 2)}
                for label, number in zip(labels, whole, strict=True)
            ],
        }
        for each in chart.series
    ]
    axes: Block = {"categories": labels, "x_label": chart.heads}
    if chart.unit:
        axes["y_label"] = chart.unit[:_TITLE]
    kind = _NATIVE_TYPE[chart.kind]
    return [
        {
            "type": "data_visualization",
            "title": chart.title[:_TITLE],
            "chart": {"type": kind, "series": series, "axis_config": axes},
        }
    ]


def drawn_blocks(chart: Chart) -> list[Block]:
    """As Slack shows it: shares as a table, all else as a picture."""
    return _table(chart) if chart.kind is ChartKind.SHARES else native_block(chart)


def _table(chart: Chart) -> list[Block]:
    numbers = [
        {"type": "raw_text", "text": cell} for cell in (chart.heads, *(each.marked for each in chart.series))
    ]
    rows = [numbers]
    for number, category in enumerate(chart.categories):
        cells = [number_in_words(each.values[number]) for each in chart.series]
        rows.append([{"type": "raw_text", "text": cell} for cell in (category, *cells)])
    settings: list[Block] = [{"is_wrapped": True}, *({"align": "right"} for _ in chart.series)]
    return [
        _text(f"*{escape(_titled(chart))}*"),
        {"type": "table", "rows": rows, "column_settings": settings},
    ]


def _text(mrkdwn: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}, "expand": True}
