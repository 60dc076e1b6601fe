"""The public projects of a workspace, read as everybody sees them. See `public_records`.

The number of statements does not grow with projects, outcomes or updates.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from bot.domain.courses import course_of
from bot.domain.days import zone_of
from bot.domain.freshness import freshness_of, is_faded, worst_freshness, worst_is_faded, worst_status
from bot.domain.public_order import Place, in_order
from bot.domain.public_words import is_public_link, public_words
from bot.domain.status_weeks import WeekOfStatuses, count_statuses, week_ends
from bot.services.public_ids import urn
from bot.services.public_records import PublicLink, PublicList, PublicOutcome, PublicProject, Ref
from bot.services.public_telling import updates_of
from storage import public_projects as stored
from storage import public_told
from storage.database import Tx
from storage.people import NO_ZONE
from storage.public_pages import PublicPage
from storage.public_projects import Placed
from storage.records import Outcome, Project, ProjectState
from storage.said import OnRecord, StatusSaid
from storage.settings import get_settings

ON_A_PAGE = 200
_UPDATES = 25
_COMPLETED = ProjectState.COMPLETED


@dataclass(frozen=True, slots=True)
class _Look:
    """Which page, when, and where the workspace is; `placed` are all public projects."""

    page: PublicPage
    now: datetime
    zone: tzinfo
    placed: Mapping[int, Placed]

    def words(self, markdown: str) -> str:
        return public_words(markdown, with_names=self.page.with_names)

    def ref(self, project_id: int) -> Ref:
        found = self.placed[project_id]
        return Ref(found.slug, self.words(found.name))


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of several projects, by their ids."""

    projects: Mapping[int, Project]
    outcomes: Mapping[int, tuple[Outcome, ...]]
    values: Mapping[int, float]
    next_at: Mapping[int, datetime | None]
    names: Mapping[str, str]
    on_record: Mapping[int, tuple[OnRecord, ...]]
    said: Mapping[int, tuple[StatusSaid, ...]]


