"""Answers to questions: records and lists of them. Nothing is changed here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.services.asking import Asker
from bot.services.show_charts import ShownCharts, read_parts_and_charts
from storage import history, outcomes, project_lists, project_parts, projects
from storage.database import Tx
from storage.history_records import Change
from storage.project_lists import ProjectFilter
from storage.records import Outcome, Project, ProjectParts, ProjectState, Standing
from storage.search import search_projects
from storage.sight import EVERYTHING

PAGE_SIZE = 10
"""Projects on a page of a list."""

LISTS = ("mine", "stale", "all", "archived")
"""What `list` can be asked for; without one it lists the projects that are active or paused."""


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """All there is to show of a project; `charts` only where they can be drawn."""

    project: Project
    outcomes: tuple[Outcome, ...]
    parts: ProjectParts
    charts: ShownCharts | None = None


@dataclass(frozen=True, slots=True)
class ListedProject:
    project: Project
    outcomes: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class ProjectList:
    """One page of a list. `total` is exact up to COUNT_LIMIT; `is_partial`: not all was looked through."""

    rows: tuple[ListedProject, ...]
    page: int
    total: int
    is_partial: bool = False

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """One page of a history.

    What the entries name by id: `numbers` of outcomes as they are now, texts of those that are `removed`, and
    names of `parents`.
    """

    rows: tuple[Change, ...]
    page: int
    total: int
    numbers: Mapping[int, int]
    removed: Mapping[int, str]
    parents: Mapping[int, str]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


def read_record(tx: Tx, asker: Asker, project: Project) -> ProjectRecord:
    """Two statements, whatever the size of the record."""
    return ProjectRecord(
        project,
        outcomes.list_outcomes(tx, project.workspace_id, project.id),
        project_parts.get_parts(tx, project.workspace_id, asker.sight, project.id),
    )


def read_shown_record(tx: Tx, asker: Asker, project: Project, now: datetime) -> ProjectRecord:
    """With how its outcomes went, where Slack draws charts; of what is archived, without. Two statements."""
    if project.state is ProjectState.ARCHIVED:
        return read_record(tx, asker, project)
    found = outcomes.list_outcomes(tx, project.workspace_id, project.id)
    return ProjectRecord(project, found, *read_parts_and_charts(tx, asker, project, found, now))


def read_whole_record(tx: Tx, project: Project) -> ProjectRecord:
    """With the relatives that not everybody sees: for what no person reads."""
    return ProjectRecord(
        project,
        outcomes.list_outcomes(tx, project.workspace_id, project.id),
        project_parts.get_parts(tx, project.workspace_id, EVERYTHING, project.id),
    )


def read_outcomes(tx: Tx, project: Project) -> tuple[Outcome, ...]:
    return outcomes.list_outcomes(tx, project.workspace_id, project.id)


def read_parts(tx: Tx, asker: Asker, project: Project) -> ProjectParts:
    return project_parts.get_parts(tx, project.workspace_id, asker.sight, project.id)


def read_list(
    tx: Tx, asker: Asker, which: str, page: int, now: datetime, *, of_person: str | None = None
) -> ProjectList:
    """One of LISTS, or "" for the projects that are active or paused; `page` counts from 0.

    `of_person`: whose "mine" are, if not the asker's own; of these, those that the asker sees.
    """
    wanted = _filter(of_person or asker.person_id, which, now)
    where = tx, asker.workspace_id, asker.sight, wanted
    total = project_lists.count_projects(*where)
    found = project_lists.list_projects(*where, limit=PAGE_SIZE, offset=page * PAGE_SIZE, total=total)
    return ProjectList(_with_outcomes(tx, asker.workspace_id, found), page, total)


def read_mine(tx: Tx, asker: Asker, limit: int) -> tuple[ListedProject, ...]:
    """The person's projects that are going on, by name, at most so many."""
    found = project_lists.list_projects(
        tx, asker.workspace_id, asker.sight, ProjectFilter(person_id=asker.person_id), limit=limit
    )
    return _with_outcomes(tx, asker.workspace_id, found)


def count_list(tx: Tx, asker: Asker, which: str, now: datetime) -> int:
    return project_lists.count_projects(
        tx, asker.workspace_id, asker.sight, _filter(asker.person_id, which, now)
    )


def read_search(tx: Tx, asker: Asker, words: str, page: int) -> ProjectList:
    """Projects with all of the words in their texts; `page` counts from 0."""
    found = search_projects(
        tx, asker.workspace_id, asker.sight, words, limit=PAGE_SIZE, offset=page * PAGE_SIZE
    )
    rows = _with_outcomes(tx, asker.workspace_id, found.projects)
    return ProjectList(rows, page, found.total, is_partial=found.is_partial)


def read_history(tx: Tx, asker: Asker, project: Project, outcome_id: int | None, page: int) -> HistoryPage:
    """The changes of a project, or of one of its outcomes, newest first; the last page if there are fewer."""
    where = tx, project.workspace_id, project.id
    seen = tx, project.workspace_id, asker.sight, project.id
    total = history.count_changes(*seen, outcome_id=outcome_id)
    page = min(page, max(0, -(-total // PAGE_SIZE) - 1))
    rows = history.list_changes(*seen, outcome_id=outcome_id, limit=PAGE_SIZE, offset=page * PAGE_SIZE)
    parent_ids = {value for row in rows if row.field == "parent_id" for value in (row.before, row.after)}
    known = [value for value in parent_ids if isinstance(value, int)]
    return HistoryPage(
        rows,
        page,
        total,
        numbers={outcome.id: outcome.number for outcome in outcomes.list_outcomes(*where)},
        removed=outcomes.list_removed(*where),
        parents={each.id: each.name for each in projects.list_project_names(*seen[:3], known)},
    )


def _filter(person_id: str, which: str, now: datetime) -> ProjectFilter:
    match which:
        case "mine":
            return ProjectFilter(person_id=person_id)
        case "stale":
            return ProjectFilter(stale_at=now)
        case "all":
            return ProjectFilter(states=tuple(ProjectState))
        case "archived":
            return ProjectFilter(states=(ProjectState.ARCHIVED,))
        case _:
            return ProjectFilter()


def _with_outcomes(tx: Tx, workspace_id: str, found: tuple[Project, ...]) -> tuple[ListedProject, ...]:
    by_project = outcomes.list_standings_of(tx, workspace_id, [project.id for project in found])
    return tuple(ListedProject(project, by_project[project.id]) for project in found)
