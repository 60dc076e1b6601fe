"""Links and members, from a page into the record."""

import json
import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from bot.domain.merging import ALIKE, Merge, match_items, merge, merge_order
from bot.pages.values import PageLink, PageMember, PageProject
from bot.services.import_report import ChangeKind
from bot.services.import_target import Difference, Target
from bot.services.place_values import link_in_place, member_in_place
from storage import links, members
from storage.pages import Place
from storage.records import Link, Member, ProjectParts
from storage.terms import fold


def import_links(target: Target, page: PageProject, parts: ProjectParts, old: Sequence[Place]) -> None:
    _import(target, _Links(), page.links, parts.links, old)


def import_members(target: Target, page: PageProject, parts: ProjectParts, old: Sequence[Place]) -> None:
    _import(target, _Members(), page.members, parts.members, old)


def are_items_said(parts: ProjectParts, old: Sequence[Place]) -> bool:
    """Whether people in chat added, changed or removed a link or a member."""
    then = {(place.item, place.item_id): place.value for place in old if place.item in {"link", "member"}}
    now = {("link", link.id): link_in_place(link) for link in parts.links}
    now |= {("member", member.id): member_in_place(member) for member in parts.members}
    return then != now


New = TypeVar("New", PageLink, PageMember)
Old = TypeVar("Old", Link, Member)


class _Kind(ABC, Generic[New, Old]):
    """How items of one kind are named, compared and written."""

    name: str
    alike: float
    """Of 100: an item whose key is at least this much like an old one's, at its place, is that one edited."""

    @abstractmethod
    def value(self, item: New | Old) -> str:
        """All that the page says of it, to compare."""

    @abstractmethod
    def key(self, value: str) -> str:
        """What makes it the same item on the page and in the record, whatever else is said of it."""

    @abstractmethod
    def title(self, item: New | Old) -> str:
        """What it is called."""

    @abstractmethod
    def words(self, item: New | Old) -> str:
        """All that the page says of it, for people."""

    def is_claimed(self, _item: Old) -> bool:
        """Whether somebody in chat has said more of it than a page can."""
        return False

    @abstractmethod
    def add(self, target: Target, item: New, position: int) -> int: ...

    @abstractmethod
    def change(self, target: Target, item_id: int, item: New) -> None: ...

    @abstractmethod
    def remove(self, target: Target, item_id: int) -> None: ...

    @abstractmethod
    def order(self, target: Target, ids: Sequence[int]) -> None: ...


def _import(
    target: Target, kind: _Kind[New, Old], page: Sequence[New], record: Sequence[Old], old: Sequence[Place]
) -> None:
    known = {item.id: item for item in record}
    bases = [place for place in (*old, *target.missing(kind.name)) if place.item == kind.name]
    matching = match_items(
        [base.value for base in bases],
        [kind.value(item) for item in page],
        key=kind.key,
        alike=kind.alike,
    )
    matched = {bases[index].item_id for index in matching.old_of_new if index is not None}
    on_page = matched | {base.item_id for base in bases if base.id}
    spare = {kind.key(kind.value(item)): item for item in record if item.id not in on_page}
    ids: list[int] = []
    for item, index in zip(page, matching.old_of_new, strict=True):
        item_id: int | None
        of: int | None = None
        if index is not None:
            last = bases[index]
            of = last.item_id or target.removed_as(kind.name, last.value)
            item_id = _merge(target, kind, item, known.get(of or 0), (of, last.value))
        elif kind.key(kind.value(item)) in spare:
            item_id = spare.pop(kind.key(kind.value(item))).id
        else:
            item_id = kind.add(target, item, len(ids))
            target.note(ChangeKind.ADDED, kind.name, after=kind.title(item))
        ids += [] if item_id is None else [item_id]
        # One that people in chat removed is known by its number all the same.
        target.place(kind.name, item_id or of, kind.value(item), item.place)
    gone = [bases[index] for index in matching.gone if bases[index].item_id not in ids]
    removed = {
        base.item_id for base in gone if _remove(target, kind, known.get(base.item_id or 0), base.value)
    }
    left = [item.id for item in record if item.id not in removed]
    _order(target, kind, left, [base.item_id for base in bases if base.item_id in known], ids)


