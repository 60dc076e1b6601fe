"""What the records have for a page: as much of each project as a page says, and what may not be on it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from bot.domain.days import zone_of
from bot.domain.freshness import is_faded
from bot.pages.marks import ARCHIVED, checked_mark, outcome_mark
from bot.pages.page_style import PageStyle
from bot.pages.wanted import WantedLink, WantedMember, WantedOutcome, WantedProject
from storage.database import Tx
from storage.people import NO_ZONE
from storage.project_batches import WholeProject, list_names_of_people, list_wholes
from storage.records import Link, Member, Outcome, OutcomeStatus, ProjectState
from storage.settings import get_settings

_BATCH = 500


@dataclass
class Reader:
    """Reads projects many at a time, and says what a page is to have of them."""

    tx: Tx
    workspace_id: str
    style: PageStyle
    now: datetime
    _wholes: dict[int, WholeProject] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _zone: tzinfo | None = None

    def read(self, project_ids: Iterable[int]) -> None:
        """Those that were not read yet."""
        wanted = [id_ for id_ in dict.fromkeys(project_ids) if id_ not in self._wholes]
        for start in range(0, len(wanted), _BATCH):
            found = list_wholes(self.tx, self.workspace_id, wanted[start : start + _BATCH])
            self._wholes |= {whole.project.id: whole for whole in found}
            people = {m.user_id for whole in found for m in whole.members if m.user_id and not m.name}
            unknown = people - self._names.keys()
            self._names |= list_names_of_people(self.tx, self.workspace_id, unknown)

    def find(self, project_id: int) -> WholeProject | None:
        """One that was read, if there is such a project."""
        return self._wholes.get(project_id)

    def wanted(self, whole: WholeProject, on_page: Collection[int | None] = ()) -> WantedProject:
        """What a page says of it. `on_page`: the outcomes that stand there by now."""
        project = whole.project
        is_archived = project.state is ProjectState.ARCHIVED
        mark = ""
        if is_archived:
            mark = ARCHIVED
        elif self.style.with_status and whole.outcomes:
            vouched = [each.vouched_at for each in whole.outcomes if each.vouched_at]
            mark = checked_mark(self._day(max(vouched)) if vouched else None)
        return WantedProject(
            slug=project.slug,
            name=project.name,
            summary=project.summary,
            goal=project.goal,
            outcomes={
                each.id: self._outcome(each, has_mark=not is_archived)
                for each in whole.outcomes
                if each.status is not OutcomeStatus.DROPPED or (self.style.with_status and each.id in on_page)
            },
            links={each.id: _link(each) for each in whole.links},
            members={each.id: member for each in whole.members if (member := self._member(each))},
            mark=mark,
        )

    def _outcome(self, outcome: Outcome, *, has_mark: bool) -> WantedOutcome:
        mark = ""
        if has_mark and self.style.with_status:
            said_on = self._day(outcome.newest.said_at) if outcome.newest else None
            mark = outcome_mark(outcome.status, said_on, is_faded=is_faded(outcome, self.now))
        return WantedOutcome(outcome.text, outcome.level, mark)

    def _member(self, member: Member) -> WantedMember | None:
        """None for somebody whom nobody has told of by name."""
        name = member.name or self._names.get(member.user_id or "", "")
        return WantedMember(name, member.role, is_fixed=not member.name) if name else None

    def _day(self, at: datetime) -> date:
        if self._zone is None:
            self._zone = zone_of(get_settings(self.tx, self.workspace_id).zone or NO_ZONE)
        return at.astimezone(self._zone).date()


def _link(link: Link) -> WantedLink:
    return WantedLink(link.url, link.label, link.lead)
