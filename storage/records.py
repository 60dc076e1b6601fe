"""The records: what a workspace keeps, frozen. Instants are aware and in UTC; dates are calendar dates."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

EVERY_DAYS = 7
"""From one check-in to the next, of a project that is not asked."""
DUE_AFTER_DAYS = 7
STALE_AFTER_DAYS = 21
"""Days beyond a project's cadence without anybody's word, where nobody has said others."""


class ProjectState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ARCHIVED = "archived"


class OutcomeStatus(StrEnum):
    """What an outcome's newest update says of it. An outcome without one has no status yet."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_open(self) -> bool:
        return self not in {OutcomeStatus.DONE, OutcomeStatus.DROPPED}


class UpdateSource(StrEnum):
    """Through what a status update came."""

    COMMAND = "command"
    BUTTON = "button"
    MODAL = "modal"
    REPLY = "reply"
    SHORTCUT = "shortcut"
    PAGE = "page"
    EDIT = "edit"
    """By hand, on a page that says how outcomes stand. `PAGE` is what an import notes of a page."""

    @property
    def vouches(self) -> bool:
        """Whether somebody said it: what an import notes of a page is nobody's word."""
        return self is not UpdateSource.PAGE


class Record(BaseModel):
    """The base of all records: frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Workspace(Record):
    id: str
    name: str


class Thresholds(Record):
    """Days beyond the cadence: an outcome of which nobody has said anything is due then, or stale."""

    due_after_days: Annotated[int, Field(ge=0)]
    stale_after_days: Annotated[int, Field(ge=1)]


class Project(Record):
    """A project without its parts. `goal` and `summary` are inline Markdown; "" when there is none.

    `own_status`: what its owner says of the whole. `goal_confirmed_at`: when somebody last said that the goal
    holds. `thresholds`: None where the workspace's hold.

    `revision` grows with every change of the project or of its parts; see storage/revisions.py.
    `is_restricted`: its team alone changes it. `seen_in`: the channel that decides who sees it (see
    storage/sight.py), whose members alone do so when `is_private`.
    """

    id: int
    workspace_id: str
    slug: str
    name: str
    summary: str
    goal: str
    state: ProjectState
    owner_id: str | None
    channel_id: str | None
    parent_id: int | None
    created_at: AwareDatetime
    revision: int
    is_restricted: bool
    is_private: bool
    seen_in: str | None
    own_status: OutcomeStatus | None = None
    goal_confirmed_at: AwareDatetime | None = None
    thresholds: Thresholds | None = None

    @property
    def named(self) -> "ProjectName":
        return ProjectName(id=self.id, slug=self.slug, name=self.name)


class ProjectName(Record):
    """As much of a project as a list of choices needs."""

    id: int
    slug: str
    name: str


class Metric(Record):
    """What an outcome is measured by, from `start` to `target`, in `unit` ("" for a bare number)."""

    start: float
    target: float
    unit: str


class StatusUpdate(Record):
    """What one person said about one outcome at one time. `said_by` is a member's Slack id.

    `said_by` is None when the update was read from a page, unless it is known who edited that by hand.
    """

    id: int
    outcome_id: int
    status: OutcomeStatus | None
    note: str
    value: float | None
    said_by: str | None
    source: UpdateSource
    permalink: str | None
    said_at: AwareDatetime


class Outcome(Record):
    """One key outcome. `number` counts from 1 in the project's order; `level` is its depth in a nested list.

    `text` is inline Markdown. Its status is that of its newest update. `vouched_at` is when somebody last
    vouched for it, which an update that was read from a page does not; so many days later it is due for a
    look (`due_days`), and stale (`stale_days`). `thresholds`: its own, where it has any.
    """

    id: int
    project_id: int
    number: Annotated[int, Field(ge=1)]
    level: int
    text: str
    owner_id: str | None
    due_on: date | None
    metric: Metric | None
    newest: StatusUpdate | None
    vouched_at: AwareDatetime | None
    due_days: int = EVERY_DAYS + DUE_AFTER_DAYS
    stale_days: int = EVERY_DAYS + STALE_AFTER_DAYS
    thresholds: Thresholds | None = None

    @property
    def status(self) -> OutcomeStatus | None:
        return self.newest.status if self.newest else None

    @property
    def is_open(self) -> bool:
        return self.status is None or self.status.is_open


class OwnOutcome(Record):
    """An outcome that one person looks after, with as much of its project as a list of these needs."""

    project: ProjectName
    project_state: ProjectState
    outcome: Outcome


class Standing(NamedTuple):
    """As much of an outcome as a list of projects needs. No Record: a page of a list has some sixty."""

    status: OutcomeStatus | None
    vouched_at: datetime | None
    due_days: int
    stale_days: int

    @property
    def is_open(self) -> bool:
        return self.status is None or self.status.is_open


class Link(Record):
    """Where to find more. `lead` is what stands before the link on the page ("Meeting notes"), or ""."""

    id: int
    label: str
    url: str
    lead: str


class Member(Record):
    """Somebody of a project's team: a member of the workspace (`user_id`), or a name that a page gave."""

    id: int
    user_id: str | None
    name: str
    role: str


class ProjectParts(Record):
    """What belongs to a project besides its outcomes; of other projects, those that the person sees.

    `has_unseen`: there are others that this person does not see. `next_check_in_at`: when it is asked next.
    """

    parent: ProjectName | None
    children: tuple[ProjectName, ...]
    aliases: tuple[str, ...]
    links: tuple[Link, ...]
    members: tuple[Member, ...]
    has_unseen: bool = False
    next_check_in_at: AwareDatetime | None = None
