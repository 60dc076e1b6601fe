"""Charts of records, and the message in which somebody gets those that they have asked for."""

from collections.abc import Sequence
from datetime import date

from bot import texts_charts
from bot.domain.chart import MOST_CATEGORIES, Chart, ChartKind, Look, Series, distinct
from bot.domain.courses import Course
from bot.domain.freshness import Freshness
from bot.domain.status_weeks import WeekOfStatuses
from bot.services.charting import FreshnessOf, OutcomeCourse, ProjectCharts, WorkspaceCharts
from bot.slack.effects import Message
from bot.slack.mrkdwn import escape, mrkdwn
from bot.slack.views.layout import Part, chart, context, header, message, section, shorten
from bot.slack.views.lists import name_of
from storage.records import OutcomeStatus, Project

_LOOKS: dict[OutcomeStatus | None, Look] = {
    OutcomeStatus.ON_TRACK: Look.GOOD,
    OutcomeStatus.AT_RISK: Look.CAREFUL,
    OutcomeStatus.OFF_TRACK: Look.BAD,
    OutcomeStatus.DONE: Look.FINISHED,
    OutcomeStatus.DROPPED: Look.LEFT,
    None: Look.UNKNOWN,
}
_FRESH_LOOKS = {
    Freshness.FRESH: Look.GOOD,
    Freshness.DUE: Look.CAREFUL,
    Freshness.STALE: Look.BAD,
    Freshness.NEVER: Look.UNKNOWN,
}
_FEW = 8
"""Projects in a chart that is not what its message is about."""
_LABEL = 20
"""Characters of a category in Slack's own charts."""
_PROJECT = 40
_HEADING = 150
_A_YEAR = 300
"""Days from which on a day without its year could be two."""


def statuses_chart(weeks: Sequence[WeekOfStatuses]) -> Chart:
    """Outcomes by status, week by week; a status that none ever had is left out."""
    found = []
    for status, look in _LOOKS.items():
        values = tuple(float(week.counts.get(status, 0)) for week in weeks)
        if any(values):
            mark, name = texts_charts.STATUS_NAME[status]
            found.append(Series(name, look, values, mark))
    labels = [texts_charts.NOW if week.last_day is None else _day(week.last_day) for week in weeks]
    return Chart(
        ChartKind.COUNTS,
        texts_charts.STATUSES,
        texts_charts.WEEK_TO,
        distinct(labels, _LABEL),
        tuple(found),
    )


def statuses_parts(weeks: Sequence[WeekOfStatuses]) -> list[Part]:
    """The chart, or that there is nothing to draw."""
    drawn = statuses_chart(weeks)
    return chart(drawn) if drawn.series else section(texts_charts.NO_STATUSES)


def freshness_chart(found: Sequence[FreshnessOf], most: int = MOST_CATEGORIES) -> Chart:
    """The first `most` projects."""
    shown = found[:most]
    series = []
    for each, look in _FRESH_LOOKS.items():
        mark, name = texts_charts.FRESHNESS_NAME[each]
        values = tuple(float(project.counts.get(each, 0)) for project in shown)
        if any(values):
            series.append(Series(name, look, values, mark))
    return Chart(
        ChartKind.SHARES,
        texts_charts.FRESHNESS,
        texts_charts.PROJECT,
        distinct((name_of(each.project) for each in shown), _PROJECT),
        tuple(series),
    )


def freshness_parts(
    found: Sequence[FreshnessOf], most: int = MOST_CATEGORIES, *, is_drawn: bool = False
) -> list[Part]:
    """The chart, and how many projects it leaves out; nothing where no project has an open outcome."""
    if not found:
        return []
    more = len(found) - most
    return [
        *chart(freshness_chart(found, most), is_drawn=is_drawn),
        *(context(texts_charts.and_more_projects(more)) if more > 0 else []),
    ]


def workspace_parts(found: WorkspaceCharts | None) -> list[Part]:
    """For a digest, which has little room: nothing where there is nothing to draw."""
    if found is None:
        return []
    weeks = statuses_chart(found.weeks)
    return [*(chart(weeks) if weeks.series else []), *freshness_parts(found.freshness, _FEW)]


def course_chart(number: int, course: Course) -> Chart:
    """A metric's values beside the straight line to its target."""
    days = [point.day for point in course.points]
    with_year = (days[-1] - days[0]).days > _A_YEAR
    newest = max(n for n, point in enumerate(course.points) if point.measured is not None)
    labels = [
        texts_charts.TODAY if n == newest else _day(day, with_year=with_year) for n, day in enumerate(days)
    ]
    line = texts_charts.STRAIGHT_LINE if course.is_line else texts_charts.TARGET
    measured = tuple(point.measured for point in course.points)
    planned = tuple(point.planned for point in course.points)
    return Chart(
        ChartKind.COURSE,
        texts_charts.course_title(number),
        texts_charts.DAY,
        distinct(labels, _LABEL),
        (
            Series(texts_charts.MEASURED, Look.MEASURED, measured),
            Series(line, Look.PLANNED, planned),
        ),
        course.metric.unit,
        tuple(float((day - days[0]).days) for day in days),
    )


def project_charts_message(found: ProjectCharts, person_id: str) -> Message:
    """Outcomes by status, and how fresh they are."""
    parts = [*_top(found.project), *statuses_parts(found.weeks), *freshness_parts(found.freshness)]
    return message([*parts, *_asked_for(person_id, f"/project chart {found.project.slug}")])


def course_message(found: OutcomeCourse, person_id: str) -> Message:
    """An outcome, where it stands, and how it came there."""
    outcome = found.outcome
    line = f"/project chart {found.project.slug} {outcome.number}"
    parts = [
        *_top(found.project),
        *section(f"*{outcome.number}.* {mrkdwn(outcome.text)}"),
        *section(escape(texts_charts.how_it_goes(found.course))),
        *chart(course_chart(outcome.number, found.course)),
        *_asked_for(person_id, line),
    ]
    return message(parts)


def on_its_way_message(said: str) -> Message:
    return message(section(said))


def _top(project: Project) -> list[Part]:
    return header(shorten(name_of(project), _HEADING))


def _asked_for(person_id: str, line: str) -> list[Part]:
    # A backtick would end the code that it stands in.
    return context(texts_charts.asked_for(person_id, escape(line.replace("`", "'"))))


def _day(day: date, *, with_year: bool = False) -> str:
    return f"{day.day} {day:%b %Y}" if with_year else f"{day.day} {day:%b}"
