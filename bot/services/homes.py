"""What a person's home tab shows: what waits for them, what else is theirs, and the workspace's projects."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.waiting import why_waiting
from bot.services.asking import Asker
from bot.services.reading import ListedProject, ProjectList, read_list, read_mine
from bot.services.rights import may_create
from storage import homes
from storage.database import Tx
from storage.own_outcomes import list_own_outcomes
from storage.records import OwnOutcome, Project, ProjectState
from storage.revisions import Changes
from storage.schedules import list_stopped

MOST_OUTCOMES = 200
MOST_PROJECTS = 60
"""Of one person's, in a home; where there are more, it says so."""

LOOKED_AT = timedelta(days=30)
"""A home that its person has not opened for so long is made anew only when it is opened."""


@dataclass(frozen=True, slots=True)
class HomeRecord:
    """`waiting` and `others` are the person's open outcomes, in the order in which they are shown.

    `has_more_outcomes`, `has_more_projects`: there are more of theirs than are read. `workspace` is one page.
    `may_create`: whether they may make projects; known of somebody who has none yet. `stopped`: of their
    projects those whose check-ins have stopped, each with Slack's word for why.
    """

    waiting: tuple[OwnOutcome, ...]
    others: tuple[OwnOutcome, ...]
    has_more_outcomes: bool
    projects: tuple[ListedProject, ...]
    has_more_projects: bool
    workspace: ProjectList
    may_create: bool = True
    stopped: tuple[tuple[Project, str], ...] = ()

    @property
    def is_new(self) -> bool:
        """Nothing is theirs yet."""
        return not (self.waiting or self.others or self.projects)

    @property
    def project_ids(self) -> frozenset[int]:
        """The projects that it shows something of."""
        outcomes = {each.project.id for each in (*self.waiting, *self.others)}
        listed = {row.project.id for row in (*self.projects, *self.workspace.rows)}
        return frozenset(outcomes | listed)


def read_home(tx: Tx, asker: Asker, page: int, now: datetime) -> HomeRecord:
    """`page` of the workspace's projects, the last one if there are no longer so many.

    Seven statements at most, nine if the page is past the end; however many projects there are.
    """
    own = list_own_outcomes(tx, asker.workspace_id, asker.own_sight, limit=MOST_OUTCOMES + 1)
    outcomes = own[:MOST_OUTCOMES]
    reasons = {each.outcome.id: _why(each, now) for each in outcomes}
    waiting = [each for each in outcomes if reasons[each.outcome.id] is not None]
    mine = read_mine(tx, asker, MOST_PROJECTS + 1)
    listed = read_list(tx, asker, "", page, now)
    if page and not listed.rows:
        listed = read_list(tx, asker, "", listed.pages - 1, now)
    record = HomeRecord(
        waiting=tuple(sorted(waiting, key=lambda each: (reasons[each.outcome.id], *_by_age(each)))),
        others=tuple(
            sorted(
                (each for each in outcomes if reasons[each.outcome.id] is None),
                key=lambda each: (each.project.name.casefold(), each.project.id, each.outcome.number),
            )
        ),
        has_more_outcomes=len(own) > MOST_OUTCOMES,
        projects=mine[:MOST_PROJECTS],
        has_more_projects=len(mine) > MOST_PROJECTS,
        workspace=listed,
    )
    if record.is_new:
        return replace(record, may_create=may_create(tx, asker))
    why = list_stopped(tx, asker.workspace_id, [each.project.id for each in record.projects])
    stopped = tuple((row.project, why[row.project.id]) for row in record.projects if row.project.id in why)
    return replace(record, stopped=stopped)


def list_people_to_look_at(tx: Tx, workspace_id: str, changes: Changes, now: datetime) -> tuple[str, ...]:
    """Whose home may read otherwise after these changes."""
    since = now - LOOKED_AT
    if changes.reaches_lists:
        return homes.list_people_with_homes(tx, workspace_id, since)
    return homes.list_watchers(tx, workspace_id, changes.project_ids, since)


def _why(own: OwnOutcome, now: datetime) -> int | None:
    if own.project_state is not ProjectState.ACTIVE:
        # Nobody is asked about a project that rests.
        return None
    outcome = own.outcome
    return why_waiting(outcome, now)


def _by_age(own: OwnOutcome) -> tuple[float, int]:
    """The one that nobody has looked at for longest comes first."""
    vouched_at = own.outcome.vouched_at
    return (vouched_at.timestamp() if vouched_at else 0.0, own.outcome.id)
