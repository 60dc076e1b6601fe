"""The data_visualization block.

Limits: docs.slack.dev/reference/block-kit/blocks/data-visualization-block.
"""

from typing import Any

from bot.local.block_kit.checks import (
    Check,
    Report,
    array,
    block,
    by_type,
    number,
    record,
    shown,
    string,
    typed,
)

_LABEL = string(20, least=1)
_POINT = record({"label": _LABEL, "value": number})
_AXIS = record(
    {"categories": array(_LABEL, least=1, most=20)},
    {"x_label": string(50), "y_label": string(50)},
)
_SERIES = record({"name": _LABEL, "data": array(_POINT, least=1, most=20)})


def _positive_segments(chart: dict[str, Any], at: str, report: Report) -> None:
    for index, segment in enumerate(chart["segments"]):
        if segment["value"] <= 0:
            report.add(f"{at}/segments/{index}/value", "must be more than 0")


def _point_per_category(chart: dict[str, Any], at: str, report: Report) -> None:
    """Every series has a name of its own and exactly one point for each category."""
    categories = chart["axis_config"]["categories"]
    if len(set(categories)) != len(categories):
        report.add(f"{at}/axis_config/categories", "must be unique")
    names: set[str] = set()
    for index, series in enumerate(chart["series"]):
        if series["name"] in names:
            report.add(
                f"{at}/series/{index}/name", f"must be unique among the series: {shown(series['name'])}"
            )
        names.add(series["name"])
        if sorted(point["label"] for point in series["data"]) != sorted(categories):
            report.add(f"{at}/series/{index}/data", "must have exactly one point for each category")


_BY_CATEGORY = typed(
    {"series": array(_SERIES, least=1, most=12), "axis_config": _AXIS},
    None,
    _point_per_category,
)
_CHART = by_type(
    {
        "pie": typed({"segments": array(_POINT, least=1, most=12)}, None, _positive_segments),
        "bar": _BY_CATEGORY,
        "line": _BY_CATEGORY,
        "area": _BY_CATEGORY,
    },
)


def _count_chart(_block: dict[str, Any], _at: str, report: Report) -> None:
    report.totals["data_visualization"] += 1


CHARTS: dict[str, Check] = {
    "data_visualization": block({"title": string(50, least=1), "chart": _CHART}, None, _count_chart),
}
