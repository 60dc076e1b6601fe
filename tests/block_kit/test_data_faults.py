"""Faults of tables, charts and rich text."""

from .blocks import mrkdwn, rich_text, series
from .faults import (
    EMPTY,
    LINK,
    NONE,
    Fault,
    each,
    expected,
    found,
    missing,
    too_long,
    too_many,
)
from .payloads import MISSING

CELL = {"type": "raw_text", "text": "x"}

FAULTS: list[Fault] = [
    ("table", "/rows", [], f"/rows {NONE}"),
    ("table", "/rows", [[CELL]] * 101, f"/rows {too_many(100)}"),
    ("table", "/rows/0", [CELL] * 21, f"/rows/0 {too_many(20)}"),
    ("table", "/rows/0/0/text", "", f"/rows/0/0/text {EMPTY}"),
    ("table", "/rows/0/0", mrkdwn(), "/rows/0/0/type unsupported type: mrkdwn"),
    ("table", "/column_settings", [None] * 21, f"/column_settings {too_many(20)}"),
    (
        "table",
        "/column_settings/1/align",
        "middle",
        "/column_settings/1/align must be a valid enum value: left, center, right",
    ),
    ("data_table", "/rows", [[CELL, CELL]], "/rows no less than 2 items allowed"),
    ("data_table", "/rows", [[CELL, CELL]] * 202, f"/rows {too_many(201)}"),
    ("data_table", "/rows/1", [CELL], "/rows/1 must have the same number of cells as the first row"),
    (
        "data_table",
        "/rows/0/1",
        rich_text(),
        "/rows/0/1/type unsupported type: rich_text (in the header row)",
    ),
    ("data_table", "/caption", MISSING, missing("caption")),
    ("data_table", "/caption", "", f"/caption {EMPTY}"),
    ("data_table", "/page_size", 101, "/page_size must be no more than 100"),
    ("data_table", "/row_header_column_index", 20, "/row_header_column_index must be no more than 19"),
    ("data_table", "/row_header_column_index", 2, "/row_header_column_index must be the index of a column"),
    ("data_table", "/rows/1/1/value", "4.5", "/rows/1/1/value must provide a number"),
    ("data_table", "/rows/1/1/value", float("inf"), "/rows/1/1/value must provide a number"),
    ("pie", "/title", "x" * 51, f"/title {too_long(50)}"),
    ("pie", "/chart/type", "donut", "/chart/type unsupported type: donut"),
    ("pie", "/chart/segments", [{"label": "a", "value": 1}] * 13, f"/chart/segments {too_many(12)}"),
    ("pie", "/chart/segments/0/value", 0, "/chart/segments/0/value must be more than 0"),
    ("pie", "/chart/segments/0/value", False, "/chart/segments/0/value must provide a number"),
    ("pie", "/chart/segments/0/label", "x" * 21, f"/chart/segments/0/label {too_long(20)}"),
    ("bar", "/chart/series", [], f"/chart/series {NONE}"),
    ("bar", "/chart/series", [series(str(n)) for n in range(13)], f"/chart/series {too_many(12)}"),
    ("bar", "/chart/series/1/name", "a", "/chart/series/1/name must be unique among the series: a"),
    (
        "bar",
        "/chart/series/0/data/0/label",
        "z",
        "/chart/series/0/data must have exactly one point for each category",
    ),
    (
        "bar",
        "/chart/series/0",
        series("a", "x"),
        "/chart/series/0/data must have exactly one point for each category",
    ),
    ("bar", "/chart/axis_config/categories", ["x"] * 21, f"/chart/axis_config/categories {too_many(20)}"),
    ("bar", "/chart/axis_config/x_label", "x" * 51, f"/chart/axis_config/x_label {too_long(50)}"),
    ("bar", "/chart/axis_config", MISSING, f"/chart {missing('axis_config')}"),
    ("rich_text", "/elements/0/type", "rich_text_line", "/elements/0/type unsupported type: rich_text_line"),
    ("rich_text", "/elements/0/elements/0/text", "", f"/elements/0/elements/0/text {EMPTY}"),
    (
        "rich_text",
        "/elements/0/elements/0/style/blink",
        True,
        "/elements/0/elements/0/style invalid additional property: blink",
    ),
    (
        "rich_text",
        "/elements/0/elements/0/style",
        "bold",
        "/elements/0/elements/0/style must provide an object",
    ),
    ("rich_text", "/elements/0/elements/1/url", "javascript:alert(1)", f"/elements/0/elements/1/url {LINK}"),
    (
        "rich_text",
        "/elements/0/elements/7/range",
        "all",
        "/elements/0/elements/7/range must be a valid enum value: here, channel, everyone",
    ),
    ("rich_text", "/elements/0/elements/8/value", "red", "/elements/0/elements/8/value must be a hex color"),
    (
        "rich_text",
        "/elements/0/elements/9/timestamp",
        "1720710212",
        "/elements/0/elements/9/timestamp must provide an integer",
    ),
    (
        "rich_text",
        "/elements/1/style",
        "dashed",
        "/elements/1/style must be a valid enum value: bullet, ordered",
    ),
    ("rich_text", "/elements/1/indent", 9, "/elements/1/indent must be no more than 8"),
    ("rich_text", "/elements/1/border", 2, "/elements/1/border must be no more than 1"),
    (
        "rich_text",
        "/elements/1/elements/0",
        {"type": "rich_text_quote", "elements": []},
        "/elements/1/elements/0/type unsupported type: rich_text_quote",
    ),
    (
        "rich_text",
        "/elements/3/elements/0",
        {"type": "emoji", "name": "wave"},
        "/elements/3/elements/0/type unsupported type: emoji",
    ),
]


@each(FAULTS)
def test_one_fault_one_error(fault: Fault) -> None:
    assert found(fault) == expected(fault)
