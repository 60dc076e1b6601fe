"""What charts show: read from the records, and asked for by people as a message of its own.

The number of statements does not grow with projects or outcomes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Self

from bot.domain.courses import Course, course_of
from bot.domain.days import zone_of
from bot.domain.freshness import Freshness
from bot.domain.freshness_counts import count_freshness
from bot.domain.status_weeks import (
    WeekOfStatuses,
    count_statuses,
    week_ends,
)
from bot.errors_charts import NoMetricError, NothingToChartError, NoValueError
from bot.services.asking import ONCE_IN, Asker
from bot.services.rights import may_be_told
from storage import charting
from storage.database import Tx
from storage.deliveries import promise_delivery
from storage.outcomes import list_outcomes, list_standings_of
from storage.people import NO_ZONE
from storage.projects import find_project
from storage.records import Outcome, Project, ProjectName
from storage.settings import get_settings
from storage.sight import Sight

MOST_PROJECTS = 1_000
CHART = "chart"
"""The kind of deliveries that show a chart which somebody has asked for."""


class Wish(NamedTuple):
    """A chart that somebody has asked for: what the key of its delivery says. `outcome_id`: of its metric."""

    project_id: int
    outcome_id: int | None
    person_id: str
    place: str
    minute: int

    @property
    def key(self) -> str:
        return ":".join((CHART, *(str(part or 0) for part in self)))

    @classmethod
    def of(cls, key: str) -> Self:
        _, project_id, outcome_id, person_id, place, minute = key.split(":")
        return cls(int(project_id), int(outcome_id) or None, person_id, place, int(minute))


@dataclass(frozen=True, slots=True)
class Promised:
    """`place`: the channel that it will be in, or the person. `is_new`: it was not asked for just now."""

    place: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class FreshnessOf:
    """Of one project: how many of its open outcomes are how fresh."""

    project: Project | ProjectName
    counts: Mapping[Freshness, int]


@dataclass(frozen=True, slots=True)
class ProjectCharts:
    """What the chart of a project shows; `freshness` of it and of the sub-projects that may be told of."""

    project: Project
    weeks: tuple[WeekOfStatuses, ...]
    freshness: tuple[FreshnessOf, ...]


@dataclass(frozen=True, slots=True)
class WorkspaceCharts:
    """What the charts of many projects show."""

    weeks: tuple[WeekOfStatuses, ...]
    freshness: tuple[FreshnessOf, ...]


@dataclass(frozen=True, slots=True)
class OutcomeCourse:
    """What the chart of an outcome shows."""

    project: Project
    outcome: Outcome
    course: Course


def read_weeks(
    tx: Tx, workspace_id: str, project_ids: Sequence[int], now: datetime
) -> tuple[WeekOfStatuses, ...]:
    """How the outcomes of these projects stood at the end of each week. Three statements."""
    zone = zone_of(get_settings(tx, workspace_id).zone or NO_ZONE)
    ends = week_ends(zone, now)
    on_record = charting.list_on_record(tx, workspace_id, project_ids)
    said = charting.list_statuses_said(tx, workspace_id, project_ids, ends[0][1])
    return count_statuses(on_record, said, ends)


def read_freshness(
    tx: Tx, workspace_id: str, projects: Sequence[Project], now: datetime
) -> tuple[FreshnessOf, ...]:
    """Of these projects those that have an open outcome, in their order. One statement."""
    standings = list_standings_of(tx, workspace_id, [project.id for project in projects])
    found = (FreshnessOf(project, count_freshness(standings[project.id], now)) for project in projects)
    return tuple(each for each in found if each.counts)


def read_project_charts(tx: Tx, project: Project, place: str, now: datetime) -> ProjectCharts:
    """As they may be shown in this place: a channel, or with a person. Five statements."""
    children = charting.list_told_children(tx, project.workspace_id, project.id, place)
    return ProjectCharts(
        project,
        read_weeks(tx, project.workspace_id, [project.id], now),
        read_freshness(tx, project.workspace_id, [project, *children], now),
    )


def read_workspace_charts(tx: Tx, workspace_id: str, sight: Sight, now: datetime) -> WorkspaceCharts | None:
    """Of the active projects that `sight` may be told of, the least fresh first. Five statements.

    None of more than MOST_PROJECTS: nobody waits for so many to be read.
    """
    found = charting.list_told_projects(tx, workspace_id, sight, MOST_PROJECTS + 1)
    if len(found) > MOST_PROJECTS:
        return None
    freshness = sorted(read_freshness(tx, workspace_id, found, now), key=worst_first)
    weeks = read_weeks(tx, workspace_id, [project.id for project in found], now)
    return WorkspaceCharts(weeks, tuple(freshness))


def worst_first(each: FreshnessOf) -> tuple[int, ...]:
    """To sort by."""
    worst = (Freshness.NEVER, Freshness.STALE, Freshness.DUE)
    return tuple(-each.counts.get(freshness, 0) for freshness in worst)


def read_course(tx: Tx, project: Project, outcome_id: int, now: datetime) -> OutcomeCourse | None:
    """None for an outcome that has no course: it is off the record, not measured, or nobody has measured it.

    Four statements.
    """
    outcomes = list_outcomes(tx, project.workspace_id, project.id)
    outcome = next((each for each in outcomes if each.id == outcome_id), None)
    if outcome is None or outcome.metric is None:
        return None
    values = charting.list_values_said(tx, project.workspace_id, outcome_id)
    if not values:
        return None
    on_record = charting.list_on_record(tx, project.workspace_id, [project.id])
    since = next(each.since for each in on_record if each.outcome_id == outcome_id)
    zone = zone_of(get_settings(tx, project.workspace_id).zone or NO_ZONE)
    return OutcomeCourse(
        project,
        outcome,
        course_of(outcome.metric, values, since=since, due_on=outcome.due_on, zone=zone, now=now),
    )


def ask_for_chart(tx: Tx, asker: Asker, project: Project, outcome: Outcome | None, now: datetime) -> Promised:
    """It will be posted where it was asked for, if the project may be told there; else with the person alone.

    Raises NothingToChartError, NoMetricError, NoValueError.
    """
    if outcome is None:
        if not charting.list_on_record(tx, asker.workspace_id, [project.id]):
            raise NothingToChartError(project.slug)
    elif outcome.metric is None:
        raise NoMetricError(project.slug, outcome.number)
    elif not charting.list_values_said(tx, asker.workspace_id, outcome.id):
        raise NoValueError(project.slug, outcome.number)
    place = _place_for(tx, asker, project)
    minute = int(now.timestamp() // ONCE_IN.total_seconds())
    wish = Wish(project.id, None if outcome is None else outcome.id, asker.person_id, place, minute)
    return Promised(place, _promise(tx, asker.workspace_id, wish, now))


def send_to_person(tx: Tx, workspace_id: str, key: str, now: datetime) -> None:
    """Where it was asked for, the bot cannot write: whoever asked gets it alone."""
    wish = Wish.of(key)
    project = find_project(tx, workspace_id, wish.project_id)
    if project is not None and wish.place != wish.person_id and may_be_told(tx, project, wish.person_id):
        _promise(tx, workspace_id, wish._replace(place=wish.person_id), now)


def _place_for(tx: Tx, asker: Asker, project: Project) -> str:
    channel_id = asker.channel_id or ""
    # Of direct messages the bot can write into its own alone, which it does by the person.
    is_channel = channel_id.startswith(("C", "G"))
    return channel_id if is_channel and may_be_told(tx, project, channel_id) else asker.person_id


def _promise(tx: Tx, workspace_id: str, wish: Wish, now: datetime) -> bool:
    return promise_delivery(
        tx, workspace_id, wish.key, CHART, channel_id=wish.place, now=now, project_id=wish.project_id
    )
