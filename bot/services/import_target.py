"""The project that an import writes to, and what is noted on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from bot.pages import values
from bot.services.import_report import Change, ChangeKind
from storage.database import Tx
from storage.page_conflicts import PageConflict
from storage.pages import Place

STATUS = "status"
"""The item of a place that says how an outcome stands, and of a conflict about that."""
Where = tuple[str, int | None]
"""Which value of a project: what it is, as a `Place` has it, and of which outcome, link or member."""


class Author(NamedTuple):
    """Who edited the page: the name that the page's history has, and who of the workspace that is."""

    name: str
    person_id: str | None


class Difference(NamedTuple):
    """What both the page and people in chat changed. Values are as `PageConflict` has them."""

    where: Where
    base: str | None
    on_page: str | None
    in_record: str | None


@dataclass
class Target:
    """`places` are rows of `storage.tables.places`, but for the page's id. `open`: conflicts of this page.

    `author`: who edited the page, if that is known.
    """

    tx: Tx
    workspace_id: str
    project_id: int
    slug: str
    now: datetime
    open: Mapping[Where, PageConflict] = field(default_factory=dict)
    author: Author | None = None
    changes: list[Change] = field(default_factory=list)
    places: list[dict[str, Any]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @property
    def where(self) -> tuple[Tx, str, int]:
        return self.tx, self.workspace_id, self.project_id

    def note(self, kind: ChangeKind, item: str = "", before: str = "", after: str = "") -> None:
        self.changes.append(Change(self.slug, kind, item, before, after))

    def base(self, item: str, item_id: int | None, last: str | None) -> str | None:
        """What the page and the record began from: what the page last said (`last`), where both agreed."""
        known = self.open.get((item, item_id))
        return last if known is None else known.base

    def differ(self, kind: ChangeKind, called: str, found: Difference, before: str, after: str = "") -> None:
        """Both changed it: the record stays, and people are asked. Noted once for each edit of the page."""
        self.differences.append(found)
        known = self.open.get(found.where)
        if known is None or known.on_page != found.on_page:
            self.note(kind, called, before, after)

    def missing(self, item: str) -> list[Place]:
        """What is gone from the page while people are asked whether it is to stay: it may come back."""
        return [
            Place(
                id=0,
                page_id=known.page_id,
                project_id=self.project_id,
                item=item,
                item_id=known.item_id,
                value=known.base or "",
                start=0,
                end=0,
                line=0,
            )
            for known in self.open.values()
            if known.item == item and known.on_page is None
        ]

    def removed_as(self, item: str, value: str) -> int | None:
        """What people in chat took off the record and are asked about, where the page still says this."""
        return next(
            (
                known.item_id
                for known in self.open.values()
                if known.item == item and known.in_record is None and known.on_page == value
            ),
            None,
        )

    def place(self, item: str, item_id: int | None, value: str, place: values.Place) -> None:
        """Keep where the value stands, and what the page says there."""
        self.places.append(
            {
                "project_id": self.project_id,
                "item": item,
                "item_id": item_id,
                "value": value,
                "start": place.start,
                "end": place.end,
                "line": place.line,
            }
        )
