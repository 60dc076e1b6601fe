"""A page written back from the records, and kept as what the next reading begins from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.pages import read_page
from bot.pages.marks import words_of
from bot.pages.page_style import PageStyle
from bot.pages.values import PageOutcome, PageProject
from bot.pages.wanted import Plan, WantedLink, WantedMember, WantedOutcome, WantedProject
from bot.pages.writing import may_remove_all, with_heading, write_text
from bot.services.import_target import STATUS
from bot.services.page_addresses import need_labels
from bot.services.page_identity import find_called, identify, may_be, places_by_project, projects_on
from bot.services.page_keeping import keep_page
from bot.services.page_leaving import Leaving
from bot.services.page_moving import Held, OnPage, add_parents, move_known
from bot.services.page_new import New, new_projects
from bot.services.page_records import Reader
from bot.services.standing import is_readable, with_known_marks
from storage import pages
from storage.archived import Archived
from storage.database import Tx

__all__ = ["Archived", "Held", "PageStyle", "WrittenPage", "keep_page", "write_page", "write_page_told"]

T = TypeVar("T")


def write_page(
    tx: Tx,
    workspace_id: str,
    page_id: int,
    style: PageStyle,
    now: datetime,
    *,
    held: Collection[Held] = (),
) -> str:
    """The text of the page as the records say now.

    It is the text that was last read or published, edited where the records say something else. Private
    projects are no matter of a page: their sections go from it. As long as Slack has not told whether a
    channel is private, what stands there stays, and nothing new is said. Raises NotFoundError.
    """
    return write_page_told(tx, workspace_id, page_id, style, now, held=held).text


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """`unmoved`: the slugs of projects that belong to another one by now, which the page cannot show."""

    text: str
    unmoved: tuple[str, ...] = ()


def write_page_told(
    tx: Tx,
    workspace_id: str,
    page_id: int,
    style: PageStyle,
    now: datetime,
    *,
    held: Collection[Held] = (),
    keeps_private: bool = False,
) -> WrittenPage:
    """As `write_page`, and what of the records stands nowhere in the text. Raises NotFoundError.

    `keeps_private`: for somebody who may see all that stands there. Sections of private projects stay as they
    are, and nothing new is said.
    """
    row = pages.get_page(tx, workspace_id, page_id)
    leaving = Leaving(tx, workspace_id, style, held, keeps_private)
    return _PageWriter(Reader(tx, workspace_id, style, now), row, frozenset(held), leaving).write()


class _PageWriter:
    def __init__(self, reader: Reader, row: pages.Page, held: frozenset[Held], leaving: Leaving) -> None:
        self._tx, self._workspace_id, self._style = reader.tx, reader.workspace_id, reader.style
        self._reader, self._row, self._held, self._leaving = reader, row, held, leaving
        known = pages.list_places(self._tx, self._workspace_id, row.id)
        self._places = places_by_project(known)
        self._page = with_known_marks(read_page(row.text), known, reader.now)

    def write(self) -> WrittenPage:
        known = self._known()
        gone = {each.slug for each in self._leaving.find(self._page, known, with_inside=False)}
        added = self._add_parents(known, gone)
        self._page, known, unmoved = move_known(self._page, [*known, *added], self._held, gone)
        ids = {each.whole.project.id for each in added}
        added = [each for each in known if each.whole.project.id in ids]
        known = [each for each in known if each.whole.project.id not in ids]
        leave = self._leaving.find(self._page, known)
        slugs = {each.slug for each in leave}
        left = {each.whole.project.slug for each in known if each.item.slug in slugs}
        text = self._write(known, added, leave)
        return WrittenPage(text, tuple(slug for slug in unmoved if slug not in left))

    def _write(self, known: Sequence[OnPage], added: Sequence[OnPage], gone: Sequence[PageProject]) -> str:
        slugs = {each.slug for each in gone}
        plans = [self._plan(each) for each in known if each.item.slug not in slugs]
        names = {each.page.slug: each.wanted.name for each in plans if "name" not in each.held}
        labelled = need_labels(
            self._page, slugs, names, {each.item.slug: each.whole.project.id for each in known}, self._find
        )
        plans = [replace(plan, needs_label=plan.page.slug in labelled) for plan in plans]
        text = write_text(self._page, plans, gone=gone, new=self._new([*known, *added], slugs))
        return with_heading(text) if slugs and not may_remove_all(self._page, gone) else text

    def _new(self, known: Sequence[OnPage], gone: Collection[str]) -> New:
        by_id = {each.whole.project.id: each.item for each in known if each.item.slug not in gone}
        return new_projects(self._reader, self._row, self._places, by_id, self._held)

    def _add_parents(self, known: list[OnPage], gone: Collection[str]) -> list[OnPage]:
        """New projects below which some go that are on the page already: they are there before the others."""
        ids = {each.whole.project.id for each in known}
        missing = {each.whole.project.parent_id for each in known} - ids - {None}
        if not missing:
            return []
        new = self._new(known, gone)
        wholes = {id_: whole for id_ in missing if id_ and (whole := self._reader.find(id_))}
        added = add_parents(self._page, new, {whole.project.slug for whole in wholes.values()})
        by_slug = {project.slug: project for project in added.projects}
        known[:] = [replace(each, item=by_slug[each.item.slug]) for each in known]
        old = {project.slug for project in self._page.projects}
        self._page = added
        here = [(item, self._find(item.slug)) for item in added.projects if item.slug not in old]
        return [
            OnPage(item, whole, identify(item, ()))
            for item, id_ in here
            if id_ is not None and (whole := self._reader.find(id_)) is not None
        ]

    def _known(self) -> list[OnPage]:
        """The projects on the page that are projects of ours."""
        ids = projects_on(self._page, self._places, self._find)
        self._reader.read(ids.values())
        found: list[OnPage] = []
        for item in self._page.projects:
            whole = self._reader.find(ids.get(item.slug, 0))
            if whole is not None and may_be(whole, self._places.get(whole.project.id, ())):
                identity = identify(item, self._places.get(whole.project.id, ()))
                found.append(OnPage(item, whole, identity))
        return found

    def _find(self, slug: str) -> int | None:
        return find_called(self._tx, self._workspace_id, slug)

    def _plan(self, known: OnPage) -> Plan:
        item, whole, keys = known.item, known.whole, known.identity
        if whole.project.is_private:
            return _mirror(item)
        wanted = self._with_marks(known, self._reader.wanted(whole, keys.outcomes))
        held = {(name, id_) for project_id, name, id_ in self._held if project_id == whole.project.id}
        return Plan(
            page=item,
            wanted=_without(wanted, held),
            outcomes=_free(keys.outcomes, "outcome", held),
            links=_free(keys.links, "link", held),
            members=_free(keys.members, "member", held),
            held=frozenset(name for name, id_ in held if id_ is None),
        )

    def _with_marks(self, known: OnPage, wanted: WantedProject) -> WantedProject:
        """With marks as the page has them that people are asked about, or that say no status."""
        said = dict(wanted.outcomes)
        for item, key in zip(known.item.outcomes, known.identity.outcomes, strict=True):
            if key in said and item.mark is not None and self._stays(known.whole.project.id, key, item):
                said[key] = replace(said[key], mark=" ".join(item.mark.of(self._page.text).split()))
        return replace(wanted, outcomes=said)

    def _stays(self, project_id: int, outcome_id: int, item: PageOutcome) -> bool:
        if (project_id, STATUS, outcome_id) in self._held:
            return True
        words = words_of(item.mark.of(self._page.text)) if item.mark and item.is_edited else ""
        return not is_readable(words, self._reader.now.date())


_HeldItems = Collection[tuple[str, int | None]]


def _free(keys: tuple[int | None, ...], item: str, held: _HeldItems) -> tuple[int | None, ...]:
    return tuple(None if (item, key) in held else key for key in keys)


def _without(wanted: WantedProject, held: _HeldItems) -> WantedProject:
    """Without the items that are held."""
    if not held:
        return wanted

    def free(item: str, all_: Mapping[int, T]) -> dict[int, T]:
        return {key: each for key, each in all_.items() if (item, key) not in held}

    return replace(
        wanted,
        outcomes=free("outcome", wanted.outcomes),
        links=free("link", wanted.links),
        members=free("member", wanted.members),
    )


def _mirror(item: PageProject) -> Plan:
    """What the page says already, without what publishing once said of how things stand."""
    wanted = WantedProject(
        slug=item.slug,
        name=item.name.text,
        summary=item.summary.text if item.summary else "",
        goal=item.goal.text if item.goal else "",
        outcomes={n: WantedOutcome(each.text, each.level) for n, each in enumerate(item.outcomes, 1)},
        links={n: WantedLink(each.url, each.label, each.lead) for n, each in enumerate(item.links, 1)},
        members={n: WantedMember(each.name, each.role) for n, each in enumerate(item.members, 1)},
    )
    return Plan(
        item,
        wanted,
        tuple(range(1, len(item.outcomes) + 1)),
        tuple(range(1, len(item.links) + 1)),
        tuple(range(1, len(item.members) + 1)),
    )
