"""Slack's table and data_table."""

from markupsafe import Markup, escape

from bot.local.browser.markup import el
from bot.local.browser.rich_text import draw_rich_text
from bot.local.browser.scene import Json, Scene
from bot.local.browser.texts import draw_text

_ALIGNMENTS = frozenset({"left", "center", "right"})


def draw_table(block: Json, scene: Scene) -> Markup:
    """The first row is the head, as in Slack."""
    settings = block.get("column_settings") or []
    rows = [
        [_draw_cell(cell, settings[n] if n < len(settings) else None, scene) for n, cell in enumerate(row)]
        for row in block["rows"]
    ]
    return _draw_rows(rows, None, None)


def draw_data_table(block: Json, scene: Scene) -> Markup:
    rows = [[_draw_cell(cell, None, scene) for cell in row] for row in block["rows"]]
    return _draw_rows(rows, str(block.get("caption") or "") or None, block.get("row_header_column_index"))


def _draw_cell(cell: Json, settings: Json | None, scene: Scene) -> tuple[str, Markup]:
    settings = settings or {}
    kind = cell.get("type")
    if kind == "rich_text":
        content = draw_rich_text(cell, scene)
    elif kind in {"raw_number", "number"}:
        value = cell.get("value")
        content = escape(str(cell.get("text") or (f"{value:g}" if isinstance(value, int | float) else value)))
    elif kind in {"mrkdwn", "plain_text"}:
        content = draw_text(cell, scene)
    else:
        content = escape(str(cell.get("text") or ""))
    align = settings.get("align") or ("right" if kind in {"raw_number", "number"} else "left")
    classes = f"align-{align}" if align in _ALIGNMENTS else "align-left"
    return (f"{classes} wrapped" if settings.get("is_wrapped") else classes), content


def _draw_rows(
    rows: list[list[tuple[str, Markup]]], caption: str | None, header_column: int | None
) -> Markup:
    head, *body = rows
    drawn = [el("caption", None, caption)] if caption else []
    drawn.append(
        el("thead", None, el("tr", None, *(el("th", {"scope": "col", "class": c}, t) for c, t in head)))
    )
    drawn_rows = []
    for row in body:
        cells = [
            el("th", {"scope": "row", "class": classes}, text)
            if number == header_column
            else el("td", {"class": classes}, text)
            for number, (classes, text) in enumerate(row)
        ]
        drawn_rows.append(el("tr", None, *cells))
    drawn.append(el("tbody", None, *drawn_rows))
    label = caption or "Table"
    table = el("table", {"class": "data-table"}, *drawn)
    return el("div", {"class": "table-scroll", "tabindex": 0, "role": "region", "aria-label": label}, table)
