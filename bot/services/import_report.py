"""What an import did, as data; `bot.texts_import` has the sentences."""

from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from bot.pages.values import PageNote, PageProject
from storage.page_conflicts import PageConflict


class ChangeKind(Enum):
    CREATED = "created"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    ARCHIVED = "archived"
    RESTORED = "restored"
    RENAMED = "renamed"
    ALIAS_GIVEN = "alias given to another project"
    """What it was also found by is now the slug of another project on the page."""
    KEPT = "kept"
    """The page and people in chat both changed it: what people said stays."""
    KEPT_REMOVED = "kept, removed on the page"
    """Gone from the page, but people have said something about it: it stays."""

    SHARED = "shared with another page"
    """It was another page's before this one had it."""
    PUT_ASIDE = "put aside"
    """One of the sample's, for one of the page's that has its slug."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one project. `item` is the part ("goal", "link", …), or "" for the project itself."""

    slug: str
    kind: ChangeKind
    item: str = ""
    before: str = ""
    after: str = ""


class Asked(NamedTuple):
    """What people are asked about; `slug` is the project's."""

    slug: str
    conflict: PageConflict


_ONLY_NOTED = {ChangeKind.KEPT, ChangeKind.KEPT_REMOVED, ChangeKind.SHARED}


@dataclass
class ImportReport:
    """`projects` are as the page has them, in its order."""

    projects: tuple[PageProject, ...]
    page_notes: tuple[PageNote, ...]
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    changes: list[Change] = field(default_factory=list)
    conflicts: tuple[Asked, ...] = ()
    """What people are asked about after this import, newly or still."""

    def count(self, slug: str, changes: list[Change], *, is_new: bool, is_renamed: bool) -> bool:
        """What came of one project of the page; whether anything of it is other than before."""
        is_changed = is_renamed or any(change.kind not in _ONLY_NOTED for change in changes)
        if is_new:
            # What a new project consists of is plain from the page; only that it is new is news.
            self.created += 1
            self.changes.append(Change(slug, ChangeKind.CREATED))
            return True
        self.changes += changes
        self.updated += is_changed
        self.unchanged += not is_changed
        return is_changed
