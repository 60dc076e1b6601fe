"""All that the messages of a round show, read when they are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.cadence import Cadence
from bot.domain.cadence_words import stored_cadence
from bot.services.rounds import still_there
from storage import check_in_people, check_ins, schedules
from storage.check_in_people import Asked
from storage.check_ins import CheckIn
from storage.database import Tx
from storage.outcomes import list_outcomes
from storage.projects import find_project
from storage.records import Outcome, Project, StatusUpdate
from storage.schedules import Schedule
from storage.status_updates import list_said_since


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """One round and its project.

    `people`: who is asked, and who has answered without being asked. `waiting`: who is asked, has not
    answered, and is there. `said`: what was said in words since it was opened, the newest by outcome.
    """

    check_in: CheckIn
    project: Project
    outcomes: tuple[Outcome, ...]
    said: Mapping[int, StatusUpdate]
    people: tuple[Asked, ...]
    waiting: tuple[str, ...]
    schedule: Schedule
    is_first: bool

    @property
    def cadence(self) -> Cadence | None:
        return None if self.schedule.cadence is None else stored_cadence(self.schedule.cadence)

    @property
    def heard(self) -> int:
        """How many of `people` have answered."""
        return sum(each.answered_at is not None for each in self.people)


def read_round(tx: Tx, workspace_id: str, check_in_id: int, now: datetime) -> RoundRecord | None:
    """None for a round, or a project, that is gone."""
    check_in = check_ins.find_check_in(tx, workspace_id, check_in_id)
    project = None if check_in is None else find_project(tx, workspace_id, check_in.project_id)
    if check_in is None or project is None:
        return None
    where = tx, workspace_id, project.id
    people = check_in_people.list_people(tx, workspace_id, check_in.id)
    earlier = check_ins.list_check_ins(*where, 2)
    return RoundRecord(
        check_in=check_in,
        project=project,
        outcomes=list_outcomes(*where),
        said=list_said_since(*where, check_in.opened_at),
        people=people,
        waiting=still_there(tx, check_in, people, now),
        schedule=schedules.find_schedule(*where),
        is_first=all(each.id >= check_in.id or each.message_ts is None for each in earlier),
    )
