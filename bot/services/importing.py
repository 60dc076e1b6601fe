"""A page into the records: adds what is new, changes what was edited, and leaves what people said in chat."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from bot.pages.values import Page, PageProject
from bot.services.import_conflicts import PageConflicts
from bot.services.import_fields import merge_fields, merge_parent
from bot.services.import_gone import ARCHIVED, find_withdrawn, is_asked_about, leave_out
from bot.services.import_history import ImportHistory
from bot.services.import_identity import find_same, place_value
from bot.services.import_items import import_links, import_members
from bot.services.import_outcomes import FoundOutcomes, import_outcomes
from bot.services.import_report import Change, ChangeKind, ImportReport
from bot.services.import_statuses import import_statuses, marks_said
from bot.services.import_target import Author, Target
from bot.services.standing import with_known_marks
from storage import aliases, outcomes, pages, project_parts, projects
from storage.database import Tx
from storage.indexing import reindex
from storage.pages import Place
from storage.records import Project, ProjectState
from storage.sight import EVERYTHING
from storage.workspaces import lock_workspace

Progress = Callable[[int, int], None]
"""Told how many projects are done, and how many there are."""


class PageImport:
    """One import of one page, in the transaction of `tx`.

    Imports into a workspace go one after the other, and every project is locked before it is read to be
    changed: what people say meanwhile was said either before the import or after it.
    """

    def __init__(
        self,
        tx: Tx,
        workspace_id: str,
        page_name: str,
        page: Page,
        now: datetime,
        *,
        author: Author | None = None,
    ) -> None:
        """`author`: who edited the page, if that is known."""
        self._tx = tx
        self._workspace_id = workspace_id
        self._name = page_name
        self._now = now
        lock_workspace(tx, workspace_id)
        self._history = ImportHistory(tx, workspace_id, now, author)
        self._last = found = pages.find_page(tx, workspace_id, page_name)
        self._conflicts = PageConflicts(tx, workspace_id, found.id if found else None, now, author)
        self._old = self._old_places(found)
        """By project. Those with line 0 are of projects that were gone from the page by then."""
        self._page = page = with_known_marks(page, chain.from_iterable(self._old.values()), now)
        self._slugs = {item.slug for item in page.projects}
        self._ids: dict[str, int] = {}
        self._renamed: set[int] = set()
        self._places: list[dict[str, Any]] = []
        self.report = ImportReport(page.projects, page.notes)

    def run(self, progress: Progress | None = None) -> ImportReport:
        """Do it, and say what was done. Importing the same page again does nothing."""
        self._recognise_renamed()
        for number, item in enumerate(self._page.projects):
            self._import_project(item)
            if progress is not None:
                progress(number + 1, len(self._page.projects))
        withdrawn = find_withdrawn(self._old, self._ids.values())
        self._archive_gone(withdrawn)
        page_id = pages.save_page(self._tx, self._workspace_id, self._name, self._page.text, self._now)
        self._remember_gone()
        known = [place.model_dump(exclude={"id", "page_id"}) for old in self._old.values() for place in old]
        if sorted(known, key=repr) != sorted(self._places, key=repr):
            pages.replace_places(self._tx, self._workspace_id, page_id, self._places)
        self._history.write()
        self.report.conflicts = self._conflicts.write(page_id, withdrawn)
        return self.report

    def _old_places(self, found: pages.Page | None) -> dict[int, list[Place]]:
        """The places of the last import of this page, by project."""
        by_project: dict[int, list[Place]] = {}
        if found is not None:
            for place in pages.list_places(self._tx, self._workspace_id, found.id):
                by_project.setdefault(place.project_id, []).append(place)
        return by_project

    def _recognise_renamed(self) -> None:
        """A project under another label or heading, but otherwise the same, keeps its history."""
        gone = {
            project_id: places
            for project_id, places in self._old.items()
            if _is_there(places) and place_value(places, "project") not in self._slugs
        }
        for item in self._page.projects:
            if not gone:
                return
            known = self._find(item.slug)
            same = known.id if known else find_same(item, gone)
            if same is not None and (places := gone.pop(same, None)):
                self._rename(same, place_value(places, "project") or "", item.slug)

    def _rename(self, project_id: int, old_slug: str, slug: str) -> None:
        """A slug that people gave it in chat stays; the page's new one then finds it too."""
        project = self._lock(project_id)
        if project.slug == slug:
            return
        aliases.remove_alias(self._tx, self._workspace_id, slug)
        if project.slug == old_slug:
            projects.change_project(self._tx, self._workspace_id, project_id, self._now, slug=slug)
            self.report.changes.append(Change(slug, ChangeKind.RENAMED, "", old_slug, slug))
        self._renamed.add(project_id)
        also = old_slug if project.slug == old_slug else slug
        aliases.add_alias(self._tx, self._workspace_id, project_id, also)

    def _find(self, slug: str) -> Project | None:
        where = self._tx, self._workspace_id
        return projects.find_project_by_slug(*where, slug) or projects.find_project_by_alias(*where, slug)

    def _lock(self, project_id: int) -> Project:
        locked = projects.lock_project(self._tx, self._workspace_id, project_id)
        self._history.remember(locked)
        return locked

    def _find_for(self, item: PageProject) -> Project | None:
        """As `_find`, but an alias of a project that is on the page itself is the slug of another there."""
        found = self._find(item.slug)
        if found is None or found.slug == item.slug:
            return found
        if found.slug not in self._slugs and found.id not in self._ids.values():
            return found
        self._lock(found.id)
        aliases.remove_alias(self._tx, self._workspace_id, item.slug)
        reindex(self._tx, self._workspace_id, found.id)
        self.report.changes.append(Change(found.slug, ChangeKind.ALIAS_GIVEN, "", item.slug))
        return None

    def _import_project(self, item: PageProject) -> None:
        found = self._find_for(item)
        is_new = found is None
        project = self._lock(found.id) if found else self._add(item)
        target = self._target(project)
        self._ids[item.slug] = project.id
        if found and project.id not in self._old:
            self._note_other_page(target)
        old = self._old.get(project.id) or pages.list_places_of_project(
            self._tx, self._workspace_id, project.id
        )
        changes = merge_fields(target, item, project, old)
        changes |= merge_parent(target, item, project, old, self._find_parent)
        changes |= self._restore(target, project, old)
        if changes:
            projects.change_project(self._tx, self._workspace_id, project.id, self._now, **changes)
        parts = project_parts.get_parts(self._tx, self._workspace_id, EVERYTHING, project.id)
        record = outcomes.list_outcomes(self._tx, self._workspace_id, project.id)
        found_ids = import_outcomes(target, item, record, old)
        self._import_statuses(target, item, found_ids, old)
        import_links(target, item, parts, old)
        import_members(target, item, parts, old)
        self._places += target.places
        self._conflicts.found(target)
        if self._count(target, is_new=is_new):
            reindex(self._tx, self._workspace_id, project.id)

    def _target(self, project: Project) -> Target:
        open_ = self._conflicts.open_of(project.id)
        where = self._tx, self._workspace_id, project.id
        return Target(*where, project.slug, self._now, open_, self._history.author)

    def _import_statuses(
        self, target: Target, item: PageProject, ids: FoundOutcomes, old: Sequence[Place]
    ) -> None:
        added = ids.added if self._last is not None else ()
        last = marks_said(old, self._last)
        notes = import_statuses(target, item, self._page.text, ids.all_, last=last, added=added)
        self.report.page_notes = (*self.report.page_notes, *notes)

    def _note_other_page(self, target: Target) -> None:
        """The page has a project for the first time that is another page's: perhaps by the same name only."""
        other = pages.find_other_page(self._tx, self._workspace_id, target.project_id, self._name)
        if other is not None:
            target.note(ChangeKind.SHARED, before=other)

    def _add(self, item: PageProject) -> Project:
        project_id = projects.add_project(
            self._tx, self._workspace_id, slug=item.slug, name=item.name.text, now=self._now
        )
        self._history.remember_new(project_id)
        return projects.get_project(self._tx, self._workspace_id, project_id)

    def _find_parent(self, slug: str) -> Project | None:
        """Sub-projects come after their parents on a page, so a parent has its id by now."""
        if slug in self._ids:
            return projects.get_project(self._tx, self._workspace_id, self._ids[slug])
        return self._find(slug)

    def _restore(self, target: Target, project: Project, old: Sequence[Place]) -> dict[str, Any]:
        """A project that was archived for being gone from the page, and is there again."""
        if project.state is not ProjectState.ARCHIVED or place_value(old, ARCHIVED) is None:
            return {}
        target.note(ChangeKind.RESTORED)
        return {"state": ProjectState.ACTIVE.value}

    def _count(self, target: Target, *, is_new: bool) -> bool:
        is_renamed = target.project_id in self._renamed
        return self.report.count(target.slug, target.changes, is_new=is_new, is_renamed=is_renamed)

    def _archive_gone(self, withdrawn: Collection[int]) -> None:
        """Projects that are on no page any more: archived, unless people changed them in chat."""
        present = set(self._ids.values())
        for project_id, places in self._old.items():
            project = self._lock(project_id)
            if (
                project_id in present
                or project_id in withdrawn
                or not (_is_there(places) or is_asked_about(self._conflicts.open_of(project_id)))
                or project.state is ProjectState.ARCHIVED
                or pages.find_other_page(self._tx, self._workspace_id, project_id, self._name)
            ):
                continue
            target = self._target(project)
            self.report.updated += leave_out(target, project, places)
            self.report.changes += target.changes
            self._places += target.places
            self._conflicts.found(target)

    def _remember_gone(self) -> None:
        """What the page last said of those that are not on it; else all that would count as said in chat."""
        present = set(self._ids.values())
        for project_id, places in self._old.items():
            if project_id not in present:
                self._places += [
                    {**place.model_dump(exclude={"id", "page_id"}), "start": 0, "end": 0, "line": 0}
                    for place in places
                ]


def _is_there(places: Sequence[Place]) -> bool:
    return any(place.line for place in places)
