"""The charts that a record shows by itself, where Slack is known to draw them. One statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.domain.courses import Course, course_of
from bot.domain.days import end_of_day, zone_of
from bot.domain.freshness_counts import count_freshness
from bot.domain.status_weeks import (
    WeekOfStatuses,
    count_statuses,
    earliest_end,
    next_week_at,
    say_something,
    week_ends,
)
from bot.services.asking import Asker
from bot.services.charting import FreshnessOf, worst_first
from storage.database import Tx
from storage.people import NO_ZONE
from storage.project_parts import get_parts_and_said
from storage.records import Outcome, Project, ProjectParts
from storage.said import Said

_FEWEST_VALUES = 2
"""Of which a picture says more than a line does."""


@dataclass(frozen=True, slots=True)
class ShownCharts:
    """What there is to draw; empty, or None, where a picture would say no more than the record's lines.

    `weeks`: how its outcomes stood. `course`: of the metric of its first measured outcome, with its number.
    `freshness`: of it and its sub-projects, the least fresh first. All of it stays so until `until`, if
    nobody changes anything.
    """

    weeks: tuple[WeekOfStatuses, ...]
    course: tuple[int, Course] | None
    freshness: tuple[FreshnessOf, ...]
    until: datetime


def read_parts_and_charts(
    tx: Tx, asker: Asker, project: Project, outcomes: Sequence[Outcome], now: datetime
) -> tuple[ProjectParts, ShownCharts | None]:
    """What belongs to a record besides its outcomes. One statement."""
    parts, said = get_parts_and_said(
        tx, project.workspace_id, asker.sight, project.id, since=earliest_end(now)
    )
    if said is None:
        return parts, None
    zone = zone_of(said.zone or NO_ZONE)
    weeks = count_statuses(said.on_record, said.statuses, week_ends(zone, now))
    course = _course(outcomes, said, zone, now)
    until = next_week_at(zone, now)
    if course is not None:
        # It has today at its end.
        until = min(until, end_of_day(now.astimezone(zone).date(), zone))
    shown = weeks if say_something(weeks) else ()
    return parts, ShownCharts(shown, course, _freshness(project, outcomes, parts, said, now), until)


def _course(
    outcomes: Sequence[Outcome], said: Said, zone: tzinfo, now: datetime
) -> tuple[int, Course] | None:
    outcome = next((each for each in outcomes if each.id == said.measured), None)
    if outcome is None or outcome.metric is None or len(said.values) < _FEWEST_VALUES:
        return None
    since = next(each.since for each in said.on_record if each.outcome_id == outcome.id)
    course = course_of(outcome.metric, said.values, since=since, due_on=outcome.due_on, zone=zone, now=now)
    return outcome.number, course


def _freshness(
    project: Project, outcomes: Sequence[Outcome], parts: ProjectParts, said: Said, now: datetime
) -> tuple[FreshnessOf, ...]:
    """Nothing of a project alone, whose lines say it."""
    children = [
        FreshnessOf(child, count_freshness(said.standings[child.id], now))
        for child in parts.children
        if child.id in said.standings
    ]
    if not children:
        return ()
    own = FreshnessOf(project, count_freshness(outcomes, now))
    return tuple(sorted([own, *children] if own.counts else children, key=worst_first))
