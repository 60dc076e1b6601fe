"""What is exported: which projects, and all that is said of each, in batches that a memory holds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from bot.domain.days import zone_of
from bot.domain.freshness import Freshness, worst_freshness, worst_status
from storage.database import Tx
from storage.people import NO_ZONE
from storage.project_batches import (
    EVERY_STATE,
    Spot,
    WholeProject,
    list_names_of_people,
    list_slugs,
    list_spots,
    list_wholes,
)
from storage.records import Outcome, OutcomeStatus, Project, ProjectState
from storage.settings import get_settings
from storage.sight import EVERYTHING, Sight

BATCH = 250
"""Projects that are in the memory at once."""
Progress = Callable[[int, int], None]
Known = TypeVar("Known", int, str)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which projects. `sight`: as `of_place` gives it, or EVERYTHING for whoever runs the bot.

    `project_id`: that one alone, with its sub-projects.
    """

    workspace_id: str
    sight: Sight | None = EVERYTHING
    with_private: bool = False
    states: Sequence[ProjectState] = EVERY_STATE
    project_id: int | None = None


class Exported(NamedTuple):
    """A project with all that is said of it. `names`: of people, by id. `height`: of the tree it stands in.

    `parent`: the slug of the project that it stands below, as far as that is exported, too.
    """

    whole: WholeProject
    spot: Spot
    height: int
    has_children: bool
    parent: str | None
    names: Mapping[str, str]

    @property
    def project(self) -> Project:
        return self.whole.project

    @property
    def status(self) -> OutcomeStatus | None:
        """As its owner says, else as its worst outcome."""
        return self.project.own_status or worst_status(self.whole.outcomes)

    @property
    def vouched_at(self) -> datetime | None:
        """When somebody last vouched for one of its outcomes."""
        return max((each.vouched_at for each in self.whole.outcomes if each.vouched_at), default=None)

    def freshness(self, now: datetime) -> Freshness | None:
        return worst_freshness(self.whole.outcomes, now)

    def name_of(self, person_id: str | None) -> str:
        """As Slack has told it, else the id; "" for nobody."""
        return "" if person_id is None else self.names.get(person_id, person_id)


def list_selected(tx: Tx, selection: Selection) -> tuple[int, ...]:
    """The ids of the projects that there are to export."""
    return tuple(spot.project_id for spot in _spots(tx, selection))


def read_exported(tx: Tx, selection: Selection, progress: Progress | None = None) -> Iterator[Exported]:
    """Each project before its sub-projects, and these by name; seven statements a batch.

    All ids are in the memory, and of the records a batch. `progress` is told how many are done, of how many.
    """
    spots = _spots(tx, selection)
    heights, parents = _heights(spots), {spot.parent_id for spot in spots}
    for start in range(0, len(spots), BATCH):
        batch = {spot.project_id: spot for spot in spots[start : start + BATCH]}
        wholes = list_wholes(tx, selection.workspace_id, list(batch))
        slugs = list_slugs(tx, selection.workspace_id, _known(spot.parent_id for spot in batch.values()))
        names = list_names_of_people(tx, selection.workspace_id, _known(_people_of(wholes)))
        for whole in wholes:
            if whole.project.is_private and not selection.with_private:
                continue  # since the order was read
            spot = batch[whole.project.id]
            parent = None if spot.parent_id is None else slugs.get(spot.parent_id)
            has_children = spot.project_id in parents
            yield Exported(whole, spot, heights[spot.project_id], has_children, parent, names)
        if progress is not None:
            progress(min(start + BATCH, len(spots)), len(spots))


def on_day(tx: Tx, workspace_id: str) -> Callable[[datetime], datetime]:
    """The same instant on the clock of the workspace."""
    zone = zone_of(get_settings(tx, workspace_id).zone or NO_ZONE)
    return lambda at: at.astimezone(zone)


def instant(at: datetime | None) -> str | None:
    """As ISO 8601 has it, in UTC."""
    return None if at is None else at.astimezone(UTC).isoformat()


def _spots(tx: Tx, selection: Selection) -> tuple[Spot, ...]:
    return list_spots(
        tx,
        selection.workspace_id,
        selection.sight,
        with_private=selection.with_private,
        states=selection.states,
        project_id=selection.project_id,
    )


def _heights(spots: Sequence[Spot]) -> dict[int, int]:
    """Of each project: how deep the whole tree is that it stands in."""
    found: dict[int, int] = {}
    tree: list[int] = []
    deepest = 0
    for spot in [*spots, Spot(0, 0, None)]:
        if spot.depth == 0:
            found.update(dict.fromkeys(tree, deepest))
            tree, deepest = [], 0
        tree.append(spot.project_id)
        deepest = max(deepest, spot.depth)
    return found


def _people_of(wholes: Sequence[WholeProject]) -> Iterator[str | None]:
    for whole in wholes:
        yield whole.project.owner_id
        yield from (member.user_id for member in whole.members)
        for outcome in whole.outcomes:
            yield from _people_of_outcome(outcome)


def _people_of_outcome(outcome: Outcome) -> Iterator[str | None]:
    yield outcome.owner_id
    yield outcome.newest.said_by if outcome.newest else None


def _known(values: Iterator[Known | None]) -> set[Known]:
    return {value for value in values if value is not None}