def _remove(target: Target, kind: _Kind[New, Old], gone: Old | None, last: str) -> bool:
    """Take what is gone from the page out of the record, unless people in chat had a part in it."""
    if gone is None:
        return False
    base, said = target.base(kind.name, gone.id, last), kind.value(gone)
    if said != base or kind.is_claimed(gone):
        found = Difference((kind.name, gone.id), base, None, said)
        target.differ(ChangeKind.KEPT_REMOVED, kind.name, found, kind.title(gone))
        return False
    kind.remove(target, gone.id)
    target.note(ChangeKind.REMOVED, kind.name, kind.title(gone))
    return True


def _order(
    target: Target, kind: _Kind[New, Old], record: Sequence[int], old: Sequence[int], new: Sequence[int]
) -> None:
    after = merge_order(record, old, new)
    if record and after != record:
        kind.order(target, after)
    recorded = set(record)
    if [key for key in after if key in recorded] != record:
        target.note(ChangeKind.MOVED, f"{kind.name}s")


def _merge(
    target: Target, kind: _Kind[New, Old], item: New, old: Old | None, last: tuple[int | None, str]
) -> int | None:
    """The id of the item in the record; None when people in chat removed it there, which stays so.

    `last`: its id and its value when the page was last read.
    """
    base, new = target.base(kind.name, *last), kind.value(item)
    match merge(base, new, kind.value(old) if old else ""):
        case Merge.TAKE if old:
            kind.change(target, old.id, item)
            target.note(ChangeKind.CHANGED, kind.name, kind.words(old), kind.words(item))
        case Merge.CONFLICT:
            words = kind.words(old) if old else ""
            said = kind.value(old) if old else None
            found = Difference((kind.name, last[0]), base, new, said)
            target.differ(ChangeKind.KEPT, kind.name, found, words, kind.words(item))
        case _:
            pass
    return old.id if old else None


class _Links(_Kind[PageLink, Link]):
    name = "link"
    alike = ALIKE

    def value(self, item: PageLink | Link) -> str:
        return link_in_place(item)

    def key(self, value: str) -> str:
        return str(json.loads(value)[0])

    def title(self, item: PageLink | Link) -> str:
        return item.url

    def words(self, item: PageLink | Link) -> str:
        return f"{item.lead}: {item.label} {item.url}".removeprefix(": ")

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

    def order(self, target: Target, ids: Sequence[int]) -> None:
        links.order_links(target.tx, target.workspace_id, ids)


class _Members(_Kind[PageMember, Member]):
    name = "member"
    # Two people are easily called alike, and one must not become the other.
    alike = math.inf

    def value(self, item: PageMember | Member) -> str:
        return member_in_place(item)

    def key(self, value: str) -> str:
        name = str(json.loads(value)[0])
        return fold(name) or name

    def title(self, item: PageMember | Member) -> str:
        return item.name

    def words(self, item: PageMember | Member) -> str:
        return f"{item.name}, {item.role}"

    def is_claimed(self, item: Member) -> bool:
        return item.user_id is not None

    def add(self, target: Target, item: PageMember, position: int) -> int:
        tx, workspace_id, project_id = target.where
        return members.add_member(
            tx, workspace_id, project_id, position=position, name=item.name, role=item.role
        )

    def change(self, target: Target, item_id: int, item: PageMember) -> None:
        members.change_member(target.tx, target.workspace_id, item_id, name=item.name, role=item.role)

    def remove(self, target: Target, item_id: int) -> None:
        members.remove_member(target.tx, target.workspace_id, item_id)

    def order(self, target: Target, ids: Sequence[int]) -> None:
        members.order_members(target.tx, target.workspace_id, ids)
