"""What everybody may read of a workspace's projects: the page, its JSON and its preview show these values.

Texts are inline Markdown that has been through `public_words`. No value has an id of Slack's or of a row's in
it, nor anything of a project that is not public.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from bot.domain.courses import Course
from bot.domain.freshness import Freshness
from bot.domain.status_weeks import WeekOfStatuses
from storage.records import Metric, OutcomeStatus, ProjectState


@dataclass(frozen=True, slots=True)
class Ref:
    """Another project, to be named and linked."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class PublicOutcome:
    """`freshness` is None for one that is done or dropped. `said_on`: the day of the newest update.

    `is_faded`: its status is too old to be taken for what holds now. `owner` and `note` are "" where they are
    not shown, or where there is none.
    """

    number: int
    level: int
    text: str
    status: OutcomeStatus | None
    is_faded: bool
    said_on: date | None
    freshness: Freshness | None
    vouched_on: date | None
    due_on: date | None
    is_overdue: bool
    metric: Metric | None
    value: float | None
    owner: str
    note: str
    course: Course | None = None


@dataclass(frozen=True, slots=True)
class PublicUpdate:
    """`id` is a URN, the same for ever. `by` and `note` are "" where they are not shown."""

    id: str
    project: Ref
    outcome: str
    status: OutcomeStatus | None
    value: float | None
    unit: str
    note: str
    by: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class PublicLink:
    label: str
    url: str
    lead: str


@dataclass(frozen=True, slots=True)
class PublicProject:
    """`freshness` is that of the worst open outcome, None where none is open; `status` that of the whole.

    `id` is a URN. `owner` is "" where people are not named. `people` (the owner first), `updates`, `links`,
    `children` and courses are those of a project's own page alone. `vouched_on`: when somebody last vouched
    for any of its open outcomes.
    """

    id: str
    ref: Ref
    depth: int
    summary: str
    goal: str
    state: ProjectState
    status: OutcomeStatus | None
    is_faded: bool
    freshness: Freshness | None
    vouched_on: date | None
    next_check_in_at: datetime | None
    outcomes: tuple[PublicOutcome, ...]
    weeks: tuple[WeekOfStatuses, ...]
    owner: str = ""
    parent: Ref | None = None
    children: tuple[Ref, ...] = ()
    people: tuple[str, ...] = ()
    links: tuple[PublicLink, ...] = ()
    updates: tuple[PublicUpdate, ...] = ()

    @property
    def open(self) -> int:
        """How many of its outcomes are."""
        return sum(each.freshness is not None for each in self.outcomes)

    @property
    def as_fresh(self) -> int:
        """How many of those are no fresher than the project."""
        return sum(each.freshness is not None and each.freshness == self.freshness for each in self.outcomes)

    @property
    def says_status(self) -> bool:
        """Whether there is anything to say of how the whole stands."""
        return self.status is not None or (self.open > 0 and self.state is not ProjectState.COMPLETED)


@dataclass(frozen=True, slots=True)
class PublicList:
    """One page of all of them, in the order in which they stand. `page` counts from 1."""

    title: str
    zone: str
    with_names: bool
    with_notes: bool
    projects: tuple[PublicProject, ...]
    page: int
    pages: int
    total: int
    weeks: tuple[WeekOfStatuses, ...]
    freshness: Mapping[Freshness, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PublicUpdates:
    """For the feed, the newest first."""

    id: str
    title: str
    updates: tuple[PublicUpdate, ...]
    since: datetime
    """When the page was last set: a feed without entries has a time, too."""


@dataclass(frozen=True, slots=True)
class PublicDay:
    """A day by which an outcome is to be reached (`on`), or a check-in (`at`). `id` is its UID."""

    id: str
    project: Ref
    outcome: str = ""
    on: date | None = None
    at: datetime | None = None


class Beside(NamedTuple):
    """How much there is in the feed, and in the calendar: days to reach something by, and check-ins."""

    updates: int
    due: int
    check_ins: int


@dataclass(frozen=True, slots=True)
class PublicDays:
    title: str
    days: tuple[PublicDay, ...]
    since: datetime