def read_public_list(tx: Tx, page: PublicPage, number: int, now: datetime) -> PublicList | None:
    """The page of this number, from 1; None where there is none. The first is there, if empty."""
    zone_name = get_settings(tx, page.workspace_id).zone or NO_ZONE
    # What is completed stands behind what goes on, wherever it is a part.
    placed = sorted(stored.list_placed(tx, page.workspace_id), key=lambda each: each.state is _COMPLETED)
    pages = max(-(-len(placed) // ON_A_PAGE), 1)
    if not 1 <= number <= pages:
        return None
    look = _Look(page, now, zone_of(zone_name), {each.id: each for each in placed})
    places = in_order(placed)[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    read = _read(tx, look, [place.id for place in places])
    found = tuple(_public(look, read, place) for place in places if place.id in read.projects)
    fresh = (each.freshness for project in found for each in project.outcomes)
    return PublicList(
        title=look.words(page.title),
        zone=zone_name,
        with_names=page.with_names,
        with_notes=page.with_notes,
        projects=found,
        page=number,
        pages=pages,
        total=len(placed),
        weeks=_weeks(look, read, *read.projects),
        freshness=Counter(each for each in fresh if each is not None),
    )


def read_public_project(tx: Tx, page: PublicPage, name: str, now: datetime) -> PublicProject | None:
    """The one that is called so, with all that is public of it; None where there is none that is public."""
    project = stored.find_public(tx, page.workspace_id, name)
    if project is None:
        return None
    zone = zone_of(get_settings(tx, page.workspace_id).zone or NO_ZONE)
    placed = stored.list_placed(tx, page.workspace_id)
    look = _Look(page, now, zone, {each.id: each for each in placed})
    read = _read(tx, look, [project.id])
    if project.id not in read.projects or project.id not in look.placed:
        # It was made private since it was found.
        return None
    found = _with_courses(tx, look, read, project.id)
    told = public_told.list_updates_told(tx, page.workspace_id, _UPDATES, project.id)
    return replace(
        found,
        children=tuple(look.ref(each.id) for each in placed if each.parent_id == project.id),
        people=_people(tx, look, project, read.names),
        links=_links(tx, look, project.id),
        updates=updates_of(tx, page, told),
    )


def _read(tx: Tx, look: _Look, ids: Sequence[int]) -> _Read:
    """Eight statements at most, however many there are."""
    where = tx, look.page.workspace_id
    projects = stored.list_public(*where, ids)
    outcomes = stored.list_public_outcomes(*where, projects)
    scheduled = public_told.list_public_schedules(*where, len(projects), list(projects)) if projects else ()
    names: dict[str, str] = {}
    if look.page.with_names:
        owners = {each.owner_id for each in projects.values()}
        owners |= {each.owner_id for mine in outcomes.values() for each in mine}
        names = public_told.list_names_of(*where, {id_ for id_ in owners if id_})
    return _Read(
        projects,
        outcomes,
        stored.list_newest_values(*where, projects),
        {project.id: schedule.next_at for project, schedule in scheduled},
        names,
        stored.list_on_record_of(*where, projects),
        stored.list_statuses_of(*where, projects, week_ends(look.zone, look.now)[0][1]),
    )


def _public(look: _Look, read: _Read, place: Place) -> PublicProject:
    project, outcomes = read.projects[place.id], read.outcomes[place.id]
    vouched = [each.vouched_at for each in outcomes if each.is_open and each.vouched_at is not None]
    owner, above = read.names.get(project.owner_id or "", ""), project.parent_id
    return PublicProject(
        id=urn(look.page, "project", project.id),
        ref=look.ref(project.id),
        depth=place.depth,
        summary=look.words(project.summary),
        goal=look.words(project.goal),
        state=project.state,
        status=project.own_status or worst_status(outcomes),
        is_faded=project.own_status is None and worst_is_faded(outcomes, look.now),
        freshness=worst_freshness(outcomes, look.now),
        vouched_on=max(vouched).astimezone(look.zone).date() if vouched else None,
        next_check_in_at=read.next_at.get(project.id),
        outcomes=tuple(_outcome(look, read, each) for each in outcomes),
        weeks=_weeks(look, read, project.id),
        parent=look.ref(above) if above is not None and above in look.placed else None,
        owner=owner,
    )


def _outcome(look: _Look, read: _Read, outcome: Outcome) -> PublicOutcome:
    newest, today = outcome.newest, look.now.astimezone(look.zone).date()
    vouched_at = outcome.vouched_at
    return PublicOutcome(
        number=outcome.number,
        level=outcome.level,
        text=look.words(outcome.text),
        status=outcome.status,
        is_faded=is_faded(outcome, look.now),
        said_on=None if newest is None else newest.said_at.astimezone(look.zone).date(),
        freshness=freshness_of(outcome, look.now) if outcome.is_open else None,
        vouched_on=None if vouched_at is None else vouched_at.astimezone(look.zone).date(),
        due_on=outcome.due_on,
        is_overdue=outcome.is_open and outcome.due_on is not None and outcome.due_on < today,
        metric=outcome.metric,
        value=read.values.get(outcome.id) if outcome.metric else None,
        owner=read.names.get(outcome.owner_id or "", ""),
        note=look.words(newest.note) if newest is not None and look.page.with_notes else "",
    )


def _weeks(look: _Look, read: _Read, *project_ids: int) -> tuple[WeekOfStatuses, ...]:
    on_record = [each for id_ in project_ids for each in read.on_record[id_]]
    said = [each for id_ in project_ids for each in read.said[id_]]
    return count_statuses(on_record, said, week_ends(look.zone, look.now))


def _with_courses(tx: Tx, look: _Look, read: _Read, project_id: int) -> PublicProject:
    """With the courses of those of its outcomes that are measured, and of which somebody has said a value."""
    found = _public(look, read, Place(project_id, 0))
    stored_ones = read.outcomes[project_id]
    if not any(each.metric for each in stored_ones):
        return found
    values = stored.list_values_of(tx, look.page.workspace_id, project_id)
    since = {each.outcome_id: each.since for each in read.on_record[project_id]}
    outcomes = [
        replace(
            shown,
            course=course_of(
                each.metric,
                values[each.id],
                since=since.get(each.id, look.now),
                due_on=each.due_on,
                zone=look.zone,
                now=look.now,
            ),
        )
        if each.metric is not None and values.get(each.id)
        else shown
        for each, shown in zip(stored_ones, found.outcomes, strict=True)
    ]
    return replace(found, outcomes=tuple(outcomes))


def _people(tx: Tx, look: _Look, project: Project, names: Mapping[str, str]) -> tuple[str, ...]:
    """The owner and the team, each once."""
    if not look.page.with_names:
        return ()
    members = public_told.list_members_of(tx, look.page.workspace_id, project.id)
    known = public_told.list_names_of(
        tx, look.page.workspace_id, {each.user_id for each in members if each.user_id}
    )
    team = [known.get(each.user_id, "") if each.user_id else each.name for each in members]
    return tuple(dict.fromkeys(each for each in (names.get(project.owner_id or "", ""), *team) if each))


def _links(tx: Tx, look: _Look, project_id: int) -> tuple[PublicLink, ...]:
    found = public_told.list_links_of(tx, look.page.workspace_id, project_id)
    return tuple(
        PublicLink(look.words(each.label), each.url, look.words(each.lead))
        for each in found
        if is_public_link(each)
    )
