"""Links and members, from a page into the record."""

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from bot.domain.merging import Merge, match_items, merge
from bot.pages.values import PageLink, PageMember, PageProject
from bot.services.import_report import ChangeKind
from bot.services.import_target import Target
from storage import links, members
from storage.records import Link, Member, Place, ProjectParts


def import_links(target: Target, page: PageProject, parts: ProjectParts, old: Sequence[Place]) -> None:
    _import(target, _Links(), page.links, parts.links, old)


def import_members(target: Target, page: PageProject, parts: ProjectParts, old: Sequence[Place]) -> None:
    _import(target, _Members(), page.members, parts.members, old)


New = TypeVar("New", PageLink, PageMember)
Old = TypeVar("Old", Link, Member)


class _Kind(ABC, Generic[New, Old]):
    """How items of one kind are named, compared and written."""

    name: str

    @abstractmethod
    def key(self, item: New | Old) -> str:
        """What makes it the same item on the page and in the record."""

    @abstractmethod
    def value(self, item: New | Old) -> str:
        """All that the page says of it."""

    @abstractmethod
    def add(self, target: Target, item: New, position: int) -> int: ...

    @abstractmethod
    def change(self, target: Target, item_id: int, item: New) -> None: ...

    @abstractmethod
    def remove(self, target: Target, item_id: int) -> None: ...


def _import(
    target: Target, kind: _Kind[New, Old], page: Sequence[New], record: Sequence[Old], old: Sequence[Place]
) -> None:
    known = {item.id: item for item in record}
    bases = [place for place in old if place.item == kind.name and place.item_id in known]
    matching = match_items([base.value for base in bases], [kind.value(item) for item in page])
    spare = {kind.key(item): item for item in record if item.id not in {base.item_id for base in bases}}
    for position, (item, index) in enumerate(zip(page, matching.old_of_new, strict=True)):
        if index is not None:
            item_id = _merge(target, kind, item, known[bases[index].item_id or 0], bases[index].value)
        elif kind.key(item) in spare:
            item_id = spare.pop(kind.key(item)).id
        else:
            item_id = kind.add(target, item, position)
            target.note(ChangeKind.ADDED, kind.name, after=kind.key(item))
        target.place(kind.name, item_id, kind.value(item), item.place)
    for index in matching.gone:
        gone = known[bases[index].item_id or 0]
        if kind.value(gone) == bases[index].value:
            kind.remove(target, gone.id)
            target.note(ChangeKind.REMOVED, kind.name, kind.key(gone))
        else:
            target.note(ChangeKind.KEPT_REMOVED, kind.name, kind.key(gone))


def _merge(target: Target, kind: _Kind[New, Old], item: New, old: Old, base: str) -> int:
    match merge(base, kind.value(item), kind.value(old)):
        case Merge.TAKE:
            kind.change(target, old.id, item)
            target.note(ChangeKind.CHANGED, kind.name, kind.key(old), kind.key(item))
        case Merge.CONFLICT:
            target.note(ChangeKind.KEPT, kind.name, kind.key(old), kind.key(item))
        case Merge.KEEP:
            pass
    return old.id


class _Links(_Kind[PageLink, Link]):
    name = "link"

    def key(self, item: PageLink | Link) -> str:
        return item.url

    def value(self, item: PageLink | Link) -> str:
        return json.dumps([item.url, item.label, item.lead], ensure_ascii=False)

    def add(self, target: Target, item: PageLink, position: int) -> int:
        tx, workspace_id, project_id = target.where
        return links.add_link(
            tx, workspace_id, project_id, position=position, label=item.label, url=item.url, lead=item.lead
        )

    def change(self, target: Target, item_id: int, item: PageLink) -> None:
        links.change_link(
            target.tx, target.workspace_id, item_id, label=item.label, url=item.url, lead=item.lead
        )

    def remove(self, target: Target, item_id: int) -> None:
        links.remove_link(target.tx, target.workspace_id, item_id)


class _Members(_Kind[PageMember, Member]):
    name = "member"

    def key(self, item: PageMember | Member) -> str:
        return item.name

    def value(self, item: PageMember | Member) -> str:
        return json.dumps([item.name, item.role], ensure_ascii=False)

    def add(self, target: Target, item: PageMember, position: int) -> int:
        tx, workspace_id, project_id = target.where
        return members.add_member(
            tx, workspace_id, project_id, position=position, name=item.name, role=item.role
        )

    def change(self, target: Target, item_id: int, item: PageMember) -> None:
        members.change_member(target.tx, target.workspace_id, item_id, name=item.name, role=item.role)

    def remove(self, target: Target, item_id: int) -> None:
        members.remove_member(target.tx, target.workspace_id, item_id)
