"""The table and data_table blocks.

Limits: docs.slack.dev/reference/block-kit/blocks/table-block and .../data-table-block. The characters of all
tables of a payload count together; `blocks` knows the sums.
"""

from typing import Any

from bot.local.block_kit.checks import (
    Check,
    Report,
    array,
    block,
    boolean,
    by_type,
    integer,
    number,
    one_of,
    record,
    string,
    typed,
)
from bot.local.block_kit.rich_text import RICH_TEXT_BLOCK, characters

_FILLED = string(least=1)
_CELL = by_type(
    {
        "raw_text": typed({"text": _FILLED}),
        "raw_number": typed({"value": number, "text": _FILLED}),
        "rich_text": RICH_TEXT_BLOCK,
    },
)
_ROW = array(_CELL, least=1, most=20)
_COLUMN = record({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _column(value: object, at: str, report: Report) -> None:
    """The settings of a column; null leaves a column as it is."""
    if value is not None:
        _COLUMN(value, at, report)


def _size(rows: list[list[dict[str, Any]]]) -> int:
    cells = [cell for row in rows for cell in row]
    return sum(characters(cell) if cell["type"] == "rich_text" else len(cell["text"]) for cell in cells)


def _count_table(table: dict[str, Any], _at: str, report: Report) -> None:
    report.totals["table"] += _size(table["rows"])


def _even_rows(table: dict[str, Any], at: str, report: Report) -> None:
    """Every row as wide as the first, which is a header and holds no rich text."""
    report.totals["data_table"] += _size(table["rows"])
    header = table["rows"][0]
    for index, row in enumerate(table["rows"]):
        if len(row) != len(header):
            report.add(f"{at}/rows/{index}", "must have the same number of cells as the first row")
    for index, cell in enumerate(header):
        if cell["type"] == "rich_text":
            report.add(f"{at}/rows/0/{index}/type", "unsupported type: rich_text (in the header row)")
    if table.get("row_header_column_index", 0) >= len(header):
        report.add(f"{at}/row_header_column_index", "must be the index of a column")


TABLES: dict[str, Check] = {
    "table": block(
        {"rows": array(_ROW, least=1, most=100)},
        {"column_settings": array(_column, least=1, most=20)},
        _count_table,
    ),
    "data_table": block(
        {"rows": array(_ROW, least=2, most=201), "caption": _FILLED},
        {"page_size": integer(1, 100), "row_header_column_index": integer(0, 19)},
        _even_rows,
    ),
}
