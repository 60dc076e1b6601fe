"""A page into the records: adds what is new, changes what was edited, and leaves what people said in chat."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.domain.merging import Merge, merge
from bot.pages.values import Page, PageProject
from bot.services.import_items import import_links, import_members
from bot.services.import_outcomes import import_outcomes
from bot.services.import_report import Change, ChangeKind, ImportReport
from bot.services.import_target import Target
from storage import aliases, outcomes, pages, project_parts, projects
from storage.database import Tx
from storage.indexing import reindex
from storage.records import Place, Project, ProjectState, UpdateSource

Progress = Callable[[int, int], None]
"""Told how many projects are done, and how many there are."""


class PageImport:
    """One import of one page, in the transaction of `tx`."""

    def __init__(self, tx: Tx, workspace_id: str, page_name: str, page: Page, now: datetime) -> None:
        self._tx = tx
        self._workspace_id = workspace_id
        self._name = page_name
        self._page = page
        self._now = now
        self._old = self._old_places()
        self._ids: dict[str, int] = {}
        self._renamed: set[str] = set()
        self._places: list[dict[str, Any]] = []
        self.report = ImportReport(page.projects, page.notes)

    def run(self, progress: Progress | None = None) -> ImportReport:
        """Do it, and say what was done. Importing the same page again does nothing."""
        self._recognise_renamed()
        for number, item in enumerate(self._page.projects):
            self._import_project(item)
            if progress is not None:
                progress(number + 1, len(self._page.projects))
        self._archive_gone()
        page_id = pages.save_page(self._tx, self._workspace_id, self._name, self._page.text, self._now)
        pages.replace_places(self._tx, self._workspace_id, page_id, self._places)
        return self.report

    def _old_places(self) -> dict[int, list[Place]]:
        """The places of the last import of this page, by project."""
        found = pages.find_page(self._tx, self._workspace_id, self._name)
        by_project: dict[int, list[Place]] = {}
        if found is not None:
            for place in pages.list_places(self._tx, self._workspace_id, found.id):
                by_project.setdefault(place.project_id, []).append(place)
        return by_project

    def _recognise_renamed(self) -> None:
        """A project with another label but its old heading is the same one: it keeps its history."""
        on_page = {item.slug for item in self._page.projects}
        gone: dict[str, int] = {}
        for project_id, places in self._old.items():
            slug = _value(places, "project")
            if slug is not None and slug not in on_page:
                gone[_value(places, "name") or ""] = project_id
        for item in self._page.projects:
            if item.name.text in gone and self._find(item.slug) is None:
                self._rename(gone.pop(item.name.text), item.slug)

    def _rename(self, project_id: int, slug: str) -> None:
        old = projects.get_project(self._tx, self._workspace_id, project_id)
        projects.change_project(self._tx, self._workspace_id, project_id, self._now, slug=slug)
        aliases.add_alias(self._tx, self._workspace_id, project_id, old.slug)
        self._renamed.add(slug)
        self.report.changes.append(Change(slug, ChangeKind.RENAMED, "", old.slug, slug))

    def _find(self, slug: str) -> Project | None:
        where = self._tx, self._workspace_id
        return projects.find_project_by_slug(*where, slug) or projects.find_project_by_alias(*where, slug)

    def _import_project(self, item: PageProject) -> None:
        project = self._find(item.slug)
        is_new = project is None
        if project is None:
            project = self._add(item)
        target = Target(self._tx, self._workspace_id, project.id, project.slug, self._now)
        self._ids[item.slug] = project.id
        old = self._old.get(project.id) or pages.list_places_of_project(
            self._tx, self._workspace_id, project.id
        )
        self._merge_fields(target, item, project, old)
        parts = project_parts.get_parts(self._tx, self._workspace_id, project.id)
        record = outcomes.list_outcomes(self._tx, self._workspace_id, project.id)
        import_outcomes(target, item, record, old)
        import_links(target, item, parts, old)
        import_members(target, item, parts, old)
        self._places += target.places
        self._count(target, is_new=is_new)

    def _add(self, item: PageProject) -> Project:
        project_id = projects.add_project(
            self._tx, self._workspace_id, slug=item.slug, name=item.name.text, now=self._now
        )
        return projects.get_project(self._tx, self._workspace_id, project_id)

    def _merge_fields(
        self, target: Target, item: PageProject, project: Project, old: Sequence[Place]
    ) -> None:
        changes: dict[str, Any] = {}
        target.place("project", None, item.slug, item.place)
        if item.label is not None:
            target.place("label", None, item.anchor or "", item.label)
        for field, value in (("name", item.name), ("summary", item.summary), ("goal", item.goal)):
            new, record = value.text if value else "", getattr(project, field)
            match merge(_value(old, field), new, record):
                case Merge.TAKE:
                    changes[field] = new
                    target.note(ChangeKind.CHANGED, field, record, new)
                case Merge.CONFLICT:
                    target.note(ChangeKind.KEPT, field, record, new)
                case Merge.KEEP:
                    pass
            if value is not None:
                target.place(field, None, new, value.place)
        changes |= self._merge_parent(target, item, project, old)
        changes |= self._restore(target, project)
        if changes:
            projects.change_project(self._tx, self._workspace_id, project.id, self._now, **changes)

    def _merge_parent(
        self, target: Target, item: PageProject, project: Project, old: Sequence[Place]
    ) -> dict[str, Any]:
        """Sub-projects come after their parents on a page, so the parent has its id by now."""
        target.place("parent", None, item.parent or "", item.place)
        parent_id = self._ids.get(item.parent or "")
        if project.parent_id == parent_id or _value(old, "parent") == (item.parent or ""):
            return {}
        if project.parent_id is not None and _value(old, "parent") in {None, ""}:
            target.note(ChangeKind.KEPT, "parent", "", item.parent or "")
            return {}
        target.note(ChangeKind.CHANGED, "parent", _value(old, "parent") or "", item.parent or "")
        return {"parent_id": parent_id}

    def _restore(self, target: Target, project: Project) -> dict[str, Any]:
        """A project that was archived since it was gone from the page, and is there again."""
        if project.state is not ProjectState.ARCHIVED or project.id in self._old:
            return {}
        target.note(ChangeKind.RESTORED)
        return {"state": ProjectState.ACTIVE.value}

    def _count(self, target: Target, *, is_new: bool) -> None:
        renamed = target.slug in self._renamed
        done = [change for change in target.changes if change.kind not in _ONLY_NOTED]
        if is_new:
            # What a new project consists of is plain from the page; only that it is new is news.
            self.report.created += 1
            self.report.changes.append(Change(target.slug, ChangeKind.CREATED))
        else:
            self.report.changes += target.changes
            if done or renamed:
                self.report.updated += 1
            else:
                self.report.unchanged += 1
        if is_new or done or renamed:
            reindex(self._tx, self._workspace_id, target.project_id)

    def _archive_gone(self) -> None:
        """Projects that were on the page and are no longer: archived, unless people changed them in chat."""
        present = set(self._ids.values())
        for project_id, places in self._old.items():
            if project_id in present:
                continue
            project = projects.get_project(self._tx, self._workspace_id, project_id)
            record = outcomes.list_outcomes(self._tx, self._workspace_id, project_id)
            if project.state is ProjectState.ARCHIVED:
                continue
            touched = any(
                _value(places, f) not in {None, getattr(project, f)} for f in ("name", "summary", "goal")
            )
            said = any(o.newest and o.newest.source is not UpdateSource.PAGE for o in record)
            if touched or said:
                self.report.changes.append(Change(project.slug, ChangeKind.KEPT_REMOVED))
                continue
            projects.change_project(
                self._tx, self._workspace_id, project_id, self._now, state=ProjectState.ARCHIVED.value
            )
            self.report.changes.append(Change(project.slug, ChangeKind.ARCHIVED))
            self.report.updated += 1


_ONLY_NOTED = {ChangeKind.KEPT, ChangeKind.KEPT_REMOVED}


def _value(places: Sequence[Place], item: str) -> str | None:
    """What the page said of it last time; None if nothing."""
    return next((place.value for place in reversed(places) if place.item == item), None)
