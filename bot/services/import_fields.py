"""A project's own values, from a page into the record."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.domain.merging import Merge, merge
from bot.pages.values import PageProject
from bot.services.family import makes_ring
from bot.services.import_identity import place_value
from bot.services.import_report import ChangeKind
from bot.services.import_target import Difference, Target
from storage import projects
from storage.pages import Place
from storage.records import Project

FIELDS = ("name", "summary", "goal")


def merge_fields(target: Target, item: PageProject, project: Project, old: Sequence[Place]) -> dict[str, Any]:
    """The columns that change."""
    changes: dict[str, Any] = {}
    target.place("project", None, item.slug, item.place)
    if item.label is not None:
        target.place("label", None, item.anchor or "", item.label)
    for field, value in zip(FIELDS, (item.name, item.summary, item.goal), strict=True):
        new, record = value.text if value else "", getattr(project, field)
        base = target.base(field, None, place_value(old, field))
        match merge(base, new, record):
            case Merge.TAKE:
                changes[field] = new
                target.note(ChangeKind.CHANGED, field, record, new)
            case Merge.CONFLICT:
                found = Difference((field, None), base, new, record)
                target.differ(ChangeKind.KEPT, field, found, record, new)
            case Merge.KEEP:
                pass
        if value is not None:
            target.place(field, None, new, value.place)
    return changes


def merge_parent(
    target: Target,
    item: PageProject,
    project: Project,
    old: Sequence[Place],
    parent_of: Callable[[str], Project | None],
) -> dict[str, Any]:
    """The column that changes. `parent_of` finds a project by the slug that a page gives or gave."""
    slug, old_slug = item.parent or "", target.base("parent", None, place_value(old, "parent"))
    target.place("parent", None, slug, item.place)
    parent = parent_of(slug) if slug else None
    # Compared by id, since a parent may have another slug by now.
    then = None if old_slug is None else _id_text(parent_of(old_slug) if old_slug else None)
    record, called = str(project.parent_id or ""), _slug(target, project.parent_id)
    both = Difference(("parent", None), old_slug, slug, called)
    match merge(then, _id_text(parent), record):
        case Merge.TAKE if parent and makes_ring(target.tx, target.workspace_id, project.id, parent.id):
            # People in chat have put the parent under this one meanwhile.
            target.differ(ChangeKind.KEPT, "parent", both, called, slug)
        case Merge.TAKE:
            target.note(ChangeKind.CHANGED, "parent", called, slug)
            return {"parent_id": parent.id if parent else None}
        case Merge.CONFLICT:
            target.differ(ChangeKind.KEPT, "parent", both, called, slug)
        case Merge.KEEP:
            pass
    return {}


def _id_text(project: Project | None) -> str:
    return str(project.id) if project else ""


def _slug(target: Target, project_id: int | None) -> str:
    found = projects.find_project(target.tx, target.workspace_id, project_id) if project_id else None
    return found.slug if found else ""
