"""What charts say, and what is said of them. See `bot.texts`."""

from collections.abc import Callable
from typing import assert_never

from bot.domain.chart import number_in_words
from bot.domain.courses import Course
from bot.domain.freshness import Freshness
from bot.errors_charts import AnyChartError, NoMetricError, NothingToChartError, NoValueError
from storage.records import OutcomeStatus

STATUSES = "Outcomes by status, at the end of each week"
FRESHNESS = "How fresh open outcomes are, by project"
WEEK_TO, PROJECT, DAY = "Week to", "Project", "Day"
NO_STATUSES = "No outcome was on the record at the end of any of the last weeks."
NOW, TODAY = "now", "today"
MEASURED, STRAIGHT_LINE, TARGET = "Measured", "Straight line", "Target"
STATUS_NAME: dict[OutcomeStatus | None, tuple[str, str]] = {
    OutcomeStatus.ON_TRACK: ("🟢", "On track"),
    OutcomeStatus.AT_RISK: ("🟡", "At risk"),
    OutcomeStatus.OFF_TRACK: ("🔴", "Off track"),
    OutcomeStatus.DONE: ("✅", "Done"),
    OutcomeStatus.DROPPED: ("⚪", "Dropped"),
    None: ("⬜", "No status yet"),
}
FRESHNESS_NAME = {
    Freshness.FRESH: ("🌿", "Fresh"),
    Freshness.DUE: ("⏳", "Due"),
    Freshness.STALE: ("🍂", "Stale"),
    Freshness.NEVER: ("⬜", "Never checked"),
}
BUTTON = "Chart"
_EVEN = 0.005
"""Of the way to the target: nearer to the line than that is on it."""


def course_title(number: int) -> str:
    return f"Outcome {number}: the way to its target"


def and_more_projects(count: int) -> str:
    return f"{count} more project{'s' if count != 1 else ''} not shown here."


def how_it_goes(course: Course) -> str:
    """Where the metric stands, beside where the line is today."""
    metric = course.metric
    unit = f" {metric.unit}".rstrip()
    now, target = number_in_words(course.newest.value), number_in_words(metric.target)
    said = f"{now} of {target}{unit}"
    if not course.is_line:
        return f"{said}. It has no day by which to be there, so there is no line to it."
    if abs(course.ahead) <= _EVEN * abs(metric.target - metric.start):
        return f"{said}, just on the straight line to the target."
    by = number_in_words(round(abs(course.ahead), 1))
    where = "ahead of" if course.ahead > 0 else "behind"
    return f"{said}, {by}{unit} {where} the straight line to the target."


def asked_for(person_id: str, line: str) -> str:
    return f"Asked for by <@{person_id}> with `{line}`; nobody gets it unasked."


def on_its_way(place: str, asked_in: str | None, *, is_new: bool) -> str:
    """`place`: the channel that it will be in, or the person."""
    if not is_new:
        return "📈 That chart was asked for less than a minute ago, and one is enough."
    if place == asked_in:
        return "📈 The chart is on its way to this channel, or to you alone if Waymark cannot write here."
    return "📈 The chart is on its way to you alone, in your direct messages with Waymark."


def sentence(error: AnyChartError, show: Callable[[str], str]) -> str:
    """What went wrong and what would be right. `show` escapes what was typed."""
    slug = show(error.slug)
    match error:
        case NothingToChartError():
            return (
                f"🔎 `{slug}` has no outcomes yet, so there is nothing to draw. "
                f"`/project outcome add {slug} TEXT` adds the first."
            )
        case NoMetricError():
            return (
                f"🔎 Outcome {error.number} of `{slug}` is not measured, so it has no course to draw. "
                f"`/project metric {slug} {error.number} 0 52 weeks` says from where to where it goes; "
                f"`/project chart {slug}` draws how all outcomes stand."
            )
        case NoValueError():
            return (
                f"🔎 Nobody has said yet how far outcome {error.number} of `{slug}` is. "
                f"`/project update {slug} {error.number} 12` says it is at 12, and the chart begins."
            )
        case _ as unreachable:
            assert_never(unreachable)
